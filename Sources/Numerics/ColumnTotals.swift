/// Least and largest value of every column of a matrix over some rows.
package struct ColumnRanges: Sendable {
  package var minimum: [Double]
  package var maximum: [Double]

  /// Of no rows.
  package init(columnCount: Int) {
    minimum = [Double](repeating: .infinity, count: columnCount)
    maximum = [Double](repeating: -.infinity, count: columnCount)
  }

  /// Largest less least; zero where a column does not vary.
  package func width(_ column: Int) -> Double { maximum[column] - minimum[column] }

  /// Whether a column has one value but for rounding: numbers within four units in the last place of the
  /// largest may come from one number that was computed in several ways.
  package func isConstant(_ column: Int) -> Bool {
    let (least, most) = (minimum[column], maximum[column])
    return least == most || most - least <= 4 * max(abs(least), abs(most)).ulp
  }

  /// A power of two near 1/width, exact and there to keep squares in range; 1 where a column does not vary.
  package func unitFactor(_ column: Int) -> Double {
    let range = width(column)
    guard range > 0, range.isFinite else { return 1 }
    return Double(sign: .plus, exponent: max(-1000, min(1000, -range.exponent)), significand: 1)
  }

  package mutating func add(_ other: ColumnRanges) {
    for j in minimum.indices {
      minimum[j] = min(minimum[j], other.minimum[j])
      maximum[j] = max(maximum[j], other.maximum[j])
    }
  }
}

/// Sum and range of every column of a matrix over some rows.
package struct ColumnTotals: Sendable {
  package private(set) var sums: [Double]
  package private(set) var ranges: ColumnRanges

  /// Of no rows.
  package init(columnCount: Int) {
    sums = [Double](repeating: 0, count: columnCount)
    ranges = ColumnRanges(columnCount: columnCount)
  }

  /// Of some rows, each column summed in their order.
  /// - Parameter weights: by row of the matrix, as often as each counts in the sums; once where there are none.
  package init(_ matrix: Matrix, rows: ArraySlice<Int32>, weights: [Double]? = nil) {
    self.init(columnCount: matrix.columnCount)
    guard !matrix.isStoredSparse, weights == nil else {
      addElements(matrix, rows, weights)
      return
    }
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      unsafe ranges.minimum.withUnsafeMutableBufferPointer { minimum in
        unsafe ranges.maximum.withUnsafeMutableBufferPointer { maximum in
          // SAFETY: the three buffers have an element per column, and the block's pointers a row each.
          unsafe forEachRowBlock(matrix, rows) { block, j in
            unsafe addColumns(
              block, j, sums.baseAddress! + j, minimum.baseAddress! + j, maximum.baseAddress! + j)
          } rest: { block, j in
            for index in 0..<block.count {
              let value = unsafe block[index][j]
              unsafe sums[j] += value
              unsafe minimum[j] = min(minimum[j], value)
              unsafe maximum[j] = max(maximum[j], value)
            }
          }
        }
      }
    }
  }

  /// The same sums, weighted: zeros add nothing.
  private mutating func addElements(
    _ matrix: Matrix, _ rows: ArraySlice<Int32>, _ weights: [Double]?
  ) {
    var counts = [Int](repeating: 0, count: sums.count)
    for row in rows {
      let weight = weights?[Int(row)] ?? 1
      matrix.forEachNonzero(ofRow: Int(row)) { j, value in
        sums[j] += weight * value
        ranges.minimum[j] = min(ranges.minimum[j], value)
        ranges.maximum[j] = max(ranges.maximum[j], value)
        counts[j] += 1
      }
    }
    for j in counts.indices where counts[j] < rows.count {
      ranges.minimum[j] = min(ranges.minimum[j], 0)
      ranges.maximum[j] = max(ranges.maximum[j], 0)
    }
  }

  package mutating func add(_ other: ColumnTotals) {
    for j in sums.indices { sums[j] += other.sums[j] }
    ranges.add(other.ranges)
  }
}

typealias RowPointers = UnsafeBufferPointer<UnsafePointer<Double>>

/// Walks through up to eight rows at a time, few enough that neighbours in memory are read in one go:
/// `lanes` with the first of each eight columns, `rest` with each column that is left.
@inline(__always)
func forEachRowBlock(
  _ matrix: Matrix, _ rows: ArraySlice<Int32>, lanes: (RowPointers, Int) -> Void,
  rest lone: (RowPointers, Int) -> Void
) {
  let wholeLanes = matrix.columnCount / 8 * 8
  let capacity = 8
  let reader = RowReader(matrix, slots: capacity)
  unsafe withUnsafeTemporaryAllocation(of: UnsafePointer<Double>.self, capacity: capacity) {
    block in
    var rest = rows
    while !rest.isEmpty {
      let members = rest.prefix(capacity)
      for (slot, row) in members.enumerated() {
        // SAFETY: the slot is inside the block.
        unsafe block[slot] = reader.row(Int(row), slot: slot)
      }
      let pointers = unsafe RowPointers(rebasing: block[..<members.count])
      for j in stride(from: 0, to: wholeLanes, by: 8) { unsafe lanes(pointers, j) }
      for j in wholeLanes..<matrix.columnCount { unsafe lone(pointers, j) }
      rest = rest.dropFirst(members.count)
    }
  }
}

private func addColumns(
  _ block: RowPointers, _ column: Int, _ sums: UnsafeMutablePointer<Double>,
  _ minimum: UnsafeMutablePointer<Double>, _ maximum: UnsafeMutablePointer<Double>
) {
  var sum = unsafe loadLanes(sums)
  var least = unsafe loadLanes(minimum)
  var most = unsafe loadLanes(maximum)
  for index in 0..<block.count {
    let values = unsafe loadLanes(block[index] + column)
    sum = sum + values
    least = least.replacing(with: values, where: values .< least)
    most = most.replacing(with: values, where: values .> most)
  }
  unsafe storeLanes(sum, sums)
  unsafe storeLanes(least, minimum)
  unsafe storeLanes(most, maximum)
}
