import Numerics

/// An npy file of numbers, in memory: one or two dimensions in any order and type; every element finite.
@safe
struct NpyArray: @unchecked Sendable {
  // SAFETY: `data` points at rows × columns elements of `element` inside the file, which `file` keeps
  // and nobody writes to.
  let file: FileWindow
  /// Of all bytes.
  let contentHash: ContentHash
  let stamp: FileStamp?
  let rowCount: Int
  let columnCount: Int
  private let element: NpyElement
  private let isFortranOrder: Bool
  private let data: UnsafeRawPointer

  /// - Parameter isTarget: whether one number per row is needed.
  init(_ path: String, isTarget: Bool, workers: Int) throws(DatasetError) {
    let dataFile = try DataFile(path, workers: workers, windowSize: .max)
    file = try dataFile.first()
    (contentHash, stamp) = (dataFile.contentHash, dataFile.stamp)
    let header = try NpyHeader(file)
    guard let element = NpyElement(header.type) else {
      throw .invalid(
        path, .npyType(found: DatasetProblem.excerpt(header.type), allowed: NpyElement.allowed))
    }
    self.element = element
    let shape = header.shape
    guard shape.count == 1 || shape.count == 2 && (!isTarget || shape[1] == 1) else {
      let allowed = isTarget ? "(rows,) or (rows, 1)" : "(rows, columns) or (rows,)"
      throw .invalid(path, .npyShape(found: header.shapeText, allowed: allowed))
    }
    rowCount = shape[0]
    columnCount = shape.count == 2 ? shape[1] : 1
    isFortranOrder = header.isFortranOrder && columnCount > 1
    let found = file.count - header.dataOffset
    let (count, overflow) = rowCount.multipliedReportingOverflow(by: columnCount)
    guard !overflow, count <= Int.max / 8, count * element.byteCount == found else {
      let expected = overflow || count > Int.max / 8 ? Int.max : count * element.byteCount
      throw .invalid(path, .npySize(found: found, expected: expected))
    }
    if rowCount > RowStorage.largestRowCount {
      throw .invalid(path, .tooLarge(rows: rowCount, columns: columnCount))
    }
    if rowCount == 0 { throw .invalid(path, .noRows(dropped: nil)) }
    if columnCount == 0 { throw .invalid(path, .noFeatures) }
    unsafe data = file.base + header.dataOffset
  }

  /// The elements as doubles, in place where they are.
  func matrix(workers: Int) throws(DatasetError) -> Matrix {
    if element.isDouble, !isFortranOrder, unsafe UInt(bitPattern: data) % 8 == 0 {
      let file = file
      // SAFETY: the bytes are there for as long as `file` is, and never written to.
      nonisolated(unsafe) let numbers = unsafe data.assumingMemoryBound(to: Double.self)
      try checkFinite(workers: workers) { index in unsafe numbers[index] }
      return unsafe Matrix(
        rowCount: rowCount, columnCount: columnCount, unsafeBase: numbers,
        release: { withExtendedLifetime(file) {} })
    }
    guard let storage = RowStorage(rowCapacity: rowCount, columnCount: columnCount) else {
      throw .invalid(file.path, .tooLarge(rows: rowCount, columns: columnCount))
    }
    try checkFinite(workers: workers) { index in
      let value = value(index)
      unsafe storage.numbers[index] = value
      return value
    }
    return storage.matrix(rowCount: rowCount)
  }

  /// The elements as doubles; for a target.
  func values(workers: Int) throws(DatasetError) -> [Double] {
    try checkFinite(workers: workers) { value($0) }
    return (0..<rowCount * columnCount).map { value($0) }
  }

  /// The element at a place of the rows one after another.
  private func value(_ index: Int) -> Double {
    let place =
      isFortranOrder
      ? index % columnCount * rowCount + index / columnCount : index
    return unsafe element.value(at: data + place * element.byteCount)
  }

  /// Calls `element` once for every index and refuses the first that is not finite.
  @inline(__always)
  private func checkFinite(
    workers: Int, _ element: @Sendable (Int) -> Double
  ) throws(DatasetError) {
    let blockSize = 1 << 16
    let count = rowCount * columnCount
    let found = concurrentMap((count + blockSize - 1) / blockSize, workers: workers) { block in
      (block * blockSize..<min((block + 1) * blockSize, count)).first { !element($0).isFinite }
    }
    if let index = found.lazy.compactMap({ $0 }).first {
      throw .invalid(
        file.path, .npyNotFinite(row: index / columnCount, column: index % columnCount))
    }
  }
}
