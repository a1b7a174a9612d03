extension RowMoments {
  /// (1/n) Σ (y − x·w − b)² over these rows for sixteen fits, from the moments alone.
  ///
  /// With n rows, or Σ v where they have weights v, u the weights of the fit and r the constant residual in the basis of the sums S:
  ///
  ///     Σ residual² = uᵀS_xx u − 2u·S_xy + S_yy + r²·n + 2r(S_y − u·S_x)
  ///
  /// - Returns: per lane the value, and whether enough of its digits are right (`harmlessCancellation`): a
  ///   near-perfect fit cancels, and must be measured from residuals.
  /// - Complexity: O(features²)
  package func meanSquares(
    _ fits: LaneFits, scaling: FeatureScaling
  ) -> (values: Lanes, areReliable: [Bool]) {
    let d = featureCount
    precondition(fits.weights.count == d && scaling.featureCount == d)
    let stride = stride
    var weights = [Lanes](repeating: .zero, count: d)
    var constant = basis.targetShift - fits.intercepts
    var size = Lanes.zero
    for j in 0..<d {
      weights[j] = fits.weights[j] * (scaling.factors[j] / basis.factors[j])
      let level = scaling.scaled(basis.shifts[j], j)
      constant = constant - fits.weights[j] * level
      size = size + (weights[j] * weights[j]).squareRoot() * sums[j * stride + j].squareRoot()
    }
    var quadratic = Lanes.zero
    var linear = Lanes.zero
    var level = Lanes.zero
    for i in 0..<d {
      var product = Lanes.zero
      for j in (i + 1)..<max(i + 1, d) { product = product + weights[j] * sums[i * stride + j] }
      quadratic =
        quadratic + weights[i] * (weights[i] * sums[i * stride + i] + (product + product))
      linear = linear + weights[i] * sums[i * stride + d]
      level = level + weights[i] * sums[i * stride + d + 1]
    }
    let n = totalWeight
    let targetSquares = sums[d * stride + d]
    let targetSum = sums[d * stride + d + 1]
    let cross = constant * (targetSum - level)
    let total =
      ((quadratic - (linear + linear)) + targetSquares)
      + (constant * constant * n + (cross + cross))
    let scale =
      size + targetSquares.squareRoot() + (constant * constant).squareRoot() * n.squareRoot()
    let threshold = scale * scale / harmlessCancellation(rowCount: count, featureCount: d)
    return (total / n, (0..<fits.count).map { total[$0] > threshold[$0] })
  }
}

/// How many times smaller than its parts a sum of squares from moments may be, before residuals must tell it: few
/// digits lost where rows are few, at most five where they are many.
func harmlessCancellation(rowCount: Int, featureCount: Int) -> Double {
  min(1e5, max(64, largestHarmlessCondition(rowCount: rowCount, featureCount: featureCount)))
}
