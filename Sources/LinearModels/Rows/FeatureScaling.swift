import Numerics

/// The affine map from a feature as read to the feature as fitted: (x − offset) · factor.
///
/// An offset is a sum of two doubles, `offsets[j] + offsetRests[j]`: far from zero a mean rounded to one
/// would be wrong by a part of the deviation, and the fitted columns would not be centred.
///
/// A constant column has the factor 0, so it becomes 0.
package struct FeatureScaling: Sendable {
  package let offsets: [Double]
  /// At most half a unit in the last place of the offsets.
  package let offsetRests: [Double]
  package let factors: [Double]

  package init(offsets: [Double], offsetRests: [Double]? = nil, factors: [Double]) {
    precondition(offsets.count == factors.count)
    precondition(offsetRests.map { $0.count == offsets.count } ?? true)
    self.offsets = offsets
    self.offsetRests = offsetRests ?? [Double](repeating: 0, count: offsets.count)
    self.factors = factors
  }

  /// Leaves every feature as it is, but for those that do not vary: they become 0.
  package init(identity featureCount: Int, constantFeatures: [Int] = []) {
    var factors = [Double](repeating: 1, count: featureCount)
    for j in constantFeatures { factors[j] = 0 }
    self.init(offsets: [Double](repeating: 0, count: featureCount), factors: factors)
  }

  package var featureCount: Int { offsets.count }

  /// A feature as it is fitted.
  func scaled(_ value: Double, _ feature: Int) -> Double {
    ((value - offsets[feature]) - offsetRests[feature]) * factors[feature]
  }

  /// Weights and intercept for features as read, from those for features as fitted.
  ///
  /// The intercept is summed in twice the precision: far from zero it is a small difference.
  package func unscaled(
    weights: [Double], intercept: Double
  ) -> (weights: [Double], intercept: Double) {
    var shifted = DoubleDouble(intercept)
    var unscaled = weights
    for j in weights.indices {
      unscaled[j] = weights[j] * factors[j]
      let level = DoubleDouble.exactProduct(weights[j], factors[j])
      shifted.addProduct(of: -level.high, and: offsets[j])
      shifted.addProduct(of: -level.low, and: offsets[j])
      shifted.addProduct(of: -level.high, and: offsetRests[j])
    }
    return (unscaled, shifted.value)
  }

  /// The intercepts for features as read, summed in twice the precision, of fits whose intercepts for features as
  /// fitted are `level`; and the size of the parts they are differences of.
  func rawIntercepts(_ weights: [Lanes], level: Double) -> (values: Lanes, parts: Lanes) {
    precondition(weights.count == featureCount)
    var low = DoubleDoubleLanes(high: HalfLanes(repeating: level))
    var high = low
    var parts = Lanes.zero
    for j in weights.indices {
      let product = DoubleDouble.exactProduct(-factors[j], offsets[j])
      let shift = SplitDouble(product.high, rest: product.low - factors[j] * offsetRests[j])
      low.addProduct(shift, SplitLanes(DoubleDoubleLanes(high: weights[j].lowHalf)))
      high.addProduct(shift, SplitLanes(DoubleDoubleLanes(high: weights[j].highHalf)))
      let part = weights[j] * product.high
      parts = parts + part.replacing(with: Lanes.zero - part, where: part .< 0)
    }
    return (Lanes(lowHalf: low.value, highHalf: high.value), parts)
  }
}
