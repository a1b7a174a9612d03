import Platform
package import Tables

/// What the columns of a CSV file hold: all of its rows are read, once, in bounded memory.
///
/// - Complexity: O(bytes / workers) time; memory for a window of the file and for so many different
///   values of each column as are told apart.
package struct TableSurvey: Sendable {
  package let path: String
  package let dialect: DialectGuess
  private let headerLine: Int
  /// What the first line suggests where the target is not in it.
  private let hint: HeaderHint?
  /// The columns' names, as a spec calls them.
  package let names: [String]
  /// Columns whose name in the header is empty.
  package let nameless: Set<Int>
  /// Names that stand for more than one column.
  package let repeatedNames: Set<ExactText>
  package private(set) var columns: [ColumnSurvey]
  package private(set) var rowCount = 0

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
    let (file, window) = try DataFile.open(
      path, workers: workers, windowSize: windowSize, pieceSize: chunkByteCount)
    self.path = path
    var start = CSVCellScanner(
      window, window.startOfText..<window.count, line: 1, delimiter: UInt8(ascii: ","))
    guard start.skipEmptyLines() else { throw .invalid(path, .empty) }
    dialect = try DialectGuess(start, in: window, target: target)
    let header = try CSVHeader(
      window, from: window.startOfText, delimiter: dialect.delimiter, target: target ?? "")
    let cells =
      dialect.hasHeader ? header.cells : header.cells.indices.map { "c\($0 + 1)" }
    let finder = ColumnFinder(header: cells, path: path, line: header.line)
    headerLine = header.line
    names = finder.names
    nameless = Set(cells.indices.filter { cells[$0].isEmpty })
    hint =
      dialect.hasHeader
      ? HeaderHint(header.start, delimiter: dialect.delimiter, target: target ?? "")
      : .noHeader(columns: cells.count)
    repeatedNames = finder.repeatedNames
    // So many that a wide table does not need more memory than a tall one.
    let limit = max(16, min(1000, 1_000_000 / cells.count))
    let blank = cells.map { _ in ColumnSurvey(limit: limit) }
    columns = blank
    let records = dialect.hasHeader ? header.rest : header.start
    var windows = try RecordWindows(
      file, from: TextChunks.Position(record: records.offset, line: records.line), quotes: true)
    let (decimals, marks) = (DecimalParser(), MissingMarks(CSVSource.defaultMissingValues))
    var ragged: (line: Int, found: Int, count: Int)?
    while windows.window != nil {
      let pieces = try windows.advance(reading: windows.cut.chunks.count) {
        [delimiter = dialect.delimiter] window, _, chunk in
        Piece(window, chunk, delimiter: delimiter, columns: blank, marks, decimals)
      }
      for piece in pieces {
        if let failure = piece.failure {
          throw .invalid([DatasetProblem(path: path, failure)])
        }
        for index in columns.indices { columns[index].add(piece.columns[index]) }
        rowCount += piece.rowCount
        if let more = piece.ragged {
          let first = ragged ?? (more.line, more.found, 0)
          ragged = (first.line, first.found, first.count + more.count)
        }
      }
    }
    try file.stamp?.check()
    if let ragged {
      throw .invalid(
        path, line: ragged.line,
        .ragged(found: ragged.found, expected: cells.count, lines: ragged.count))
    }
    if rowCount == 0 { throw .invalid(path, .noRows(dropped: nil)) }
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
        if !dialect.hasHeader, case .unknownColumn = problem.reason {
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
  private(set) var ragged: (line: Int, found: Int, count: Int)?
  /// A quote out of place: what follows it could not be told apart.
  private(set) var failure: CSVCellScanner.Failure?

  init(
    _ window: FileWindow, _ chunk: TextChunks.Chunk, delimiter: UInt8, columns: [ColumnSurvey],
    _ marks: MissingMarks, _ decimals: DecimalParser
  ) {
    self.columns = columns
    var scanner = CSVCellScanner(
      window, chunk.bytes, line: chunk.firstLine, delimiter: delimiter)
    var cells: [(cell: CSVCellScanner.Cell, line: Int)] = []
    do throws(CSVCellScanner.Failure) {
      while scanner.skipEmptyLines() {
        let line = scanner.line
        cells.removeAll(keepingCapacity: true)
        repeat { cells.append((try scanner.cell(), line)) } while scanner.consumeDelimiter()
        _ = scanner.consumeLineEnd()
        guard cells.count == columns.count else {
          ragged = (ragged?.line ?? line, ragged?.found ?? cells.count, (ragged?.count ?? 0) + 1)
          continue
        }
        rowCount += 1
        for (index, (cell, line)) in cells.enumerated() {
          self.columns[index].add(cell, line: line, marks, decimals)
        }
      }
    } catch {
      failure = error
    }
  }
}
