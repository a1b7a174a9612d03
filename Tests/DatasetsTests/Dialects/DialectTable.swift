import Datasets

/// A table of numbers and one text column, written plainly and in any dialect.
struct DialectTable {
  /// Numbers as a plain file has them, the last cell a text.
  let rows: [[String]]
  let names: [String]

  private static let texts = [
    "a", "two words", "é", "Größe", "x\"y", "1,5", "a#b", "p;q", "«»", "C//D", "--", "50%", "_",
    "two\nlines", "don't", "a\u{A0}b",
  ]

  init(_ generator: inout Scrambler, rowCount: Int) {
    names = ["length", "ö", "y", "note"]
    rows = (0..<rowCount).map { _ in
      (0..<3).map { _ in Self.number(&generator) }
        + [Self.texts[generator.below(Self.texts.count)]]
    }
  }

  private static func number(_ generator: inout Scrambler) -> String {
    let sign = generator.below(4) == 0 ? "-" : ""
    switch generator.below(5) {
    case 0: return sign + "\(generator.below(10))"
    case 1: return sign + "\(generator.below(1 << 40))"
    case 2: return sign + "\(generator.below(1 << 30)).\(generator.below(1000))"
    case 3: return sign + "\(generator.below(100)).\(generator.below(100))e-\(generator.below(30))"
    // More digits than a double holds.
    default: return sign + "\(generator.below(1 << 60))\(generator.below(1 << 60)).25"
    }
  }

  /// The numbers as the standard library reads them.
  var numbers: [[Double]] { rows.map { $0.dropLast().map { Double($0) ?? .nan } } }
  var texts: [String] { rows.map { $0[3] } }

  /// The bytes of a file in the dialect, with all that it allows between the rows.
  func bytes(in dialect: CSVDialect, _ generator: inout Scrambler) -> [UInt8] {
    var writer = DialectWriter(dialect, lineEnd: generator.below(2) == 0 ? "\n" : "\r\n")
    writer.hasMark = dialect.encoding == .utf8 && generator.below(3) == 0
    for _ in 0..<dialect.skippedLineCount { writer.junk(&generator) }
    writer.gap(&generator)
    writer.record(names, areNumbers: false, &generator)
    for row in rows {
      writer.gap(&generator)
      writer.record(row, areNumbers: true, &generator)
    }
    writer.gap(&generator)
    return writer.bytes(&generator)
  }
}

/// Writes records as a dialect has them.
private struct DialectWriter {
  let dialect: CSVDialect
  let lineEnd: String
  var hasMark = false
  private var text = ""

  init(_ dialect: CSVDialect, lineEnd: String) {
    self.dialect = dialect
    self.lineEnd = lineEnd
  }

  private static let remarks = ["", " it's \"5", " \"a\" \"", " x,y;1|2\t", " ends \\", " \"\"\""]

  mutating func junk(_ generator: inout Scrambler) {
    text += ["", "Report", "\"open", "a,b;c\td", "# \""][generator.below(5)] + lineEnd
  }

  /// Blank lines and comments.
  mutating func gap(_ generator: inout Scrambler) {
    while generator.below(4) == 0 {
      text += blanks(&generator, from: 0)
      if generator.below(2) == 0 { text += comment(&generator) }
      text += lineEnd
    }
  }

  private func comment(_ generator: inout Scrambler) -> String {
    dialect.comment.map { $0 + Self.remarks[generator.below(Self.remarks.count)] } ?? ""
  }

  /// Blanks that belong to no cell.
  private func blanks(_ generator: inout Scrambler, from count: Int) -> String {
    var blanks = [" ", "\t"]
    if case .character(let scalar) = dialect.delimiter { blanks.removeAll { $0 == String(scalar) } }
    return (0..<count + generator.below(3)).map { _ in blanks[generator.below(blanks.count)] }
      .joined()
  }

  mutating func record(_ cells: [String], areNumbers: Bool, _ generator: inout Scrambler) {
    for (index, cell) in cells.enumerated() {
      if index > 0 {
        switch dialect.delimiter {
        case .whitespace: text += blanks(&generator, from: 1)
        case .character(let scalar): text.unicodeScalars.append(scalar)
        }
      }
      let isPadded = dialect.delimiter == .whitespace ? index == 0 : generator.below(6) == 0
      if isPadded { text += blanks(&generator, from: 0) }
      let isNumber = areNumbers && index < cells.count - 1
      text += quoted(isNumber ? number(cell, &generator) : cell, isText: !isNumber, &generator)
    }
    text += blanks(&generator, from: 0)
    if generator.below(5) == 0 { text += comment(&generator) }
    text += lineEnd
  }

  private func number(_ plain: String, _ generator: inout Scrambler) -> String {
    let end = plain.firstIndex { $0 == "." || $0 == "e" } ?? plain.endIndex
    var whole = Array(plain[..<end])
    if let mark = dialect.thousands, generator.below(4) > 0 {
      let firstDigit = whole.first == "-" ? 1 : 0
      for place in stride(from: whole.count - 3, to: firstDigit, by: -3) {
        whole.insert(Character(mark), at: place)
      }
    }
    return String(whole) + plain[end...].replacing(".", with: dialect.decimal.rawValue)
  }

  private func quoted(_ cell: String, isText: Bool, _ generator: inout Scrambler) -> String {
    var isSpecial = cell.contains { "\"\n\r \t".contains($0) } || cell.isEmpty
    if case .character(let scalar) = dialect.delimiter {
      isSpecial = isSpecial || cell.unicodeScalars.contains(scalar)
    }
    if let comment = dialect.comment { isSpecial = isSpecial || cell.contains(comment) }
    guard isSpecial || generator.below(8) == 0 else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }

  func bytes(_ generator: inout Scrambler) -> [UInt8] {
    var text = text
    if generator.below(3) == 0, text.hasSuffix(lineEnd) { text.removeLast() }
    guard dialect.encoding == .latin1 else {
      return Array(((hasMark ? "\u{FEFF}" : "") + text).utf8)
    }
    return text.unicodeScalars.map { UInt8($0.value) }
  }
}
