import Tables

/// The texts of one column as codes: positions in the list of distinct texts, in order of first use.
/// Texts that differ in a byte are two.
struct TextCodes: Sendable {
  private(set) var codes: [UInt32] = []
  private(set) var levels: [String] = []
  private var codeOfLevel: [ExactText: UInt32] = [:]
  /// How numbers are written.
  private let dialect: CSVDialect

  init(_ dialect: CSVDialect) { self.dialect = dialect }

  mutating func code(of text: String) -> UInt32 {
    if let code = codeOfLevel[ExactText(text)] { return code }
    let code = UInt32(levels.count)
    codeOfLevel[ExactText(text)] = code
    levels.append(text)
    return code
  }

  mutating func append(_ code: UInt32) {
    codes.append(code)
  }

  /// The rows of `other` after these. A level that no row has is left behind.
  mutating func append(contentsOf other: TextCodes) {
    var translated = [UInt32?](repeating: nil, count: other.levels.count)
    codes.reserveCapacity(codes.count + other.codes.count)
    for old in other.codes {
      let new = translated[Int(old)] ?? code(of: other.levels[Int(old)])
      translated[Int(old)] = new
      codes.append(new)
    }
  }

  /// How often each level occurs in the rows that teach levels.
  func counts(in rows: LearningRows) -> [Int] {
    var counts = [Int](repeating: 0, count: levels.count)
    for row in codes.indices where rows.contain(row) { counts[Int(codes[row])] += 1 }
    return counts
  }

  /// The codes of some levels: as numbers where all are numbers, else by their bytes.
  func sorted(_ chosen: [UInt32]) -> [UInt32] {
    // Texts are UTF-8 whatever the file is.
    let format = NumberFormat(
      CSVDialect(decimal: dialect.decimal, thousands: dialect.thousands))
    let keyed = chosen.map {
      (code: $0, text: ExactText(levels[Int($0)]), number: format.number(levels[Int($0)]))
    }
    let areNumbers = keyed.allSatisfy { $0.number != nil }
    return keyed.sorted { left, right in
      if areNumbers, let a = left.number, let b = right.number, a != b { return a < b }
      return left.text < right.text
    }.map(\.code)
  }
}
