import Tables

/// The first record of a CSV file: the names of the columns, or cells as many as there are columns.
struct CSVHeader {
  let cells: [String]
  let line: Int
  /// Where the record begins and where the next one does.
  let start: CSVCellScanner
  let rest: CSVCellScanner

  /// - Throws: a quote out of place, a text that is not UTF-8, or an empty file, each with what the
  ///   first line suggests to write.
  init(
    _ file: FileWindow, from start: Int, delimiter: UInt8, target: String
  ) throws(DatasetError) {
    var scanner = CSVCellScanner(file, start..<file.count, line: 1, delimiter: delimiter)
    guard scanner.skipEmptyLines() else { throw .invalid(file.path, .empty) }
    self.start = scanner
    line = scanner.line
    do throws(CSVCellScanner.Failure) {
      cells = try scanner.record()
    } catch {
      if let hint = HeaderHint(self.start, delimiter: delimiter, target: target) {
        throw .invalid(file.path, line: line, .headerNotRead(hint))
      }
      throw .invalid([DatasetProblem(path: file.path, error)])
    }
    if cells.contains(where: { $0.contains("\u{FFFD}") }) {
      throw .invalid(file.path, line: line, .notUTF8)
    }
    rest = scanner
  }
}

/// What the first line of a file suggests when the target is not found in it.
package enum HeaderHint: Hashable, Sendable, CustomStringConvertible {
  /// The line has the target, or more cells, when it is cut at this.
  case delimiter(UInt8)
  /// Cells stand apart by runs of blanks.
  case blanks
  /// The line begins with `#`.
  case comment
  /// The line holds data; columns are called by number, as many as these.
  case noHeader(columns: Int)
  /// The line is `label index:value …`.
  case libsvm

  private static let candidates = [";", "\t", "|", ",", ":", " "].flatMap { Array($0.utf8) }

  /// - Parameter start: where the first record begins.
  init?(_ start: CSVCellScanner, delimiter: UInt8, target: String) {
    if start.isAt(UInt8(ascii: "#")) {
      self = .comment
      return
    }
    if start.isAtLibsvm {
      self = .libsvm
      return
    }
    let headers = Self.candidates.map { other in
      var scanner = start
      scanner.delimiter = other
      return (delimiter: other, cells: (try? scanner.record()) ?? [])
    }
    let blank = UInt8(ascii: " ")
    let isCut = headers.contains { $0.delimiter == delimiter && $0.cells.count > 1 }
    let found =
      headers.first { $0.cells.contains(target) }
      ?? headers.first { !isCut && $0.cells.count > 1 }
    guard let found, found.delimiter != delimiter else { return nil }
    // Two blanks in a row are a cell without a text between them.
    self =
      found.delimiter == blank && found.cells.contains("") ? .blanks : .delimiter(found.delimiter)
  }

  package var description: String {
    switch self {
    case .delimiter(let byte):
      "the cells seem to stand apart by "
        + (byte == UInt8(ascii: "\t") ? "tabs" : "'\(Character(UnicodeScalar(byte)))'")
        + ", write \"delimiter\": "
        + JSONText.encode(.string(String(Character(UnicodeScalar(byte)))), style: .compact)
    case .blanks:
      "the cells seem to stand apart by runs of blanks, make them one each, say with: tr -s ' '"
    case .comment:
      "the first line begins with '#', which starts no comment here, "
        + "take such lines out, say with: grep -v '^#'"
    case .noHeader(let columns):
      "the first line is data and names no columns: they are called c1 to c\(columns)"
    case .libsvm:
      "the line looks like LIBSVM, name such a file by \"libsvm\" in place of \"csv\""
    }
  }
}

extension CSVCellScanner {
  /// The texts of the record that starts here; stops after its line end.
  mutating func record() throws(Failure) -> [String] {
    var cells: [String] = []
    repeat { cells.append(try cell().text) } while consumeDelimiter()
    _ = consumeLineEnd()
    return cells
  }

  /// Whether the text goes on with a byte.
  func isAt(_ byte: UInt8) -> Bool { unsafe next < end && next.pointee == byte }

  /// Whether the text goes on with `label index:value`, as a line of LIBSVM does.
  fileprivate var isAtLibsvm: Bool {
    var scanner = self
    scanner.delimiter = UInt8(ascii: " ")
    let decimals = DecimalParser()
    guard let record = try? scanner.record(), record.count > 1,
      decimals.number(record[0]) != nil
    else { return false }
    let pair = record[1].split(separator: ":", omittingEmptySubsequences: false)
    return pair.count == 2 && Int(pair[0]) != nil && decimals.number(String(pair[1])) != nil
  }
}
