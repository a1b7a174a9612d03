import Numerics

/// The rows of one or more CSV files, read and put together.
struct CSVRows {
  let storage: RowStorage
  /// Kept rows of each file, in the order of the files.
  private(set) var rowCounts: [Int]
  private(set) var droppedRowCounts: [Int]
  /// One column per text of a row, over all rows.
  private(set) var texts: [TextCodes]
  private(set) var problems: [DatasetProblem] = []
  /// Whether no target cell was a number and some were other texts.
  var hasOnlyTextTargets: Bool { hasTargetText && !hasTargetNumber }

  private var hasTargetText = false
  private var hasTargetNumber = false
  /// Of the file that is being read.
  private var problemCount = 0

  var rowCount: Int { rowCounts.reduce(0, +) }

  init(
    _ files: [CSVFile], _ source: CSVSource, workers: Int, chunkByteCount: Int
  ) throws(DatasetError) {
    let width = files[0].columns.numberCount
    storage = RowStorage(columnCount: width)
    rowCounts = Array(repeating: 0, count: files.count)
    droppedRowCounts = rowCounts
    texts = Array(repeating: TextCodes(), count: files[0].columns.textCount)
    let decimals = DecimalParser()
    for (index, file) in files.enumerated() {
      var (window, start, line) = (Optional(try file.file.first()), file.start, file.firstLine)
      var isBroken = false
      problemCount = 0
      while let piece = window {
        let cut = TextChunks(
          piece, from: start, firstLine: line, quotes: true, chunkByteCount: chunkByteCount,
          workers: workers)
        guard storage.reserve(rowCount + cut.recordBound) else {
          throw .invalid(
            source.path, .tooLarge(rows: rowCount + cut.recordBound, columns: width))
        }
        if !isBroken {
          isBroken = add(cut, of: index, workers: workers) {
            [storage, columns = file.columns] chunk, row in
            var reader = unsafe CSVChunkReader(
              piece, chunk: chunk, columns: columns, source: source, decimals: decimals,
              numbers: storage.numbers + row * width, target: storage.target + row)
            return reader.read()
          }
        }
        window = try file.file.next(after: piece, keepingFrom: cut.rest.byte)
        (start, line) = (0, cut.rest.line)
      }
    }
  }

  /// Reads the pieces of a window side by side and adds their rows to those of the file.
  /// - Parameter read: reads a piece, its rows from a given one on.
  /// - Returns: whether what follows is not known to be cut at record ends, after a quote out of place.
  private mutating func add(
    _ cut: TextChunks, of file: Int, workers: Int,
    read: @Sendable (TextChunks.Chunk, Int) -> CSVChunkResult
  ) -> Bool {
    var bound = rowCount
    let firstRows = cut.chunks.map { chunk in
      defer { bound += chunk.recordBound }
      return bound
    }
    let results = concurrentMap(cut.chunks.count, workers: workers) { index in
      read(cut.chunks[index], firstRows[index])
    }
    for (firstRow, result) in zip(firstRows, results) {
      // Lines without a record and dropped rows left gaps.
      storage.move(firstRow..<firstRow + result.rowCount, to: rowCount)
      rowCounts[file] += result.rowCount
      droppedRowCounts[file] += result.droppedRowCount
      hasTargetText = hasTargetText || result.hasTargetText
      hasTargetNumber = hasTargetNumber || result.hasTargetNumber
      for place in texts.indices {
        texts[place].append(contentsOf: result.texts[place])
      }
      let left = DatasetProblem.limitPerFile - problemCount
      problems += result.problems.prefix(left)
      problemCount += min(left, result.problems.count)
      if result.isBroken { return true }
    }
    return false
  }
}
