/// How a CSV file is written: what stands between its cells, how its numbers look, which lines are
/// no data, and which characters its bytes are.
///
/// A quoted cell may hold the delimiter, so the marks of numbers may be the delimiter too, as in
/// `"1,234.5"`: such cells are then to be quoted.
package struct CSVDialect: Hashable, Sendable {
  package enum Delimiter: Hashable, Sendable, ExpressibleByUnicodeScalarLiteral {
    case character(Unicode.Scalar)
    /// Runs of blanks and tabs; those at the ends of a line are none.
    case whitespace

    package init(unicodeScalarLiteral scalar: Unicode.Scalar) { self = .character(scalar) }

    /// As a spec writes it.
    package var word: String {
      switch self {
      case .whitespace: "whitespace"
      case .character(let scalar): String(scalar)
      }
    }
  }

  package enum DecimalMark: String, CaseIterable, Sendable {
    case point = "."
    case comma = ","
  }

  package enum Encoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    /// ISO 8859-1: each byte is the character of that number.
    case latin1 = "latin-1"
  }

  package var delimiter: Delimiter
  package var decimal: DecimalMark
  /// What groups the digits before the decimal mark: 1 to 3 of them, then groups of 2 or 3, the last of 3.
  package var thousands: Unicode.Scalar?
  /// What begins a comment, outside quotes; it goes on to the end of the line.
  package var comment: String?
  /// How many lines at the start are no data, whatever is in them.
  package var skippedLineCount: Int
  package var encoding: Encoding

  package init(
    delimiter: Delimiter = ",", decimal: DecimalMark = .point, thousands: Unicode.Scalar? = nil,
    comment: String? = nil, skippedLineCount: Int = 0, encoding: Encoding = .utf8
  ) {
    self.delimiter = delimiter
    self.decimal = decimal
    self.thousands = thousands
    self.comment = comment
    self.skippedLineCount = skippedLineCount
    self.encoding = encoding
  }
}

extension CSVDialect {
  /// Whether a character can stand between cells: no number, quote or line end contains it.
  package static func canDelimit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\0", "\n", "\r", "\"", "+", "-", ".", "\u{FEFF}", "\u{FFFD}": false
    case "0"..."9", "A"..."Z", "a"..."z": false
    default: true
    }
  }

  /// Whether a character can group digits.
  package static func canGroup(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || canDelimit(scalar)
  }

  /// Whether a text can begin a comment: no number contains it, and it is 1 to 8 bytes long.
  package static func canComment(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, (1...ByteMark.longest).contains(text.utf8.count),
      !text.unicodeScalars.contains(where: { ["\0", "\n", "\r", "\""].contains($0) })
    else { return false }
    return first != " " && first != "\t" && (canDelimit(first) || text.hasPrefix("--"))
  }

  /// Two marks that cannot be told apart, or one that the encoding lacks.
  package enum Conflict: Hashable, Sendable {
    case thousandsIsDecimal, commentIsDelimiter, commentIsDecimal, commentIsThousands
    case delimiterNotInLatin1, thousandsNotInLatin1, commentNotInLatin1

    package var description: String {
      switch self {
      case .thousandsIsDecimal: "is the decimal mark too"
      case .commentIsDelimiter: "begins with the delimiter"
      case .commentIsDecimal: "begins with the decimal mark"
      case .commentIsThousands: "begins with the thousands separator"
      case .delimiterNotInLatin1, .thousandsNotInLatin1, .commentNotInLatin1:
        "is not in the encoding \"latin-1\""
      }
    }
  }

  package var conflicts: [Conflict] {
    var conflicts: [Conflict] = []
    if let thousands {
      if String(thousands) == decimal.rawValue { conflicts.append(.thousandsIsDecimal) }
      if encoding == .latin1, thousands.value > 0xFF { conflicts.append(.thousandsNotInLatin1) }
    }
    if case .character(let scalar) = delimiter, encoding == .latin1, scalar.value > 0xFF {
      conflicts.append(.delimiterNotInLatin1)
    }
    if let comment, let first = comment.unicodeScalars.first {
      if delimiter == .character(first) { conflicts.append(.commentIsDelimiter) }
      if String(first) == decimal.rawValue { conflicts.append(.commentIsDecimal) }
      if first == thousands { conflicts.append(.commentIsThousands) }
      if encoding == .latin1, comment.unicodeScalars.contains(where: { $0.value > 0xFF }) {
        conflicts.append(.commentNotInLatin1)
      }
    }
    return conflicts
  }

  /// Whether a file can be read by it.
  var isValid: Bool {
    var marks = true
    if case .character(let scalar) = delimiter { marks = Self.canDelimit(scalar) }
    return marks && (thousands.map(Self.canGroup) ?? true)
      && (comment.map(Self.canComment) ?? true) && skippedLineCount >= 0 && conflicts.isEmpty
  }
}
