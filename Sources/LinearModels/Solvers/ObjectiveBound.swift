import Numerics

/// An upper bound of J from the weights' norm alone, so that divergence is looked for in the rows
/// only when it is possible.
struct ObjectiveBound {
  private let loss: Loss
  /// √((1/n) Σ ‖x‖²) and √((1/n) Σ y²).
  private let featureScale: Double
  private let targetScale: Double

  init(loss: Loss, rows: ScaledRows, meanSquaredRowNorm: Double) {
    self.loss = loss
    featureScale = max(0, meanSquaredRowNorm).squareRoot()
    targetScale = rows.meanSquaredTarget.squareRoot()
  }

  /// By Minkowski √mean(z²) ≤ ‖w‖·√mean‖x‖² + |b|.
  func values(squaredNorms: Lanes, intercepts: Lanes, lambdas: Lanes) -> Lanes {
    let size = squaredNorms.squareRoot() * featureScale + (intercepts * intercepts).squareRoot()
    return loss.meanBounds(scoreSizes: size, targetSize: targetScale)
      + lambdas * squaredNorms
  }
}

extension ScaledRows {
  /// (1/n) Σ ‖x‖², weighted where rows have weights.
  var meanSquaredNorm: Double {
    let block = RowBlock(featureCount: featureCount)
    var sum = 0.0
    for range in blocks {
      block.fill(self, range)
      for slot in 0..<range.count {
        let weight = block.weights?[slot] ?? 1
        for index in slot * block.stride..<(slot + 1) * block.stride {
          sum += weight * (block.features[index] * block.features[index])
        }
      }
    }
    return count == 0 ? 0 : sum / totalWeight
  }
}
