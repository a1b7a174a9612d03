/// How a text file seems to write its table, guessed from its first records.
///
/// Of the characters that may stand between cells the one is taken that finds the target in the first
/// record; else the one that cuts the records into equally many cells, and of several the one that
/// leaves most numbers.
package struct DialectGuess: Sendable {
  package private(set) var dialect: CSVDialect
  /// Whether the first record names the columns.
  package let hasHeader: Bool

  private static let delimiters: [CSVDialect.Delimiter] = [",", ";", "\t", "|", .whitespace, ":"]
  private static let comments = ["#", "%", "//"]

  /// - Parameters:
  ///   - encoding: that of the file's texts.
  ///   - target: the column that is asked for.
  /// - Throws: that the file is empty; a quote out of place, however the file is cut.
  init(
    _ window: FileWindow, _ encoding: CSVDialect.Encoding, target: String?
  ) throws(DatasetError) {
    let marks = [nil] + Self.comments.filter { window.hasLine(beginningWith: $0) }
    let samples = marks.flatMap { comment in
      Self.delimiters.compactMap { delimiter in
        DialectSample(
          window, CSVDialect(delimiter: delimiter, comment: comment, encoding: encoding),
          target: target)
      }
    }
    guard let best = samples.max(by: { $0.isWorse(than: $1) }) else {
      throw Self.failure(window, CSVDialect(encoding: encoding))
    }
    dialect = best.dialect
    hasHeader = best.hasHeader(target: target)
    let cells = hasHeader ? best.records.dropFirst() : best.records[...]
    (dialect.decimal, dialect.thousands) = numberFormat(cells)
  }

  /// What keeps the file from being read as one of commas.
  private static func failure(_ window: FileWindow, _ dialect: CSVDialect) -> DatasetError {
    guard var scanner = CSVCellScanner(firstRecordOf: window, dialect) else {
      return .invalid(window.path, .empty)
    }
    do throws(CSVCellScanner.Failure) {
      while scanner.skipLinesWithoutRecord() { _ = try scanner.skipRecord() }
    } catch {
      return .invalid([DatasetProblem(path: window.path, error)])
    }
    return .invalid(window.path, .empty)
  }

  /// The way to write numbers that makes most columns of texts ones of numbers; where columns of
  /// numbers with a point are as many, that.
  private func numberFormat(
    _ records: ArraySlice<[String]>
  ) -> (CSVDialect.DecimalMark, Unicode.Scalar?) {
    var votes = [Int](repeating: 0, count: NumberHint.formats.count)
    var pointCount = 0
    for column in 0..<(records.first?.count ?? 0) {
      let cells = records.compactMap { $0.count > column ? $0[column] : nil }
        .filter { !CSVSource.defaultMissingValues.contains($0) }
      let others = cells.filter { DecimalParser().number($0) == nil }
      if others.isEmpty {
        if cells.contains(where: { $0.contains(".") }) { pointCount += 1 }
      } else if let format = NumberHint.formats.firstIndex(where: { format in
        let format = NumberFormat(CSVDialect(decimal: format.0, thousands: format.1))
        return 10 * cells.count { format.number($0) != nil } >= 9 * cells.count
          && 2 * others.count { format.number($0) != nil } >= others.count
      }) {
        // Where commas delimit, "1,234" is grouped.
        let isGrouped =
          dialect.delimiter == ","
          && others.allSatisfy { Self.grouped.number($0) != nil }
        votes[isGrouped ? Self.groupedIndex : format] += 1
      }
    }
    guard let most = votes.max(), most > 0, most >= pointCount,
      let best = votes.firstIndex(of: most)
    else { return (.point, nil) }
    return NumberHint.formats[best]
  }

  private static let grouped = NumberFormat(CSVDialect(thousands: ","))
  private static let groupedIndex = NumberHint.formats.firstIndex { $0 == (.point, ",") } ?? 0
}

extension FileWindow {
  /// Whether one of the first lines begins with a mark, blanks aside.
  fileprivate func hasLine(beginningWith mark: String) -> Bool {
    guard
      var scanner = CSVCellScanner(firstRecordOf: self, CSVDialect())
    else { return false }
    for _ in 0..<200 {
      if scanner.isAt(mark) { return true }
      guard scanner.skipLines(1) else { return false }
    }
    return false
  }
}
