import Tables

/// What a text that cannot be read suggests about its dialect, as the keys to write.
package enum DialectHint: Hashable, Sendable, CustomStringConvertible {
  /// The line has the target, or more cells, when it is cut at this; `isComma` where its numbers then
  /// seem to have a decimal comma.
  case delimiter(CSVDialect.Delimiter, isComma: Bool)
  /// A line begins as comments do.
  case comment(String)
  /// The target is in a later line; the delimiter where it is another one.
  case skippedLines(Int, CSVDialect.Delimiter?)
  /// The header is in a comment, on this line: what begins it, and the column of the target there.
  case commentedHeader(String, line: Int, target: Int, CSVDialect.Delimiter?)
  /// Lines end in CR alone.
  case carriageReturns
  /// The line holds data; columns are called by number, as many as these.
  case noHeader(columns: Int)
  /// The line is `label index:value …`.
  case libsvm

  private static let candidates: [CSVDialect.Delimiter] = [
    ";", "\t", "|", ",", ":", .whitespace,
  ]
  private static let comments = ["#", "%", "//"]
  /// How many lines and bytes are looked through, however large a window is.
  private static let lineLimit = 40
  private static let byteLimit = 1 << 16

  /// Of a header in which the target is not found, or which cannot be cut.
  /// - Parameter start: where the first record begins.
  init?(header start: CSVCellScanner, _ source: CSVSource) {
    let (dialect, target) = (source.dialect, source.target)
    let start = start.limited(to: Self.byteLimit)
    let names = Self.names(start, dialect.delimiter, dialect)
    let others = Self.candidates.filter { $0 != dialect.delimiter }
    if dialect.comment == nil, let mark = Self.comments.first(where: { start.isAt($0) }) {
      // The name itself may begin with it.
      guard names.first != mark + target else { return nil }
      var header = start
      header.skip(mark)
      for delimiter in [dialect.delimiter] + others {
        guard let column = Self.names(header, delimiter, dialect).firstIndex(of: target) else {
          continue
        }
        self = .commentedHeader(
          mark, line: start.line, target: column + 1,
          delimiter == dialect.delimiter ? nil : delimiter)
        return
      }
      self = .comment(mark)
      return
    }
    if Self.isLibsvm(start, dialect) {
      self = .libsvm
      return
    }
    if names.contains(where: { $0.utf8.contains(UInt8(ascii: "\r")) }) {
      self = .carriageReturns
      return
    }
    func isHeader(_ line: CSVCellScanner, _ delimiter: CSVDialect.Delimiter) -> Bool {
      let names = Self.names(line, delimiter, dialect)
      return names.count > 1 && names.contains(target)
    }
    if let found = others.first(where: { isHeader(start, $0) }) {
      self = .delimiter(found, isComma: Self.hasComma(after: start, found, dialect))
      return
    }
    var line = start
    for _ in 0..<Self.lineLimit where source.hasHeader && line.skipLines(1) {
      if let found = ([dialect.delimiter] + others).first(where: { isHeader(line, $0) }) {
        self = .skippedLines(line.line - 1, found == dialect.delimiter ? nil : found)
        return
      }
    }
    guard names.count < 2,
      let found = others.first(where: { Self.names(start, $0, dialect).count > 1 })
    else { return nil }
    self = .delimiter(found, isComma: Self.hasComma(after: start, found, dialect))
  }

  /// Of a line with another number of cells than the header, or a quote out of place.
  init?(line start: CSVCellScanner) {
    guard start.syntax.comment == nil else { return nil }
    if let mark = Self.comments.first(where: { start.isAt($0) }) {
      self = .comment(mark)
      return
    }
    let delimiter = start.syntax.delimiter
    guard delimiter == UInt8(ascii: " ") || delimiter == UInt8(ascii: "\t"),
      !start.syntax.isWhitespace
    else { return nil }
    self = .delimiter(.whitespace, isComma: false)
  }

  /// Whether a line is `label index:value`, as in LIBSVM.
  private static func isLibsvm(_ start: CSVCellScanner, _ dialect: CSVDialect) -> Bool {
    let cells = names(start, .whitespace, dialect)
    guard cells.count > 1, DecimalParser().number(cells[0]) != nil else { return false }
    let pair = cells[1].split(separator: ":", omittingEmptySubsequences: false)
    return pair.count == 2 && Int(pair[0]) != nil && DecimalParser().number(String(pair[1])) != nil
  }

  /// The cells of a record cut at a delimiter; none where that cannot be done.
  private static func names(
    _ start: CSVCellScanner, _ delimiter: CSVDialect.Delimiter, _ dialect: CSVDialect
  ) -> [String] {
    var (scanner, other) = (start, dialect)
    other.delimiter = delimiter
    scanner.syntax = CSVSyntax(other)
    do throws(CSVCellScanner.Failure) {
      return try scanner.record().map(\.text)
    } catch {
      return []
    }
  }

  /// Whether some of the next lines hold numbers with a decimal comma.
  private static func hasComma(
    after header: CSVCellScanner, _ delimiter: CSVDialect.Delimiter, _ dialect: CSVDialect
  ) -> Bool {
    guard delimiter != ",", dialect.decimal == .point else { return false }
    let comma = DecimalParser(decimal: .comma)
    var line = header
    for _ in 0..<5 where line.skipLines(1) {
      if names(line, delimiter, dialect).contains(where: {
        $0.utf8.contains(UInt8(ascii: ",")) && comma.number($0) != nil
      }) {
        return true
      }
    }
    return false
  }

  /// What to write for a text that is not UTF-8.
  static let latin1 = "\"encoding\": \"latin-1\" where it is that, or convert the file to UTF-8"

  package var description: String {
    switch self {
    case .delimiter(let delimiter, let isComma):
      "the cells seem to stand apart by \(Self.words(delimiter)), write "
        + Self.key(delimiter) + (isComma ? " and \"decimal\": \",\"" : "")
    case .comment(let mark):
      "the line begins with '\(mark)', write \"comment\": \"\(mark)\" if that begins a comment"
    case .skippedLines(let count, let delimiter):
      "line \(count + 1) seems to be the header, write \"skip_rows\": \(count)"
        + (delimiter.map { " and " + Self.key($0) } ?? "")
    case .commentedHeader(let mark, let line, let target, let delimiter):
      "the header seems to begin with '\(mark)', write \"skip_rows\": \(line), \"header\": false, "
        + (delimiter.map { Self.key($0) + ", " } ?? "")
        + "and \"target\": \"c\(target)\" as columns are then called c1, c2, …"
    case .carriageReturns:
      "the lines seem to end in CR, make them LF, say with: tr '\\r' '\\n'"
    case .noHeader(let columns):
      "the first line is data and names no columns: they are called c1 to c\(columns)"
    case .libsvm:
      "the line looks like LIBSVM, name such a file by \"libsvm\" in place of \"csv\""
    }
  }

  private static func words(_ delimiter: CSVDialect.Delimiter) -> String {
    switch delimiter {
    case .whitespace: "blanks"
    case .character("\t"): "tabs"
    case .character(let scalar): "'\(scalar)'"
    }
  }

  private static func key(_ delimiter: CSVDialect.Delimiter) -> String {
    "\"delimiter\": " + JSONText.encode(.string(delimiter.word), style: .compact)
  }
}
