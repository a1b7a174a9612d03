/// The first record of a CSV file: the names of the columns, or cells as many as there are columns.
struct CSVHeader {
  let cells: [String]
  let line: Int
  /// Where the record begins and where the next one does.
  let start: CSVCellScanner
  let rest: CSVCellScanner

  /// - Throws: a quote out of place, a text that is not of the encoding, or an empty file, each with what
  ///   the first line suggests to write.
  init(_ file: FileWindow, _ source: CSVSource) throws(DatasetError) {
    guard var scanner = CSVCellScanner(firstRecordOf: file, source.dialect) else {
      let mayLeaveOut = source.dialect.comment != nil || source.dialect.skippedLineCount > 0
      throw .invalid(
        file.path, mayLeaveOut && file.count > file.startOfText ? .nothingLeft : .empty)
    }
    start = scanner
    line = scanner.line
    var found: [String?] = []
    do throws(CSVCellScanner.Failure) {
      found = try scanner.record().map(\.validText)
    } catch {
      var problem = DatasetProblem(path: file.path, error)
      problem.hint = DialectHint(header: start, source)
      throw .invalid([problem])
    }
    cells = found.compactMap { $0 }
    if cells.count < found.count { throw .invalid(file.path, line: line, .notUTF8) }
    rest = scanner
  }

  /// Whether the first record of a file ends in its first window.
  static func isWhole(in window: FileWindow, _ dialect: CSVDialect) -> Bool {
    if window.isLast { return true }
    guard var scanner = CSVCellScanner(firstRecordOf: window, dialect) else { return false }
    do throws(CSVCellScanner.Failure) {
      _ = try scanner.skipRecord()
    } catch {
      if case .strayQuote = error { return true }
      return false
    }
    return !scanner.isAtEnd
  }
}

extension CSVCellScanner {
  /// At the first record, after the lines that are skipped; `nil` when there is none.
  init?(firstRecordOf file: FileWindow, _ dialect: CSVDialect) {
    self.init(file, file.startOfText..<file.count, line: 1, CSVSyntax(dialect))
    guard skipLines(dialect.skippedLineCount), skipLinesWithoutRecord() else { return nil }
  }
}
