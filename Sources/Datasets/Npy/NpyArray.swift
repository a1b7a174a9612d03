import Numerics

/// An npy file of numbers in C order, in memory; every element finite.
@safe
struct NpyArray: @unchecked Sendable {
  // SAFETY: `data` points at rows × columns elements of `type` inside the file, which `file` keeps
  // and nobody writes to.
  enum ElementType: String, CaseIterable, Sendable {
    case double = "<f8"
    case float = "<f4"
    case boolean = "|b1"
    case int8 = "|i1"
    case uint8 = "|u1"
    case int16 = "<i2"
    case int32 = "<i4"
    case int64 = "<i8"

    var byteCount: Int {
      switch self {
      case .boolean, .int8, .uint8: 1
      case .int16: 2
      case .float, .int32: 4
      case .double, .int64: 8
      }
    }
  }
  let file: FileWindow
  /// Of all bytes.
  let contentHash: ContentHash
  let stamp: FileStamp?
  let rowCount: Int
  let columnCount: Int
  private let type: ElementType
  private let data: UnsafeRawPointer

  /// - Parameters:
  ///   - types: the element types that are allowed.
  ///   - isTarget: whether one number per row is needed, in one dimension or two.
  init(_ path: String, types: [ElementType], isTarget: Bool, workers: Int) throws(DatasetError) {
    let dataFile = try DataFile(path, workers: workers, windowSize: .max)
    file = try dataFile.first()
    (contentHash, stamp) = (dataFile.contentHash, dataFile.stamp)
    let header = try NpyHeader(file)
    guard let type = ElementType(rawValue: header.type), types.contains(type) else {
      let allowed = types.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      throw .invalid(
        path, .npyType(found: DatasetProblem.excerpt(header.type), allowed: allowed))
    }
    self.type = type
    if header.isFortranOrder { throw .invalid(path, .npyFortranOrder) }
    let shape = header.shape
    let fits = isTarget ? shape.count == 1 || shape.count == 2 && shape[1] == 1 : shape.count == 2
    guard fits else {
      let allowed = isTarget ? "(rows,) or (rows, 1)" : "(rows, columns)"
      throw .invalid(path, .npyShape(found: header.shapeText, allowed: allowed))
    }
    rowCount = shape[0]
    columnCount = shape.count == 2 ? shape[1] : 1
    let found = file.count - header.dataOffset
    let (count, overflow) = rowCount.multipliedReportingOverflow(by: columnCount)
    guard !overflow, count <= Int.max / 8, count * type.byteCount == found else {
      let expected = overflow || count > Int.max / 8 ? Int.max : count * type.byteCount
      throw .invalid(path, .npySize(found: found, expected: expected))
    }
    if rowCount > RowStorage.largestRowCount {
      throw .invalid(path, .tooLarge(rows: rowCount, columns: columnCount))
    }
    if rowCount == 0 { throw .invalid(path, .noRows(dropped: 0)) }
    if columnCount == 0 { throw .invalid(path, .noFeatures) }
    unsafe data = file.base + header.dataOffset
  }

  /// The elements as doubles, in place where they are.
  func matrix(workers: Int) throws(DatasetError) -> Matrix {
    if type == .double, unsafe UInt(bitPattern: data) % 8 == 0 {
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
      let value = element(index)
      unsafe storage.numbers[index] = value
      return value
    }
    return storage.matrix(rowCount: rowCount)
  }

  /// The elements as doubles; for a target.
  func values(workers: Int) throws(DatasetError) -> [Double] {
    try checkFinite(workers: workers) { element($0) }
    return (0..<rowCount * columnCount).map { element($0) }
  }

  private func element(_ index: Int) -> Double {
    let offset = index * type.byteCount
    switch type {
    case .double: return unsafe data.loadUnaligned(fromByteOffset: offset, as: Double.self)
    case .float: return Double(unsafe data.loadUnaligned(fromByteOffset: offset, as: Float.self))
    case .boolean, .uint8: return Double(unsafe data.load(fromByteOffset: offset, as: UInt8.self))
    case .int8: return Double(unsafe data.load(fromByteOffset: offset, as: Int8.self))
    case .int16: return Double(unsafe data.loadUnaligned(fromByteOffset: offset, as: Int16.self))
    case .int32: return Double(unsafe data.loadUnaligned(fromByteOffset: offset, as: Int32.self))
    case .int64: return Double(unsafe data.loadUnaligned(fromByteOffset: offset, as: Int64.self))
    }
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
