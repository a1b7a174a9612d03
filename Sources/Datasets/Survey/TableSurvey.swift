import Platform
package import Tables

/// What the columns of a CSV file hold: all of its rows are read, in bounded memory, once more where
/// the first time tells of other marks for missing values or another encoding.
///
/// - Complexity: O(bytes / workers) time; memory for a window of the file and for so many different
///   values of each column as are told apart.
package struct TableSurvey: Sendable {
  package let path: String
  package let dialect: CSVDialect
  /// Whether the first record names the columns.
  package let hasHeader: Bool
  /// The columns' names, as a spec calls them.
  package let names: [String]
  /// Columns whose name in the header is empty.
  package let nameless: Set<Int>
  /// Names that stand for more than one column.
  package let repeatedNames: Set<ExactText>
  package private(set) var columns: [ColumnSurvey]
  package private(set) var rowCount = 0
  /// What stands for a missing value besides the usual marks, and the columns that told so.
  package private(set) var addedMarks: [String] = []
  package private(set) var markedColumns: [Int] = []
  private let headerLine: Int
  /// What the first line suggests where the target is not in it.
  private let hint: DialectHint?

  /// - Parameters:
  ///   - target: the column that the spec will predict, if it is known; it helps to find the header.
  ///   - chunkByteCount: how long the pieces are that are read side by side.
  ///   - windowSize: how much of the file is in memory at once.
  /// - Throws: `DatasetError`; what is wrong with the file, as reading it for a run would say.
  package init(
    _ path: String, target: String?, workers: Int, chunkByteCount: Int = 1 << 19,
    windowSize: Int? = nil
  ) throws(DatasetError) {
    if let status = try? FileStatus(of: path), status.kind == .pipe {
      throw .file(
        .notReadable(path: path, reason: "it is a pipe; a spec names a file that can be read again")
      )
    }
    let usual = CSVSource.defaultMissingValues
    func survey(
      _ encoding: CSVDialect.Encoding, _ marks: [String]
    ) throws(DatasetError) -> TableSurvey {
      try TableSurvey(
        path, encoding, marks, target: target, workers: workers, chunkByteCount: chunkByteCount,
        windowSize: windowSize)
    }
    var found: TableSurvey?
    do throws(DatasetError) {
      found = try survey(.utf8, usual)
    } catch {
      guard case .invalid(let problems) = error, problems.contains(where: { $0.reason == .notUTF8 })
      else { throw error }
    }
    let first: TableSurvey
    if let found, !found.columns.contains(where: \.isNotUTF8) {
      first = found
    } else {
      first = try survey(.latin1, usual)
    }
    // What stands for a missing value is told by the columns that have it, and is so in all of them.
    let marks = first.columns.map(\.likelyMarks)
    var seen: Set<ExactText> = []
    let added = marks.joined().filter { seen.insert(ExactText($0)).inserted }
    self = added.isEmpty ? first : try survey(first.dialect.encoding, usual + added)
    addedMarks = added
    markedColumns = marks.indices.filter { !marks[$0].isEmpty }
  }

  private init(
    _ path: String, _ encoding: CSVDialect.Encoding, _ marks: [String], target: String?,
    workers: Int, chunkByteCount: Int, windowSize: Int?
  ) throws(DatasetError) {
    let (file, window) = try DataFile.open(
      path, CSVDialect(), workers: workers, windowSize: windowSize, pieceSize: chunkByteCount)
    let guess = try DialectGuess(window, encoding, target: target)
    let source = CSVSource(
      path: path, target: target ?? "", hasHeader: guess.hasHeader, dialect: guess.dialect)
    let header = try CSVHeader(window, source)
    let cells = guess.hasHeader ? header.cells : header.cells.indices.map { "c\($0 + 1)" }
    let finder = ColumnFinder(header: cells, path: path, line: header.line)
    self.path = path
    (dialect, hasHeader) = (guess.dialect, guess.hasHeader)
    headerLine = header.line
    names = finder.names
    nameless = Set(cells.indices.filter { cells[$0].isEmpty })
    let found = DialectHint(header: header.start, source)
    hint = found ?? (guess.hasHeader ? nil : .noHeader(columns: cells.count))
    repeatedNames = finder.repeatedNames
    // So many that a wide table does not need more memory than a tall one.
    let limit = max(16, min(1000, 1_000_000 / cells.count))
    columns = cells.map { _ in ColumnSurvey(limit: limit) }
    try read(file, from: guess.hasHeader ? header.rest : header.start, marks)
    try file.stamp?.check()
    if rowCount == 0 { throw .invalid(path, .noRows(dropped: nil)) }
  }

  private mutating func read(
    _ file: DataFile, from start: CSVCellScanner, _ marks: [String]
  ) throws(DatasetError) {
    let syntax = CSVSyntax(dialect)
    let (format, blank) = (NumberFormat(dialect), columns)
    let marks = MissingMarks(marks, dialect)
    var windows = try RecordWindows(
      file, from: TextChunks.Position(record: start.offset, line: start.line), syntax.recordRule)
    var ragged: RaggedLines?
    while windows.window != nil {
      let pieces = try windows.advance(reading: windows.cut.chunks.count) { window, _, chunk in
        Piece(window, chunk, syntax, columns: blank, marks, format)
      }
      for piece in pieces {
        if let failure = piece.failure {
          throw .invalid([DatasetProblem(path: path, failure)])
        }
        for index in columns.indices { columns[index].add(piece.columns[index]) }
        rowCount += piece.rowCount
        ragged.add(piece.ragged)
      }
    }
    guard var ragged else { return }
    // Lines of LIBSVM are of any length.
    if hint == .libsvm { ragged.hint = hint }
    throw .invalid([ragged.problem(path: path, expected: names.count)])
  }

  /// The column of a name.
  /// - Throws: that there is none, or more than one; the error lists the names.
  package func column(named name: String) throws(DatasetError) -> Int {
    var finder = ColumnFinder(header: names, path: path, line: headerLine)
    if let column = finder.claimOne(name, for: .target) { return column }
    throw .invalid(
      finder.problems.map { problem in
        var problem = problem
        problem.hint = hint
        // Names that nobody wrote are not listed.
        if !hasHeader, case .unknownColumn = problem.reason {
          problem.reason = .unknownColumn(name, nearest: nil, use: .target, header: [])
        }
        return problem
      })
  }
}

/// The survey of a piece of a file.
private struct Piece: Sendable {
  private(set) var columns: [ColumnSurvey]
  private(set) var rowCount = 0
  private(set) var ragged: RaggedLines?
  /// A quote out of place: what follows it could not be told apart.
  private(set) var failure: CSVCellScanner.Failure?

  init(
    _ window: FileWindow, _ chunk: TextChunks.Chunk, _ syntax: CSVSyntax, columns: [ColumnSurvey],
    _ marks: MissingMarks, _ format: NumberFormat
  ) {
    self.columns = columns
    var scanner = CSVCellScanner(window, chunk.bytes, line: chunk.firstLine, syntax)
    do throws(CSVCellScanner.Failure) {
      while scanner.skipLinesWithoutRecord() {
        let line = scanner.line
        let cells = try scanner.record()
        guard cells.count == columns.count else {
          ragged.add(RaggedLines(line: line, found: cells.count))
          continue
        }
        rowCount += 1
        for (index, cell) in cells.enumerated() { self.columns[index].add(cell, marks, format) }
      }
    } catch {
      failure = error
    }
  }
}
