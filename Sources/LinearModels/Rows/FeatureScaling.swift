/// The affine map from a feature as read to the feature as fitted: (x − offset) · factor.
///
/// A constant column has the factor 0, so it becomes 0.
package struct FeatureScaling: Sendable {
  package let offsets: [Double]
  package let factors: [Double]

  package init(offsets: [Double], factors: [Double]) {
    precondition(offsets.count == factors.count)
    self.offsets = offsets
    self.factors = factors
  }

  /// Leaves every feature as it is.
  package init(identity featureCount: Int) {
    offsets = [Double](repeating: 0, count: featureCount)
    factors = [Double](repeating: 1, count: featureCount)
  }

  package var featureCount: Int { offsets.count }

  /// Weights and intercept for features as read, from those for features as fitted.
  package func unscaled(
    weights: [Double], intercept: Double
  ) -> (weights: [Double], intercept: Double) {
    var shifted = intercept
    var unscaled = weights
    for j in weights.indices {
      unscaled[j] = weights[j] * factors[j]
      shifted -= unscaled[j] * offsets[j]
    }
    return (unscaled, shifted)
  }
}
