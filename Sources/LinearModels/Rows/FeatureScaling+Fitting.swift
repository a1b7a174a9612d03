package import Numerics

extension FeatureScaling {
  /// Means and deviations of some rows by two passes, summed in blocks of 1024; a column that does not vary
  /// gets the factor 0.
  ///
  /// - Returns: the scaling and the constant columns.
  /// - Complexity: O(rows × features)
  package static func fitted(
    to matrix: Matrix, rows: [Int32], divisor: CentredMoments.Divisor, workers: Int = 1
  ) -> (scaling: FeatureScaling, constantFeatures: [Int]) {
    let width = matrix.columnCount
    let count = Double(rows.count)
    let blocks = stride(from: 0, to: rows.count, by: 1024).map {
      rows[$0..<min($0 + 1024, rows.count)]
    }
    var totals = ColumnTotals(columnCount: width)
    let partials = concurrentMap(blocks.count, workers: workers) { block in
      ColumnTotals(matrix, rows: blocks[block])
    }
    for partial in partials { totals.add(partial) }
    let means = totals.sums.map { $0 / count }
    var squares = [Double](repeating: 0, count: width)
    let deviations = concurrentMap(blocks.count, workers: workers) { block in
      squaredDeviations(matrix, rows: blocks[block], from: means)
    }
    for partial in deviations {
      for j in 0..<width { squares[j] += partial[j] }
    }
    let degrees = divisor == .sample ? count - 1 : count
    var factors = (0..<width).map { j in
      totals.ranges.width(j) > 0 && squares[j] > 0
        ? 1 / (squares[j] / degrees).squareRoot() : 0
    }
    // Squares of very large or very small deviations leave the range of numbers.
    for j in 0..<width
    where totals.ranges.width(j) > 0 && !(squares[j] > 1e-290 && squares[j] < 1e300) {
      let unit = Double(sign: .plus, exponent: -totals.ranges.width(j).exponent / 2, significand: 1)
      let half = rows.reduce(0.0) { sum, row in
        let deviation = (matrix[Int(row), j] - means[j]) * unit * unit
        return sum + deviation * deviation
      }
      factors[j] = half > 0 ? unit * unit / (half / degrees).squareRoot() : 0
    }
    return (
      FeatureScaling(offsets: means, factors: factors),
      (0..<width).filter { factors[$0] == 0 }
    )
  }
}
