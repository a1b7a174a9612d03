import Numerics
import Platform

/// Reads LIBSVM text files: `target index:value index:value … # comment`. The matrix is kept sparse where
/// that takes less memory.
///
/// Indices are 1, 2, … and increase within a line; what a line leaves out is 0. The columns are
/// named `x1`, `x2`, … up to the largest index of any file. Where any file has an index 0, they are
/// 0, 1, 2, … and `x0`, `x1`, …. Lines without a word are skipped, and so is a byte order mark.
/// - Complexity: O(bytes + rows × columns) / workers.
package struct LibsvmLoader {
  private let path: String
  private let extraFiles: [Dataset.ExtraFile]
  private let workers: Int
  private let chunkByteCount: Int
  private let windowSize: Int?
  private let sizeCheck: SizeCheck

  /// - Parameter chunkByteCount: how long the pieces read in parallel are; the result is the same.
  package init(
    path: String, extraFiles: [Dataset.ExtraFile] = [], workers: Int,
    chunkByteCount: Int = 1 << 19, windowSize: Int? = nil,
    sizeCheck: SizeCheck = .none
  ) {
    self.path = path
    self.extraFiles = extraFiles
    self.workers = workers
    self.chunkByteCount = chunkByteCount
    self.windowSize = windowSize
    self.sizeCheck = sizeCheck
  }

  package func load() throws(DatasetError) -> Dataset {
    let labels = ["train"] + extraFiles.map(\.label)
    var files: [DataFile] = []
    for path in [path] + extraFiles.map(\.path) {
      files.append(
        try DataFile(path, workers: workers, windowSize: windowSize, pieceSize: chunkByteCount))
    }
    var hasher = ContentHasher()
    hasher.combine("libsvm")
    var chunks: [LibsvmChunk] = []
    var rowCounts: [Int] = []
    for (label, file) in zip(labels, files) {
      hasher.combine(label)
      let parts = try read(file)
      hasher.combine(file.contentHash)
      rowCounts.append(parts.map(\.targets.count).reduce(0, +))
      chunks += parts
    }
    let firstIndex = chunks.contains { $0.smallestIndex == 0 } ? 0 : 1
    if firstIndex == 0 { for index in chunks.indices { chunks[index].countFromZero() } }
    let columnCount = chunks.map(\.columnBound).max() ?? 0
    let rowCount = rowCounts.reduce(0, +)
    if columnCount == 0 { throw .invalid(path, .noFeatures) }
    if rowCount > RowStorage.largestRowCount {
      throw .invalid(path, .tooLarge(rows: rowCount, columns: columnCount))
    }
    let matrix = try matrix(of: chunks, rowCount: rowCount, columnCount: columnCount)
    return Dataset(
      featureNames: (0..<columnCount).map { "x\($0 + firstIndex)" },
      features: matrix, target: chunks.flatMap(\.targets),
      targetName: "y",
      splitLabels: extraFiles.isEmpty
        ? nil : zip(labels, rowCounts).flatMap { Array(repeating: $0, count: $1) },
      contentHash: hasher.finish().description, stamps: files.compactMap(\.stamp),
      origins: RowOrigins(paths: files.map(\.path), rowCounts: rowCounts))
  }

  private func matrix(
    of chunks: [LibsvmChunk], rowCount: Int, columnCount: Int
  ) throws(DatasetError) -> Matrix {
    let elementCount = chunks.reduce(0) { $0 + $1.values.count }
    // A sparse element takes twelve bytes, a dense one eight.
    if Double(elementCount) * 12 < Double(rowCount) * Double(columnCount) * 8 {
      // Names, means and sixteen weights of a column are about a kilobyte.
      guard columnCount < MachineMemory.bytes / 1024 else {
        throw .invalid(path, .tooLarge(rows: rowCount, columns: columnCount))
      }
      return Matrix(elements(of: chunks, rowCount: rowCount, columnCount: columnCount))
    }
    try sizeCheck(rows: rowCount, columns: columnCount)
    guard let storage = RowStorage(rowCapacity: rowCount, columnCount: columnCount) else {
      throw .invalid(path, .tooLarge(rows: rowCount, columns: columnCount))
    }
    var firstRow = 0
    let firstRows = chunks.map { chunk in
      defer { firstRow += chunk.targets.count }
      return firstRow
    }
    _ = concurrentMap(chunks.count, workers: workers) { index in
      chunks[index].spread(into: storage, from: firstRows[index])
    }
    return storage.matrix(rowCount: rowCount)
  }

  private func elements(
    of chunks: [LibsvmChunk], rowCount: Int, columnCount: Int
  ) -> SparseElements {
    var starts = [0]
    starts.reserveCapacity(rowCount + 1)
    var first = 0
    for chunk in chunks {
      for end in chunk.rowEnds { starts.append(first + end) }
      first += chunk.values.count
    }
    return SparseElements(
      columnCount: columnCount, starts: starts, columns: chunks.flatMap(\.columns),
      values: chunks.flatMap(\.values))
  }

  private func read(_ file: DataFile) throws(DatasetError) -> [LibsvmChunk] {
    let decimals = DecimalParser()
    var chunks: [LibsvmChunk] = []
    let first = try file.first()
    if let format = ForeignFormat(first) {
      throw .invalid(file.path, .foreignFormat(format, path: file.path))
    }
    var windows = try RecordWindows(
      file, from: TextChunks.Position(record: first.startOfText, line: 1), .everyLineEnd)
    while windows.window != nil {
      chunks += try windows.advance(reading: windows.cut.chunks.count) { window, _, chunk in
        var reader = LibsvmReader(window, chunk, decimals)
        return reader.read()
      }
    }
    let problems = chunks.flatMap(\.problems)
    guard problems.isEmpty else {
      throw .invalid(limited(problems, count: chunks.reduce(0) { $0 + $1.problemCount }))
    }
    if chunks.allSatisfy(\.targets.isEmpty) {
      throw .invalid(file.path, first.count == 0 ? .empty : .noRows(dropped: nil))
    }
    return chunks
  }
}
