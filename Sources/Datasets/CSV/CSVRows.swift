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
  /// By file and column: the missing cells that are filled.
  private(set) var holeCounts: [[Int]]
  /// How often each kept row counts, where a column says it.
  private(set) var weights: [Double] = []
  /// Rows of each file that have the weight 0.
  private(set) var weightlessCounts: [Int]
  /// By file and column: the cells that could not be used.
  private(set) var faults: [[Int: ColumnFaults]]
  private var otherProblems: [[DatasetProblem]]
  /// Whether no target cell was a number and some were other texts.
  var hasOnlyTextTargets: Bool { hasTargetText && !hasTargetNumber }

  private var hasTargetText = false
  private var hasTargetNumber = false
  /// Records of a wrong length by file.
  private var ragged: [RaggedLines?]

  var rowCount: Int { rowCounts.reduce(0, +) }
  /// Rows that count, were their cells not missing.
  var candidateCount: Int { recordCounts.reduce(0, +) - weightlessCounts.reduce(0, +) }
  var droppedRowCount: Int { candidateCount - rowCount }

  init(_ files: [CSVFile], _ source: CSVSource, workers: Int) throws(DatasetError) {
    let width = files[0].columns.numberCount
    storage = RowStorage(columnCount: width)
    rowCounts = Array(repeating: 0, count: files.count)
    recordCounts = rowCounts
    weightlessCounts = rowCounts
    texts = Array(repeating: TextCodes(source.dialect), count: files[0].columns.textCount)
    faults = Array(repeating: [:], count: files.count)
    holeCounts = files.map { Array(repeating: 0, count: $0.columns.roles.count) }
    otherProblems = Array(repeating: [], count: files.count)
    ragged = Array(repeating: nil, count: files.count)
    let (syntax, format) = (CSVSyntax(source.dialect), NumberFormat(source.dialect))
    let marks = MissingMarks(source.missingValues, source.dialect)
    for (index, file) in files.enumerated() {
      var windows = try RecordWindows(file.file, from: file.start, syntax.recordRule)
      var isBroken = false
      while windows.window != nil {
        var bound = rowCount
        let firstRows = windows.cut.chunks.map { chunk in
          defer { bound += chunk.recordBound }
          return bound
        }
        let before = rowCount - rowCounts[index]
        guard
          storage.reserve(bound, expecting: before + file.file.projected(bound - before))
        else {
          throw .invalid(source.path, .tooLarge(rows: bound, columns: width))
        }
        let results = try windows.advance(reading: isBroken ? 0 : firstRows.count) {
          [storage, columns = file.columns] window, index, chunk in
          var reader = unsafe CSVChunkReader(
            window, chunk: chunk, columns: columns, syntax: syntax, marks: marks,
            format: format, numbers: storage.numbers + firstRows[index] * width,
            target: storage.target + firstRows[index])
          return reader.read()
        }
        for (firstRow, result) in zip(firstRows, results) where !isBroken {
          isBroken = add(result, at: firstRow, of: index, path: file.path)
        }
      }
      if let ragged = ragged[index] {
        otherProblems[index].append(
          ragged.problem(path: file.path, expected: file.columns.roles.count))
      }
    }
  }

  /// Adds the rows of a piece to those of the file.
  /// - Returns: whether what follows is not known to be cut at record ends, after a quote out of place.
  private mutating func add(
    _ result: CSVChunkResult, at firstRow: Int, of file: Int, path: String
  ) -> Bool {
    // Lines without a record and dropped rows left gaps.
    storage.move(firstRow..<firstRow + result.rowCount, to: rowCount)
    appendNumbers(of: result, after: recordCounts[file])
    rowCounts[file] += result.rowCount
    recordCounts[file] += result.recordCount
    hasTargetText = hasTargetText || result.hasTargetText
    hasTargetNumber = hasTargetNumber || result.hasTargetNumber
    weights += result.weights
    weightlessCounts[file] += result.weightlessCount
    for place in texts.indices { texts[place].append(contentsOf: result.texts[place]) }
    for (column, count) in result.holeCounts.enumerated() { holeCounts[file][column] += count }
    for (column, more) in result.faults {
      faults[file][column, default: ColumnFaults()].add(more)
    }
    ragged[file].add(result.ragged)
    guard let failure = result.failure else { return false }
    var problem = DatasetProblem(path: path, failure.reason)
    problem.hint = failure.hint
    otherProblems[file].append(problem)
    return true
  }

  private mutating func appendNumbers(of result: CSVChunkResult, after count: Int) {
    if rowNumbers == nil {
      if result.droppedRecords.isEmpty { return }
      // Up to here a row's place is its number.
      rowNumbers = rowCounts.flatMap { 0..<Int32(truncatingIfNeeded: $0) }
    }
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
  func problems(_ files: [CSVFile], _ source: CSVSource) -> [DatasetProblem] {
    var told: [DatasetProblem] = []
    let mixed = mixedColumns(files)
    for (index, file) in files.enumerated() {
      let columns = file.columns
      var problems = otherProblems[index]
      for column in columns.names.indices {
        let found = faults[index][column]
        guard
          let wrong = found?.wrong(
            besideNumbers: mixed.contains(ExactText(columns.names[column])),
            dropsMissing: columns.missing[column] == .dropRows)
        else { continue }
        let use = columns.use(of: column)
        problems.append(
          DatasetProblem(
            path: file.path, line: wrong.firstLine, column: columns.names[column],
            reason: .cells(
              wrong, use: use, key: columns.keys[column],
              labels: use == .split ? columns.allowedLabels : nil, dialect: source.dialect,
              missing: source.missing.rest)))
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
