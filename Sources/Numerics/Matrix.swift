import Synchronization

/// A row-major matrix of doubles: one row per observation, never changed once made.
///
/// Dense, row `i` starts at `i * columnCount` without padding, so a mapped `.npy` file is a matrix as it
/// lies on disk; or sparse, with only the elements that are not zero; or made row by row when it is read.
@safe
package final class Matrix: @unchecked Sendable {
  // SAFETY: a dense `base` points at `rowCount * columnCount` initialised doubles that nobody writes to
  // after `init` and that live until `release` runs in `deinit`.
  package let rowCount: Int
  package let columnCount: Int
  @usableFromInline
  let base: UnsafePointer<Double>?
  @usableFromInline
  let elements: SparseElements?
  @usableFromInline
  let writer: RowWriter?
  private let release: @Sendable () -> Void
  private let rests: ElementRests?
  private let pattern = Mutex<ZeroPattern?>(nil)

  /// Allocates a matrix of zeros and lets `fill` write its elements, row by row.
  package init(
    rowCount: Int, columnCount: Int, filledBy fill: (inout MutableSpan<Double>) throws -> Void
  ) rethrows {
    precondition(rowCount >= 0 && columnCount >= 0)
    let count = rowCount * columnCount
    let buffer = UnsafeMutableBufferPointer<Double>.allocate(capacity: max(count, 1))
    unsafe buffer.initialize(repeating: 0)
    self.rowCount = rowCount
    self.columnCount = columnCount
    unsafe self.base = UnsafePointer(buffer.baseAddress!)
    elements = nil
    unsafe writer = nil
    rests = nil
    nonisolated(unsafe) let owned = unsafe buffer
    release = { unsafe owned.deallocate() }
    var span = unsafe MutableSpan(_unsafeElements: buffer.extracting(0..<count))
    try fill(&span)
  }

  /// What rounding took off the elements of a row, such as those of x³: the true elements less those that
  /// are kept, one a column.
  package typealias ElementRests =
    @Sendable (_ row: Int, _ rests: inout MutableSpan<Double>) -> Void

  /// Wraps memory that somebody else initialised, such as a mapped file.
  /// - Parameters:
  ///   - rests: where elements are rounded, and what was lost can be told.
  ///   - release: called once when the matrix is no longer used.
  package init(
    rowCount: Int, columnCount: Int, unsafeBase: UnsafePointer<Double>,
    rests: ElementRests? = nil, release: @escaping @Sendable () -> Void
  ) {
    self.rests = rests
    self.rowCount = rowCount
    self.columnCount = columnCount
    unsafe base = unsafeBase
    elements = nil
    unsafe writer = nil
    self.release = release
  }

  /// Writes the elements of a row, one a column, the same whenever it is asked.
  package typealias RowWriter =
    @Sendable (_ row: Int, _ destination: UnsafeMutablePointer<Double>) -> Void

  /// A matrix whose rows are made each time they are read, and take no memory.
  /// - Parameters:
  ///   - writer: has room for `columnCount` doubles; called by several threads at once.
  ///   - rests: as above.
  package init(
    rowCount: Int, columnCount: Int, rests: ElementRests? = nil,
    writingRows writer: @escaping RowWriter
  ) {
    self.rests = rests
    self.rowCount = rowCount
    self.columnCount = columnCount
    unsafe base = nil
    elements = nil
    unsafe self.writer = unsafe writer
    release = {}
  }

  /// A sparse matrix.
  package init(_ elements: SparseElements) {
    rowCount = elements.rowCount
    columnCount = elements.columnCount
    unsafe base = nil
    rests = nil
    unsafe writer = nil
    self.elements = elements
    release = {}
  }

  /// A matrix of the given rows, which must have equal lengths.
  package convenience init(rows: [[Double]]) {
    let width = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == width }, "rows of unequal length")
    self.init(rowCount: rows.count, columnCount: width) { buffer in
      for (i, row) in rows.enumerated() {
        for (j, value) in row.enumerated() { buffer[i * width + j] = value }
      }
    }
  }

  deinit { release() }

  package var isStoredSparse: Bool { elements != nil }

  /// What its elements take in memory.
  package var byteCount: Int {
    if unsafe writer != nil { return 0 }
    return elements.map(\.byteCount) ?? rowCount * columnCount * MemoryLayout<Double>.stride
  }

  /// - Complexity: O(1) where elements lie in memory, else O(columns)
  package subscript(row: Int, column: Int) -> Double {
    precondition(row >= 0 && row < rowCount && column >= 0 && column < columnCount)
    if let elements { return elements[row, column] }
    guard let base = unsafe base else {
      return unsafe withWrittenRow(row) { unsafe $0[column] }
    }
    return unsafe base[row * columnCount + column]
  }

  /// A row of a matrix that lies nowhere, in memory that is gone afterwards.
  @usableFromInline
  func withWrittenRow<Result>(
    _ row: Int, _ body: (UnsafePointer<Double>) -> Result
  ) -> Result {
    unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: max(columnCount, 1)) { room in
      guard let start = room.baseAddress else { preconditionFailure("there is room for one") }
      unsafe write(row, to: start)
      return unsafe body(UnsafePointer(start))
    }
  }

  /// Writes what rounding took off the elements of a row, or leaves `rests` as it is: false where elements
  /// are as they were read.
  package func writeRests(ofRow row: Int, to rests: inout MutableSpan<Double>) -> Bool {
    precondition(row >= 0 && row < rowCount && rests.count == columnCount)
    self.rests?(row, &rests)
    return self.rests != nil
  }

  /// A copy of one row.
  package func row(_ row: Int) -> [Double] {
    precondition(row >= 0 && row < rowCount)
    guard unsafe writer != nil else { return (0..<columnCount).map { self[row, $0] } }
    return unsafe withWrittenRow(row) { start in
      unsafe Array(UnsafeBufferPointer(start: start, count: columnCount))
    }
  }

  /// Writes out a row; `destination` has room for an element per column.
  package func write(_ row: Int, to destination: UnsafeMutablePointer<Double>) {
    precondition(row >= 0 && row < rowCount)
    if let writer = unsafe writer {
      unsafe writer(row, destination)
    } else if let base = unsafe base {
      unsafe destination.update(from: base + row &* columnCount, count: columnCount)
    } else {
      unsafe elements?.write(row, to: destination)
    }
  }

  /// Has some rows alone judge which columns are mostly zeros: no row that is held out for a test may choose
  /// how sums are made.
  package func judgeZeros(by rows: [Int32]) {
    let found = ZeroPattern(self, rows: rows)
    pattern.withLock { $0 = found }
  }

  /// Which columns are mostly zeros, judged once: by the whole matrix unless `judgeZeros` chose rows.
  package var zeroPattern: ZeroPattern {
    pattern.withLock { pattern in
      if let pattern { return pattern }
      let found = ZeroPattern(self)
      pattern = found
      return found
    }
  }

  /// Calls `body` with every element of a row that is not zero, in the order of the columns.
  @inlinable
  @inline(__always)
  package func forEachNonzero(ofRow row: Int, _ body: (_ column: Int, _ value: Double) -> Void) {
    precondition(row >= 0 && row < rowCount)
    if let elements { return elements.forEach(ofRow: row, body) }
    guard let base = unsafe base else {
      return unsafe withWrittenRow(row) { unsafe forEachNonzero(of: $0, body) }
    }
    unsafe forEachNonzero(of: base + row * columnCount, body)
  }

  @inlinable
  @inline(__always)
  func forEachNonzero(
    of values: UnsafePointer<Double>, _ body: (_ column: Int, _ value: Double) -> Void
  ) {
    for j in 0..<columnCount {
      let value = unsafe values[j]
      if value != 0 { body(j, value) }
    }
  }
}
