import Numerics
import Platform

/// Room for the rows of a data set while several readers fill it, each its own part.
@safe
final class RowStorage: @unchecked Sendable {
  // SAFETY: the pointers have room for `rowCapacity` rows until `deinit`; they move only in `reserve`,
  // when nobody uses them; during reading every part has one writer, and a matrix made of it keeps the storage alive and reads only.
  private(set) var rowCapacity = 0
  let columnCount: Int
  private(set) var numbers: UnsafeMutablePointer<Double>
  private(set) var target: UnsafeMutablePointer<Double>

  /// Without room for rows yet.
  init(columnCount: Int) {
    self.columnCount = columnCount
    // Not by `allocate`, whose memory may not be resized.
    guard let numbers = unsafe reserveMemory(8), let target = unsafe reserveMemory(8) else {
      preconditionFailure("no memory at all")
    }
    unsafe self.numbers = numbers.assumingMemoryBound(to: Double.self)
    unsafe self.target = target.assumingMemoryBound(to: Double.self)
  }

  /// `nil` when so many rows do not fit in the memory of the machine.
  convenience init?(rowCapacity: Int, columnCount: Int) {
    self.init(columnCount: columnCount)
    guard hold(rowCapacity) else { return nil }
  }

  deinit {
    unsafe releaseMemory(numbers)
    unsafe releaseMemory(target)
  }

  /// Makes room for so many rows, while nobody reads or writes any; those that are there stay.
  /// - Parameter expected: how many there may be in the end.
  /// - Returns: whether they fit in the memory of the machine.
  func reserve(_ rowCount: Int, expecting expected: Int) -> Bool {
    if rowCount <= rowCapacity { return true }
    // Memory that is reserved and never written to costs nothing; rows that must move do.
    return hold(max(rowCount, expected, 2 * rowCapacity)) || hold(rowCount)
  }

  /// The rows that an index can tell apart.
  static let largestRowCount = Int(Int32.max)

  private func hold(_ rowCount: Int) -> Bool {
    guard rowCount <= Self.largestRowCount else { return false }
    let (width, widthOverflow) = columnCount.addingReportingOverflow(1)
    let (count, countOverflow) = rowCount.multipliedReportingOverflow(by: width)
    let (bytes, bytesOverflow) = count.multipliedReportingOverflow(by: 8)
    guard !widthOverflow, !countOverflow, !bytesOverflow, bytes <= MachineMemory.bytes else {
      return false
    }
    guard let larger = unsafe resizeMemory(numbers, to: max(8, 8 * rowCount * columnCount))
    else { return false }
    unsafe numbers = larger.assumingMemoryBound(to: Double.self)
    guard let larger = unsafe resizeMemory(target, to: max(8, 8 * rowCount)) else { return false }
    unsafe target = larger.assumingMemoryBound(to: Double.self)
    rowCapacity = rowCount
    return true
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
