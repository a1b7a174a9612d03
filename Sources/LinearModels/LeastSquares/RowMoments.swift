package import Numerics

/// Sums of (x, y, 1)ᵀ(x, y, 1) over some rows in a basis, and which features vary.
///
/// Where rows have weights v the terms are v·(x, y, 1)ᵀ(x, y, 1). Moments of disjoint sets of rows add up;
/// they are never subtracted.
package struct RowMoments: Sendable {
  package let basis: MomentBasis
  package private(set) var count: Int
  /// `stride` × `stride`, the upper triangle of features + 2 columns: the features, y, 1.
  package private(set) var sums: [Double]
  /// Each feature's range, as it was read.
  package private(set) var ranges: ColumnRanges

  package var featureCount: Int { basis.shifts.count }
  package var stride: Int { GramKernel.paddedStride(featureCount + 2) }

  /// The moments of no rows.
  package init(basis: MomentBasis) {
    self.basis = basis
    count = 0
    let stride = GramKernel.paddedStride(basis.shifts.count + 2)
    sums = [Double](repeating: 0, count: stride * stride)
    ranges = ColumnRanges(columnCount: basis.shifts.count)
  }

  /// Whether a feature has the same value in all rows.
  func isConstant(_ feature: Int) -> Bool { ranges.isConstant(feature) }

  /// Whether a basis that was made from some rows suits all of these: their squares stay in the range of
  /// numbers.
  var suitsBasis: Bool {
    guard basis.isSampled else { return true }
    return basis.factors.indices.allSatisfy { j in
      let size = ranges.width(j) * basis.factors[j]
      return size == 0 || (size > 0x1p-100 && size < 0x1p100)
    }
  }

  /// The moment of columns `i` ≤ `j`; column `featureCount` is y, the next one is 1.
  package subscript(i: Int, j: Int) -> Double {
    i <= j ? sums[i * stride + j] : sums[j * stride + i]
  }

  /// How often the rows count together: the moment of the column of ones.
  package var totalWeight: Double { self[featureCount + 1, featureCount + 1] }

  package mutating func add(_ other: RowMoments) {
    precondition(other.sums.count == sums.count)
    count += other.count
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      unsafe other.sums.withUnsafeBufferPointer { terms in
        // SAFETY: both have the same length, checked above.
        for index in 0..<sums.count { unsafe sums[index] += terms[index] }
      }
    }
    ranges.add(other.ranges)
  }

  /// Adds some rows, packed and multiplied block by block in order.
  /// - Parameter weights: by row of the matrix, as often as each counts; once where there are none.
  /// - Complexity: O(rows × features²), at the speed of the Gram kernel.
  package mutating func accumulate(
    _ matrix: Matrix, target: [Double], weights: [Double]? = nil, rows: ArraySlice<Int32>,
    block: MomentBlock
  ) {
    precondition(matrix.columnCount == featureCount)
    count += rows.count
    if basis.isSparse {
      return accumulateSparse(
        ScaledRows(
          matrix: matrix, target: target, rows: Array(rows),
          scaling: FeatureScaling(offsets: basis.shifts, factors: basis.factors), weights: weights))
    }
    var rest = rows
    while !rest.isEmpty {
      let members = rest.prefix(block.capacity)
      block.pack(matrix, target: target, rows: members, basis: basis, ranges: &ranges)
      let weighted = weights.map { block.weigh(members, by: $0) }
      let stride = stride
      unsafe sums.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        // SAFETY: the block holds `members.count` rows of `stride` doubles, and `sums` stride².
        unsafe GramKernel.accumulateGram(
          rows: block.values.base, weightedRows: weighted.map { unsafe UnsafePointer($0.base) },
          rowCount: members.count, stride: stride, into: base)
      }
      rest = rest.dropFirst(members.count)
    }
  }

  private mutating func accumulateSparse(_ rows: ScaledRows) {
    ranges.add(ColumnTotals(rows.matrix, rows: rows.rows[...]).ranges)
    let sparse = SparseRows(
      rows, 0..<rows.count, targetColumn: (featureCount, basis.targetShift),
      constantColumn: featureCount + 1)
    let stride = stride
    unsafe sums.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      // SAFETY: `sums` has stride² doubles, and no column is beyond the stride.
      unsafe sparse.accumulateGram(0..<rows.count, stride: stride, into: base) {
        rows.weight(at: $0)
      }
    }
  }
}
