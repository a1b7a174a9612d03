/// Rows of a matrix as dense memory, some of them at a time.
package struct RowReader {
  @usableFromInline
  let matrix: Matrix
  /// For the rows of a matrix that do not lie in memory one after another.
  private let scratch: Workspace<Double>?

  /// - Parameter slots: how many rows may be in use at a time.
  package init(_ matrix: Matrix, slots: Int = 1) {
    self.matrix = matrix
    let isDense = unsafe matrix.base != nil
    scratch = isDense ? nil : Workspace(slots * max(matrix.columnCount, 1), repeating: 0)
  }

  /// The row's elements, until another row is asked for in the same slot.
  @inlinable
  @inline(__always)
  package func row(_ row: Int, slot: Int = 0) -> UnsafePointer<Double> {
    precondition(row >= 0 && row < matrix.rowCount)
    if let base = unsafe matrix.base { return unsafe base + row &* matrix.columnCount }
    return unsafe writtenOut(row, slot: slot)
  }

  @usableFromInline
  func writtenOut(_ row: Int, slot: Int) -> UnsafePointer<Double> {
    let width = matrix.columnCount
    guard let scratch else { preconditionFailure("no such row") }
    precondition(slot >= 0 && (slot + 1) * max(width, 1) <= scratch.count)
    let room = unsafe scratch.base + slot * width
    unsafe matrix.write(row, to: room)
    return unsafe UnsafePointer(room)
  }
}
