/// Of every column of a matrix the sums of d and of d², d = (x − centre)·factor, over some rows.
package struct ColumnDeviations: Sendable {
  package private(set) var sums: [Double]
  package private(set) var squares: [Double]

  /// Of no rows.
  package init(columnCount: Int) {
    sums = [Double](repeating: 0, count: columnCount)
    squares = sums
  }

  /// Of some rows in their order; where rows are mostly zeros, those of the zeros at the end.
  /// - Parameters:
  ///   - factors: powers of two that bring deviations near 1, so that their squares stay in range.
  ///   - weights: by row of the matrix, as often as each counts; once where there are none.
  package init(
    _ matrix: Matrix, rows: ArraySlice<Int32>, from centres: [Double], scaledBy factors: [Double],
    weights: [Double]? = nil
  ) {
    precondition(centres.count == matrix.columnCount && factors.count == matrix.columnCount)
    self.init(columnCount: matrix.columnCount)
    if let weights, !matrix.isStoredSparse {
      addWeighted(matrix, rows, centres, factors, weights)
      return
    }
    guard !matrix.zeroPattern.isSparse else {
      addElements(matrix, rows, centres, factors, weights)
      return
    }
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      unsafe squares.withUnsafeMutableBufferPointer { squares in
        unsafe centres.withUnsafeBufferPointer { centres in
          unsafe factors.withUnsafeBufferPointer { factors in
            // SAFETY: the four buffers have an element per column, and the block's pointers a row each.
            unsafe forEachRowBlock(matrix, rows) { block, j in
              unsafe addDeviations(
                block, j, centres.baseAddress! + j, factors.baseAddress! + j,
                sums.baseAddress! + j, squares.baseAddress! + j)
            } rest: { block, j in
              for index in 0..<block.count {
                let deviation = unsafe (block[index][j] - centres[j]) * factors[j]
                unsafe sums[j] += deviation
                unsafe squares[j] += deviation * deviation
              }
            }
          }
        }
      }
    }
  }

  package mutating func add(_ other: ColumnDeviations) {
    for j in sums.indices {
      sums[j] += other.sums[j]
      squares[j] += other.squares[j]
    }
  }

  private mutating func addWeighted(
    _ matrix: Matrix, _ rows: ArraySlice<Int32>, _ centres: [Double], _ factors: [Double],
    _ weights: [Double]
  ) {
    let reader = RowReader(matrix)
    for row in rows {
      let weight = weights[Int(row)]
      let elements = unsafe reader.row(Int(row))
      for j in sums.indices {
        // SAFETY: the row has an element per column.
        let deviation = unsafe (elements[j] - centres[j]) * factors[j]
        sums[j] += weight * deviation
        squares[j] += weight * (deviation * deviation)
      }
    }
  }

  /// Of elements that are not zero, and then of all zeros of a column at once.
  private mutating func addElements(
    _ matrix: Matrix, _ rows: ArraySlice<Int32>, _ centres: [Double], _ factors: [Double],
    _ weights: [Double]?
  ) {
    var counts = [Int](repeating: 0, count: sums.count)
    var seen = [Double](repeating: 0, count: sums.count)
    var total = 0.0
    for row in rows {
      let weight = weights?[Int(row)] ?? 1
      total += weight
      matrix.forEachNonzero(ofRow: Int(row)) { j, value in
        let deviation = (value - centres[j]) * factors[j]
        sums[j] += weight * deviation
        squares[j] += weight * (deviation * deviation)
        counts[j] += 1
        seen[j] += weight
      }
    }
    for j in sums.indices where counts[j] < rows.count {
      let zero = -centres[j] * factors[j]
      sums[j] += (total - seen[j]) * zero
      squares[j] += (total - seen[j]) * (zero * zero)
    }
  }
}

private func addDeviations(
  _ block: RowPointers, _ column: Int, _ centres: UnsafePointer<Double>,
  _ factors: UnsafePointer<Double>, _ sums: UnsafeMutablePointer<Double>,
  _ squares: UnsafeMutablePointer<Double>
) {
  var sum = unsafe loadLanes(sums)
  var square = unsafe loadLanes(squares)
  let centre = unsafe loadLanes(centres)
  let factor = unsafe loadLanes(factors)
  for index in 0..<block.count {
    let deviation = unsafe (loadLanes(block[index] + column) - centre) * factor
    sum = sum + deviation
    square = square + deviation * deviation
  }
  unsafe storeLanes(sum, sums)
  unsafe storeLanes(square, squares)
}
