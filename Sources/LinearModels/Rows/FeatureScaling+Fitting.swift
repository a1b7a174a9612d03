package import Numerics

extension FeatureScaling {
  /// Means and deviations of some rows by two passes, summed in blocks of 1024; a column that does not vary
  /// gets the factor 0.
  ///
  /// The second pass also sums the deviations themselves: what the first mean lacks (Chan, Golub and
  /// LeVeque, "Algorithms for computing the sample variance", 1983).
  /// - Parameter weights: by row of the matrix, as often as each counts; once where there are none.
  /// - Returns: the scaling and the constant columns.
  /// - Complexity: O(rows × features)
  package static func fitted(
    to matrix: Matrix, rows: [Int32], weights: [Double]? = nil, divisor: CentredMoments.Divisor,
    workers: Int = 1
  ) -> (scaling: FeatureScaling, constantFeatures: [Int]) {
    let width = matrix.columnCount
    let total = totalWeight(of: rows, weights)
    let blocks = stride(from: 0, to: rows.count, by: 1024).map {
      rows[$0..<min($0 + 1024, rows.count)]
    }
    var totals = ColumnTotals(columnCount: width)
    let partials = concurrentMap(blocks.count, workers: workers) { block in
      ColumnTotals(matrix, rows: blocks[block], weights: weights)
    }
    for partial in partials { totals.add(partial) }
    let centres = totals.sums.map { $0 / total }
    let units = (0..<width).map { totals.ranges.unitFactor($0) }
    var deviations = ColumnDeviations(columnCount: width)
    let deviationPartials = concurrentMap(blocks.count, workers: workers) { block in
      ColumnDeviations(
        matrix, rows: blocks[block], from: centres, scaledBy: units, weights: weights)
    }
    for partial in deviationPartials { deviations.add(partial) }
    let means = (0..<width).map { j in
      DoubleDouble.exactSum(centres[j], deviations.sums[j] / total / units[j])
    }
    let degrees = divisor.degrees(totalWeight: total)
    let factors = (0..<width).map { j -> Double in
      guard !totals.ranges.isConstant(j) else { return 0 }
      let square = deviations.squares[j] - deviations.sums[j] * (deviations.sums[j] / total)
      return square > 0 ? units[j] / (square / degrees).squareRoot() : 0
    }
    return (
      FeatureScaling(offsets: means.map(\.high), offsetRests: means.map(\.low), factors: factors),
      (0..<width).filter { factors[$0] == 0 }
    )
  }
}

/// How often some rows count together.
/// - Parameter weights: by row of the data; `nil` where each counts once.
package func totalWeight(of rows: [Int32], _ weights: [Double]?) -> Double {
  guard let weights else { return Double(rows.count) }
  return rows.reduce(0) { $0 + weights[Int($1)] }
}
