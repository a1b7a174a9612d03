/// A dense row-major matrix of doubles: one row per observation, never changed once made.
///
/// Row `i` starts at `base + i * columnCount`; there is no padding, so a mapped `.npy` file is a
/// matrix as it lies on disk.
@safe
package final class Matrix: @unchecked Sendable {
  // SAFETY: `base` points at `rowCount * columnCount` initialised doubles that nobody writes to
  // after `init` and that live until `release` runs in `deinit`.
  package let rowCount: Int
  package let columnCount: Int
  package let base: UnsafePointer<Double>
  private let release: @Sendable () -> Void

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
    nonisolated(unsafe) let owned = unsafe buffer
    release = { unsafe owned.deallocate() }
    var span = unsafe MutableSpan(_unsafeElements: buffer.extracting(0..<count))
    try fill(&span)
  }

  /// Wraps memory that somebody else initialised, such as a mapped file.
  /// - Parameter release: called once when the matrix is no longer used.
  package init(
    rowCount: Int, columnCount: Int, unsafeBase: UnsafePointer<Double>,
    release: @escaping @Sendable () -> Void
  ) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    unsafe base = unsafeBase
    self.release = release
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

  package subscript(row: Int, column: Int) -> Double {
    precondition(row >= 0 && row < rowCount && column >= 0 && column < columnCount)
    return unsafe base[row * columnCount + column]
  }

  /// A copy of one row.
  package func row(_ row: Int) -> [Double] {
    (0..<columnCount).map { self[row, $0] }
  }
}
