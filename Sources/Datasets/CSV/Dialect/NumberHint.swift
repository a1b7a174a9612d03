import Tables

/// The keys with which texts that are no numbers would be some.
struct NumberHint {
  /// Ways to write numbers, the likely ones first.
  static let formats: [(CSVDialect.DecimalMark, Unicode.Scalar?)] =
    [(.comma, nil), (.point, nil), (.point, ","), (.comma, ".")]
    + [" ", "'", "\u{2019}", "\u{A0}", "\u{202F}", "_"].flatMap { mark in
      [(.point, mark), (.comma, mark)]
    }
  private let keys: [String]

  /// `nil` when no way of writing numbers fits all of them.
  init?(_ texts: [String], _ dialect: CSVDialect) {
    func fits(_ format: (CSVDialect.DecimalMark, Unicode.Scalar?)) -> Bool {
      let format = NumberFormat(CSVDialect(decimal: format.0, thousands: format.1))
      return texts.allSatisfy { format.number($0) != nil }
    }
    let others = Self.formats.filter { $0 != (dialect.decimal, dialect.thousands) }
    guard !texts.isEmpty, let first = others.first(where: fits) else { return nil }
    var keys = [Self.keys(first, dialect)]
    // 1,234 may be both.
    if first == (.comma, nil), fits((.point, ",")) {
      keys.append(Self.keys((.point, ","), dialect))
    }
    self.keys = keys
  }

  /// `"decimal": "," and "thousands": "."`.
  var words: String { keys.joined(separator: ", or ") }

  private static func keys(
    _ format: (mark: CSVDialect.DecimalMark, thousands: Unicode.Scalar?), _ dialect: CSVDialect
  ) -> String {
    var keys: [String] = []
    if format.mark != dialect.decimal { keys.append("\"decimal\": \"\(format.mark.rawValue)\"") }
    if let thousands = format.thousands, thousands != dialect.thousands {
      // What looks like a blank is written as its number.
      let text =
        thousands.value == 0xA0 || thousands.value == 0x202F
        ? "\"\\u\(thousands.value == 0xA0 ? "00a0" : "202f")\""
        : JSONText.encode(.string(String(thousands)), style: .compact)
      keys.append("\"thousands\": " + text)
    } else if format.thousands == nil, dialect.thousands != nil {
      keys.append("no \"thousands\"")
    }
    return keys.joined(separator: " and ")
  }
}
