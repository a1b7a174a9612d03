import Numerics

/// Room for the rows of a data set while several readers fill it, each its own part.
@safe
final class RowStorage: @unchecked Sendable {
  // SAFETY: the pointers have room for `rowCapacity` rows until `deinit`; during reading every
  // part has one writer, and a matrix made of it keeps the storage alive and reads only.
  let rowCapacity: Int
  let columnCount: Int
  let numbers: UnsafeMutablePointer<Double>
  let target: UnsafeMutablePointer<Double>

  /// `nil` when so many rows do not fit in the memory of the machine.
  init?(rowCapacity: Int, columnCount: Int) {
    let (width, widthOverflow) = columnCount.addingReportingOverflow(1)
    let (count, countOverflow) = rowCapacity.multipliedReportingOverflow(by: width)
    let (bytes, bytesOverflow) = count.multipliedReportingOverflow(by: 8)
    guard !widthOverflow, !countOverflow, !bytesOverflow, bytes <= MachineMemory.bytes else {
      return nil
    }
    self.rowCapacity = rowCapacity
    self.columnCount = columnCount
    unsafe numbers = .allocate(capacity: max(1, rowCapacity * columnCount))
    unsafe target = .allocate(capacity: max(1, rowCapacity))
  }

  deinit {
    unsafe numbers.deallocate()
    unsafe target.deallocate()
  }

  /// Moves rows down over a gap; the places may overlap.
  func move(_ rows: Range<Int>, to start: Int) {
    precondition(start >= 0 && start <= rows.lowerBound && rows.upperBound <= rowCapacity)
    guard start < rows.lowerBound, !rows.isEmpty else { return }
    unsafe (numbers + start * columnCount).update(
      from: numbers + rows.lowerBound * columnCount, count: rows.count * columnCount)
    unsafe (target + start).update(from: target + rows.lowerBound, count: rows.count)
  }

  /// The first rows as a matrix, which they must be filled for.
  func matrix(rowCount: Int, rests: Matrix.ElementRests? = nil) -> Matrix {
    precondition(rowCount <= rowCapacity)
    return unsafe Matrix(
      rowCount: rowCount, columnCount: columnCount, unsafeBase: UnsafePointer(numbers),
      rests: rests,
      release: { withExtendedLifetime(self) {} })
  }

  func targets(rowCount: Int) -> [Double] {
    precondition(rowCount <= rowCapacity)
    return unsafe Array(UnsafeBufferPointer(start: target, count: rowCount))
  }
}
