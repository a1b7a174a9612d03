import Numerics

extension ScaledRows {
  /// The same rows with every feature's mean taken off; nothing changes when a scaling does that already.
  ///
  /// Moving features does not move the weights of a model whose intercept is free, but it keeps the
  /// arithmetic near zero.
  func centred(workers: Int = 1) -> ScaledRows {
    guard scaling.offsets.allSatisfy({ $0 == 0 }) else { return self }
    let fitted = FeatureScaling.fitted(
      to: matrix, rows: rows, weights: weights, divisor: .population, workers: workers)
    return scaled(
      FeatureScaling(
        offsets: fitted.scaling.offsets, offsetRests: fitted.scaling.offsetRests,
        factors: scaling.factors))
  }

  /// The same rows with the columns that are mostly zero as they are, so that their zeros stay zeros, and the
  /// means of the others taken off. `nil` where that is not worth it or not the same model.
  func sparselyCentred(hasIntercept: Bool, workers: Int = 1) -> ScaledRows? {
    guard matrix.zeroPattern.isSparse else { return nil }
    var offsets = scaling.offsets
    var rests = scaling.offsetRests
    var kept = keptZeros
    if hasIntercept {
      let fitted = FeatureScaling.fitted(
        to: matrix, rows: rows, weights: weights, divisor: .population, workers: workers)
      kept = scaled(fitted.scaling).keptZeros
      (offsets, rests) = (fitted.scaling.offsets, fitted.scaling.offsetRests)
    }
    for j in offsets.indices where kept[j] {
      guard hasIntercept || offsets[j] == 0 else { return nil }
      (offsets[j], rests[j]) = (0, 0)
    }
    return scaled(FeatureScaling(offsets: offsets, offsetRests: rests, factors: scaling.factors))
  }

  /// The same rows with another scaling.
  private func scaled(_ scaling: FeatureScaling) -> ScaledRows {
    ScaledRows(matrix: matrix, target: target, rows: rows, scaling: scaling, weights: weights)
  }

  /// The intercept for these rows of weights that were fitted with `intercept` on `centred` rows.
  func intercept(_ intercept: Double, from centred: ScaledRows, weights: [Double]) -> Double {
    var moved = intercept
    for j in weights.indices {
      let shift =
        (centred.scaling.offsets[j] - scaling.offsets[j])
        + (centred.scaling.offsetRests[j] - scaling.offsetRests[j])
      moved -= weights[j] * (shift * scaling.factors[j])
    }
    return moved
  }
}
