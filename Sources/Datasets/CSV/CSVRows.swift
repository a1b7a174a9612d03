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
  let hasOnlyTextTargets: Bool

  var rowCount: Int { rowCounts.reduce(0, +) }

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
    let results = concurrentMap(pieces.count, workers: workers) { [pieces] index in
      let piece = pieces[index]
      var reader = unsafe CSVChunkReader(
        files[piece.file].file, chunk: piece.chunk, columns: files[piece.file].columns,
        source: source, decimals: decimals, numbers: storage.numbers + piece.firstRow * width,
        target: storage.target + piece.firstRow)
      return reader.read()
    }

    self.storage = storage
    rowCounts = Array(repeating: 0, count: files.count)
    droppedRowCounts = rowCounts
    texts = Array(repeating: TextCodes(), count: files[0].columns.textCount)
    hasOnlyTextTargets =
      results.contains(where: \.hasTargetText) && !results.contains(where: \.hasTargetNumber)
    var row = 0
    var isBroken = Array(repeating: false, count: files.count)
    var problemCounts = Array(repeating: 0, count: files.count)
    for (piece, result) in zip(pieces, results) where !isBroken[piece.file] {
      // Lines without a record and dropped rows left gaps.
      storage.move(piece.firstRow..<piece.firstRow + result.rowCount, to: row)
      row += result.rowCount
      rowCounts[piece.file] += result.rowCount
      droppedRowCounts[piece.file] += result.droppedRowCount
      for place in texts.indices {
        texts[place].append(contentsOf: result.texts[place])
      }
      let left = DatasetProblem.limitPerFile - problemCounts[piece.file]
      problems += result.problems.prefix(left)
      problemCounts[piece.file] += min(left, result.problems.count)
      // What follows a quote out of place is not known to be cut at record ends.
      isBroken[piece.file] = result.isBroken
    }
  }
}
