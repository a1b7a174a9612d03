package import Numerics

/// The shift and scale in which moments are summed, so that centring later loses nothing.
///
/// The factors are powers of two near 1/range: exact, and only there to keep squares in range.
package struct MomentBasis: Sendable {
  package let shifts: [Double]
  package let factors: [Double]
  package let targetShift: Double
  /// Whether most elements are zero in this basis, so that rows are multiplied sparse.
  package let isSparse: Bool

  package init(
    shifts: [Double], factors: [Double], targetShift: Double, isSparse: Bool = false
  ) {
    self.shifts = shifts
    self.factors = factors
    self.targetShift = targetShift
    self.isSparse = isSparse
  }
}

/// Sums of (x, y, 1)ᵀ(x, y, 1) over some rows in a basis, and which features vary.
///
/// Moments of disjoint sets of rows add up; they are never subtracted.
package struct RowMoments: Sendable {
  package let basis: MomentBasis
  package private(set) var count: Int
  /// `stride` × `stride`, the upper triangle of features + 2 columns: the features, y, 1.
  package private(set) var sums: [Double]
  /// Each feature's range, as it was read.
  package private(set) var columns: ColumnTotals

  package var featureCount: Int { basis.shifts.count }
  package var stride: Int { GramKernel.paddedStride(featureCount + 2) }

  /// The moments of no rows.
  package init(basis: MomentBasis) {
    self.basis = basis
    count = 0
    let stride = GramKernel.paddedStride(basis.shifts.count + 2)
    sums = [Double](repeating: 0, count: stride * stride)
    columns = ColumnTotals(columnCount: basis.shifts.count)
  }

  /// Whether a feature has the same value in all rows.
  func isConstant(_ feature: Int) -> Bool {
    columns.minimum[feature] == columns.maximum[feature]
  }

  /// The moment of columns `i` ≤ `j`; column `featureCount` is y, the next one is 1.
  package subscript(i: Int, j: Int) -> Double {
    i <= j ? sums[i * stride + j] : sums[j * stride + i]
  }

  package mutating func add(_ other: RowMoments) {
    precondition(other.sums.count == sums.count)
    count += other.count
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      unsafe other.sums.withUnsafeBufferPointer { terms in
        // SAFETY: both have the same length, checked above.
        for index in 0..<sums.count { unsafe sums[index] += terms[index] }
      }
    }
    columns.add(other.columns)
  }

  /// Adds rows `range` of `rows`, packed and multiplied block by block in order.
  /// - Complexity: O(rows × features²), at the speed of the Gram kernel.
  package mutating func accumulate(
    _ matrix: Matrix, target: [Double], rows: [Int32], range: Range<Int>, block: MomentBlock
  ) {
    precondition(matrix.columnCount == featureCount && range.upperBound <= rows.count)
    count += range.count
    if basis.isSparse {
      return accumulateSparse(
        ScaledRows(
          matrix: matrix, target: target, rows: Array(rows[range]),
          scaling: FeatureScaling(offsets: basis.shifts, factors: basis.factors)))
    }
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(start + block.capacity, range.upperBound)
      columns.add(ColumnTotals(matrix, rows: rows[start..<end]))
      block.pack(matrix, target: target, rows: rows[start..<end], basis: basis)
      let stride = stride
      unsafe sums.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        // SAFETY: the block holds `end - start` rows of `stride` doubles, and `sums` stride².
        unsafe GramKernel.accumulateGram(
          rows: block.values.base, rowCount: end - start, stride: stride, into: base)
      }
      start = end
    }
  }

  private mutating func accumulateSparse(_ rows: ScaledRows) {
    columns.add(ColumnTotals(rows.matrix, rows: rows.rows[...]))
    let sparse = SparseRows(
      rows, 0..<rows.count, targetColumn: (featureCount, basis.targetShift),
      constantColumn: featureCount + 1)
    let stride = stride
    unsafe sums.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      // SAFETY: `sums` has stride² doubles, and no column is beyond the stride.
      unsafe sparse.accumulateGram(0..<rows.count, stride: stride, into: base) { _ in 1 }
    }
  }
}

/// Scratch in which rows are packed as (x, y, 1) for the Gram kernel.
package final class MomentBlock {
  let capacity: Int
  let stride: Int
  let values: Workspace<Double>

  package init(featureCount: Int) {
    stride = GramKernel.paddedStride(featureCount + 2)
    capacity = GramKernel.rowsPerBlock(stride: stride)
    values = Workspace(capacity * stride, repeating: 0)
  }

  func pack(_ matrix: Matrix, target: [Double], rows: ArraySlice<Int32>, basis: MomentBasis) {
    let width = matrix.columnCount
    precondition(rows.count <= capacity && width + 2 <= stride)
    precondition(basis.shifts.count == width && basis.factors.count == width)
    unsafe basis.shifts.withUnsafeBufferPointer { shifts in
      unsafe basis.factors.withUnsafeBufferPointer { factors in
        for (slot, row) in rows.enumerated() {
          precondition(row >= 0 && Int(row) < matrix.rowCount)
          // SAFETY: the row is inside the matrix, the slot inside the block, and both buffers hold
          // `width` elements.
          let destination = unsafe values.base + slot * stride
          if let shifts = shifts.baseAddress, let factors = factors.baseAddress {
            unsafe scaleRow(
              matrix.base + Int(row) * width, width, shifts, factors, into: destination)
          }
          unsafe destination[width] = target[Int(row)] - basis.targetShift
          unsafe destination[width + 1] = 1
        }
      }
    }
  }
}

extension MomentBasis {
  /// The basis of some rows: the mean of each feature as shift, a power of two near 1/range as factor. In
  /// sparse rows zeros stay zeros: a column of mostly zeros has a mean below its deviation.
  ///
  /// Sums go by blocks of 4096 rows, so the basis does not depend on `workers`.
  package init(matrix: Matrix, target: [Double], rows: [Int32], workers: Int) {
    let blockSize = 4096
    let width = matrix.columnCount
    let blockCount = max(1, (rows.count + blockSize - 1) / blockSize)
    let partials = concurrentMap(blockCount, workers: workers) { block in
      let members = rows[(block * blockSize)..<min((block + 1) * blockSize, rows.count)]
      return (ColumnTotals(matrix, rows: members), members.reduce(0.0) { $0 + target[Int($1)] })
    }
    var total = ColumnTotals(columnCount: width)
    var targetSum = 0.0
    for (columns, sum) in partials {
      total.add(columns)
      targetSum += sum
    }
    let count = Double(max(rows.count, 1))
    let zeros = ZeroPattern(matrix, rows: rows)
    self.init(
      shifts: (0..<width).map { j in
        let mean = total.sums[j] / count
        return mean.isFinite && !(zeros.isSparse && zeros.isMostlyZero[j]) ? mean : 0
      },
      factors: (0..<width).map { j in
        let range = total.maximum[j] - total.minimum[j]
        guard range > 0, range.isFinite else { return 1 }
        return Double(sign: .plus, exponent: max(-1000, min(1000, -range.exponent)), significand: 1)
      },
      targetShift: targetSum / count, isSparse: zeros.isSparse)
  }
}
