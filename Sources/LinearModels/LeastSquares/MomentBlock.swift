import Numerics

/// Scratch in which rows are packed as (x, y, 1) for the Gram kernel.
package final class MomentBlock {
  let capacity: Int
  let stride: Int
  let values: Workspace<Double>
  /// Room for the same rows times their weights, once it was used.
  private var weighted: Workspace<Double>?

  package init(featureCount: Int) {
    stride = GramKernel.paddedStride(featureCount + 2)
    capacity = GramKernel.rowsPerBlock(stride: stride)
    values = Workspace(capacity * stride, repeating: 0)
  }

  /// The packed rows, each times its weight.
  func weigh(_ rows: ArraySlice<Int32>, by weights: [Double]) -> Workspace<Double> {
    let room = weighted ?? Workspace(capacity * stride, repeating: 0)
    weighted = room
    for (slot, row) in rows.enumerated() {
      let weight = weights[Int(row)]
      for place in Swift.stride(from: slot * stride, to: (slot + 1) * stride, by: 8) {
        // SAFETY: both hold `capacity` rows of `stride` doubles, whole lanes of eight.
        unsafe storeLanes(loadLanes(values.base + place) * weight, room.base + place)
      }
    }
    return room
  }

  /// Packs rows as the basis says, and widens `ranges` by them as they were read.
  func pack(
    _ matrix: Matrix, target: [Double], rows: ArraySlice<Int32>, basis: MomentBasis,
    ranges: inout ColumnRanges
  ) {
    let width = matrix.columnCount
    precondition(rows.count <= capacity && width + 2 <= stride)
    precondition(basis.shifts.count == width && basis.factors.count == width)
    precondition(ranges.minimum.count == width && ranges.maximum.count == width)
    let reader = RowReader(matrix, slots: capacity)
    unsafe withUnsafeTemporaryAllocation(of: UnsafePointer<Double>.self, capacity: capacity) {
      sources in
      for (slot, row) in rows.enumerated() {
        // SAFETY: the slot is inside the block.
        unsafe sources[slot] = reader.row(Int(row), slot: slot)
        let destination = unsafe values.base + slot * stride + width
        unsafe destination[0] = target[Int(row)] - basis.targetShift
        unsafe destination[1] = 1
      }
      unsafe basis.shifts.withUnsafeBufferPointer { shifts in
        unsafe basis.factors.withUnsafeBufferPointer { factors in
          unsafe ranges.minimum.withUnsafeMutableBufferPointer { minimum in
            unsafe ranges.maximum.withUnsafeMutableBufferPointer { maximum in
              // Few rows at a time, so that neighbours in memory are read in one go.
              for first in Swift.stride(from: 0, to: rows.count, by: 8) {
                // SAFETY: the rows are in the matrix and the block, and each buffer has an element per column.
                unsafe packRows(
                  UnsafeBufferPointer(rebasing: sources[first..<min(first + 8, rows.count)]),
                  into: values.base + first * stride, stride: stride, columns: width,
                  shifts: shifts.baseAddress, factors: factors.baseAddress,
                  minimum: minimum.baseAddress, maximum: maximum.baseAddress)
              }
            }
          }
        }
      }
    }
  }
}

/// (x − shift)·factor for every element, with the columns' ranges; nothing where there are no columns.
private func packRows(
  _ rows: UnsafeBufferPointer<UnsafePointer<Double>>, into packed: UnsafeMutablePointer<Double>,
  stride: Int, columns: Int, shifts: UnsafePointer<Double>?, factors: UnsafePointer<Double>?,
  minimum: UnsafeMutablePointer<Double>?, maximum: UnsafeMutablePointer<Double>?
) {
  guard let shifts = unsafe shifts, let factors = unsafe factors, let minimum = unsafe minimum,
    let maximum = unsafe maximum
  else { return }
  var j = 0
  while j &+ 8 <= columns {
    let shift = unsafe loadLanes(shifts + j)
    let factor = unsafe loadLanes(factors + j)
    var least = unsafe loadLanes(minimum + j)
    var most = unsafe loadLanes(maximum + j)
    for index in 0..<rows.count {
      let x = unsafe loadLanes(rows[index] + j)
      least = least.replacing(with: x, where: x .< least)
      most = most.replacing(with: x, where: x .> most)
      unsafe storeLanes((x - shift) * factor, packed + (index &* stride &+ j))
    }
    unsafe storeLanes(least, minimum + j)
    unsafe storeLanes(most, maximum + j)
    j &+= 8
  }
  while j < columns {
    for index in 0..<rows.count {
      let x = unsafe rows[index][j]
      unsafe minimum[j] = min(minimum[j], x)
      unsafe maximum[j] = max(maximum[j], x)
      unsafe packed[index &* stride &+ j] = (x - shifts[j]) * factors[j]
    }
    j &+= 1
  }
}
