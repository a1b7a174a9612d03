import Numerics

extension ScaledRows {
  /// Writes row `index` as it is fitted.
  func copyRow(_ index: Int, into row: inout MutableSpan<Double>) {
    for j in 0..<featureCount {
      row[j] = (matrix[Int(rows[index]), j] - scaling.offsets[j]) * scaling.factors[j]
    }
  }

  /// The same rows with every feature's mean taken off; nothing changes when a scaling does that already.
  ///
  /// Moving features does not move the weights of a model whose intercept is free, but it keeps the
  /// arithmetic near zero.
  func centred(workers: Int = 1) -> ScaledRows {
    guard scaling.offsets.allSatisfy({ $0 == 0 }) else { return self }
    let fitted = FeatureScaling.fitted(
      to: matrix, rows: rows, divisor: .population, workers: workers)
    let offsets = fitted.scaling.offsets
    return ScaledRows(
      matrix: matrix, target: target, rows: rows,
      scaling: FeatureScaling(offsets: offsets, factors: scaling.factors))
  }

  /// The same rows with the columns that are mostly zero as they are, so that their zeros stay zeros, and the
  /// means of the others taken off. `nil` where that is not worth it or not the same model.
  func sparselyCentred(hasIntercept: Bool, workers: Int = 1) -> ScaledRows? {
    let pattern = matrix.zeroPattern
    guard pattern.isSparse else { return nil }
    var offsets = hasIntercept ? centred(workers: workers).scaling.offsets : scaling.offsets
    for j in offsets.indices where pattern.isMostlyZero[j] {
      guard hasIntercept || offsets[j] == 0 else { return nil }
      offsets[j] = 0
    }
    return ScaledRows(
      matrix: matrix, target: target, rows: rows,
      scaling: FeatureScaling(offsets: offsets, factors: scaling.factors))
  }

  /// The intercept for these rows of weights that were fitted with `intercept` on `centred` rows.
  func intercept(_ intercept: Double, from centred: ScaledRows, weights: [Double]) -> Double {
    var moved = intercept
    for j in weights.indices {
      let shift = centred.scaling.offsets[j] - scaling.offsets[j]
      moved -= weights[j] * (shift * scaling.factors[j])
    }
    return moved
  }
}
