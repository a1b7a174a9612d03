package import Numerics

extension FeatureScaling {
  /// Means and deviations of some rows by two passes; a column that does not vary gets the factor 0.
  ///
  /// - Returns: the scaling and the constant columns.
  /// - Complexity: O(rows × features)
  package static func fitted(
    to matrix: Matrix, rows: [Int32], divisor: CentredMoments.Divisor
  ) -> (scaling: FeatureScaling, constantFeatures: [Int]) {
    let width = matrix.columnCount
    let count = Double(rows.count)
    var minimum = [Double](repeating: .infinity, count: width)
    var maximum = [Double](repeating: -.infinity, count: width)
    let means = blockedSums(matrix, rows) { j, value in
      minimum[j] = min(minimum[j], value)
      maximum[j] = max(maximum[j], value)
      return value
    }.map { $0 / count }
    let squares = blockedSums(matrix, rows) { j, value in
      (value - means[j]) * (value - means[j])
    }
    let degrees = divisor == .sample ? count - 1 : count
    let factors = (0..<width).map { j in
      minimum[j] < maximum[j] && squares[j] > 0 ? 1 / (squares[j] / degrees).squareRoot() : 0
    }
    return (
      FeatureScaling(offsets: means, factors: factors),
      (0..<width).filter { factors[$0] == 0 }
    )
  }
}

/// Σ value(j, x[row][j]) per column, in blocks of 1024 rows that are then added in order.
private func blockedSums(
  _ matrix: Matrix, _ rows: [Int32], _ value: (Int, Double) -> Double
) -> [Double] {
  let width = matrix.columnCount
  var total = [Double](repeating: 0, count: width)
  for start in stride(from: 0, to: rows.count, by: 1024) {
    var partial = [Double](repeating: 0, count: width)
    for row in rows[start..<min(start + 1024, rows.count)] {
      precondition(row >= 0 && Int(row) < matrix.rowCount)
      // SAFETY: the row is inside the matrix.
      let source = unsafe matrix.base + Int(row) * width
      for j in 0..<width { unsafe partial[j] += value(j, source[j]) }
    }
    for j in 0..<width { total[j] += partial[j] }
  }
  return total
}
