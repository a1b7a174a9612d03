import Numerics
import Tables

/// The rows of one or more CSV files, read and put together.
struct CSVRows {
  let storage: RowStorage
  /// Kept rows of each file, in the order of the files.
  private(set) var rowCounts: [Int]
  /// Rows of each file with the dropped ones.
  private(set) var recordCounts: [Int]
  /// The place of each kept row among those of its file, when some were dropped.
  private(set) var rowNumbers: [Int32]?
  /// One column per text of a row, over all rows.
  private(set) var texts: [TextCodes]
  /// By file and column: the cells that could not be used.
  private(set) var faults: [[Int: ColumnFaults]]
  private var otherProblems: [[DatasetProblem]]
  /// Whether no target cell was a number and some were other texts.
  private(set) var hasOnlyTextTargets = false

  var rowCount: Int { rowCounts.reduce(0, +) }
  var droppedRowCount: Int { recordCounts.reduce(0, +) - rowCount }

  init(
    _ files: [CSVFile], _ source: CSVSource, workers: Int, chunkByteCount: Int
  ) throws(DatasetError) {
    var pieces: [(file: Int, chunk: TextChunks.Chunk, firstRow: Int)] = []
    var rowBound = 0
    for (index, file) in files.enumerated() {
      let chunks = TextChunks(
        file.file, from: file.start, firstLine: file.firstLine, quotes: true,
        chunkByteCount: chunkByteCount, workers: workers)
      for chunk in chunks.chunks {
        pieces.append((index, chunk, rowBound))
        rowBound += chunk.recordBound
      }
    }
    let width = files[0].columns.numberCount
    guard let storage = RowStorage(rowCapacity: rowBound, columnCount: width) else {
      throw .invalid(source.path, .tooLarge(rows: rowBound, columns: width))
    }
    let decimals = DecimalParser()
    let marks = MissingMarks(source.missingValues)
    let results = concurrentMap(pieces.count, workers: workers) { [pieces] index in
      let piece = pieces[index]
      var reader = unsafe CSVChunkReader(
        files[piece.file].file, chunk: piece.chunk, columns: files[piece.file].columns,
        delimiter: source.delimiter, marks: marks, decimals: decimals,
        numbers: storage.numbers + piece.firstRow * width,
        target: storage.target + piece.firstRow)
      return reader.read()
    }

    self.storage = storage
    rowCounts = Array(repeating: 0, count: files.count)
    recordCounts = rowCounts
    texts = Array(repeating: TextCodes(), count: files[0].columns.textCount)
    faults = Array(repeating: [:], count: files.count)
    otherProblems = Array(repeating: [], count: files.count)
    var (hasTargetText, hasTargetNumber) = (false, false)
    if results.contains(where: { !$0.droppedRecords.isEmpty }) { rowNumbers = [] }
    var row = 0
    var ragged = [(line: Int, found: Int, count: Int)?](repeating: nil, count: files.count)
    var isBroken = Array(repeating: false, count: files.count)
    for (piece, result) in zip(pieces, results) where !isBroken[piece.file] {
      // Lines without a record and dropped rows left gaps.
      storage.move(piece.firstRow..<piece.firstRow + result.rowCount, to: row)
      row += result.rowCount
      if result.hasTargetText { hasTargetText = true }
      if result.hasTargetNumber { hasTargetNumber = true }
      appendNumbers(of: result, after: recordCounts[piece.file])
      rowCounts[piece.file] += result.rowCount
      recordCounts[piece.file] += result.recordCount
      for place in texts.indices {
        texts[place].append(contentsOf: result.texts[place])
      }
      for (column, more) in result.faults {
        faults[piece.file][column, default: ColumnFaults()].add(more)
      }
      if let more = result.ragged {
        let first = ragged[piece.file] ?? (more.line, more.found, 0)
        ragged[piece.file] = (first.line, first.found, first.count + more.count)
      }
      // What follows a quote out of place is not known to be cut at record ends.
      if let failure = result.failure {
        isBroken[piece.file] = true
        otherProblems[piece.file].append(DatasetProblem(path: files[piece.file].path, failure))
      }
    }
    hasOnlyTextTargets = hasTargetText && !hasTargetNumber
    for (file, ragged) in ragged.enumerated() {
      guard let ragged else { continue }
      let expected = files[file].columns.roles.count
      otherProblems[file].append(
        DatasetProblem(
          path: files[file].path, line: ragged.line,
          reason: .ragged(found: ragged.found, expected: expected, lines: ragged.count)))
    }
  }

  private mutating func appendNumbers(of result: CSVChunkResult, after count: Int) {
    guard rowNumbers != nil else { return }
    var dropped = result.droppedRecords[...]
    for record in 0..<result.recordCount {
      if dropped.first == Int32(record) {
        dropped.removeFirst()
      } else {
        rowNumbers?.append(Int32(truncatingIfNeeded: count + record))
      }
    }
  }

  /// What is wrong with the files: each column in one line, in the order of lines.
  func problems(_ files: [CSVFile], dropsMissing: Bool) -> [DatasetProblem] {
    var told: [DatasetProblem] = []
    for (index, file) in files.enumerated() {
      let columns = file.columns
      var problems = otherProblems[index]
      for column in columns.names.indices {
        let found = faults[index][column]
        guard
          let wrong = found?.wrong(rowCount: recordCounts[index], dropsMissing: dropsMissing)
        else { continue }
        let use = columns.use(of: column)
        problems.append(
          DatasetProblem(
            path: file.path, line: wrong.firstLine, column: columns.names[column],
            reason: .cells(
              wrong, use: use, key: columns.keys[column],
              labels: use == .split ? columns.allowedLabels : nil)))
      }
      let ordered = problems.enumerated()
        .sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }
        .map(\.element)
      // A file that is validated on as well as trained on is wrong once.
      told += limited(ordered.filter { !told.contains($0) })
    }
    return told
  }

  /// The columns that rows were dropped for, with their missing cells, the most first.
  func missingCounts(_ files: [CSVFile]) -> [(name: String, count: Int)] {
    var counts: [ExactText: Int] = [:]
    for (index, file) in files.enumerated() {
      for (column, found) in faults[index] {
        guard let missing = found[.missing] else { continue }
        counts[ExactText(file.columns.names[column]), default: 0] += missing.count
      }
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { ($0.key.text, $0.value) }
  }
}

extension DatasetProblem {
  init(path: String, _ failure: CSVCellScanner.Failure) {
    switch failure {
    case .strayQuote(let line): self.init(path: path, line: line, reason: .strayQuote)
    case .unclosedQuote(let line): self.init(path: path, line: line, reason: .unclosedQuote)
    }
  }
}
