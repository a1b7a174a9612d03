import Numerics

/// Mini-batch gradient descent with weight decay, sixteen points side by side on the same rows.
///
/// Each epoch walks the training rows in the order `permutation(epoch)`, B at a time; for m rows in a batch
///
///     w ← (1 − ηλ·m/B) w − (η/B) Σ_batch ∇ℓ,  b ← b − (η/B) Σ_batch ∂ℓ/∂b
///
/// so the contributions of an epoch add up to (n/B) full regularised gradients (Guestrin and Fox: each
/// contribution carries its share of the penalty). B = 1 is pure stochastic gradient descent.
/// - Complexity: O(epochs × rows × features)
package func stochasticGradientDescent(
  loss: Loss, rows: ScaledRows, hasIntercept: Bool, batchSize: Int, settings: [DescentSettings],
  rule: StoppingRule, permutation: (_ epoch: Int) -> [Int32], observe: EpochObserver? = nil
) -> LaneFits {
  precondition(batchSize > 0)
  let count = settings.count
  let lambdas = Lanes(settings.map(\.lambda)[...], filler: 0)
  var walk = StochasticWalk(
    loss: loss, rows: rows, hasIntercept: hasIntercept, batchSize: batchSize, lambdas: lambdas)
  let objective = RowObjective(loss: loss, rows: rows, hasIntercept: hasIntercept)
  let gradient = Workspace<Lanes>(rows.featureCount, repeating: .zero)
  let bound = ObjectiveBound(loss: loss, rows: rows)
  var progress = DescentProgress(
    count: count, featureCount: rows.featureCount, startObjective: loss.startObjective(rows),
    rule: rule)

  for epoch in 1...rule.epochs {
    let rates = Lanes(
      settings.map { $0.schedule.learningRate($0.learningRate, epoch: epoch - 1) }[...], filler: 0)
    if progress.isAbandoned() { return progress.fits }
    walk.epoch(permutation(epoch - 1), learningRates: rates)
    let isLast = epoch == rule.epochs
    let norms = squaredNorms(walk.weights)
    let bounds = bound.values(squaredNorms: norms, intercepts: walk.intercepts, lambdas: lambdas)
    let suspicious = (0..<count).contains {
      progress.active[$0] && progress.hasDiverged(objective: bounds[$0])
    }
    if suspicious || isLast || rule.tolerance > 0 || observe != nil {
      let (meanLoss, slope) = objective.meanLossAndGradient(
        walk.weights, walk.intercepts, into: gradient)
      let gradients = gradientNorms(
        gradient, walk.weights, lambdas: lambdas, interceptSlope: slope)
      progress.advance(
        epoch: epoch, objectives: meanLoss + 0.5 * (lambdas * norms), gradientNorms: gradients,
        weights: array(walk.weights), intercepts: walk.intercepts, observe: observe
      ) { snapshot(walk.weights, walk.intercepts, count: count) }
    }
    if progress.isDone { break }
  }
  return progress.fits
}

/// The weights and the scratch of one block of lanes on its way through the rows.
private struct StochasticWalk {
  let loss: Loss
  let rows: ScaledRows
  let hasIntercept: Bool
  let batchSize: Int
  let lambdas: Lanes
  let weights: Workspace<Lanes>
  var intercepts = Lanes.zero
  private let block: RowBlock
  private let z: Workspace<Lanes>
  private let sums: Workspace<Lanes>

  init(loss: Loss, rows: ScaledRows, hasIntercept: Bool, batchSize: Int, lambdas: Lanes) {
    self.loss = loss
    self.rows = rows
    self.hasIntercept = hasIntercept
    self.batchSize = batchSize
    self.lambdas = lambdas
    weights = Workspace(rows.featureCount, repeating: .zero)
    block = RowBlock(featureCount: rows.featureCount)
    z = Workspace(RowBlock.capacity, repeating: .zero)
    sums = Workspace(rows.featureCount, repeating: .zero)
  }

  mutating func epoch(_ order: [Int32], learningRates: Lanes) {
    if batchSize == 1 {
      pureEpoch(order, learningRates)
    } else if batchSize <= RowBlock.capacity {
      smallBatchEpoch(order, learningRates)
    } else {
      largeBatchEpoch(order, learningRates)
    }
  }

  private mutating func pureEpoch(_ order: [Int32], _ rates: Lanes) {
    let decay = 1 - rates * lambdas
    for range in rows.blocks {
      block.fill(rows, range, permutation: order)
      switch loss {
      case .squared: steps(range.count, decay, rates) { z, y in Loss.squared.slopes(z, target: y) }
      case .logistic:
        steps(range.count, decay, rates) { z, y in Loss.logistic.slopes(z, target: y) }
      }
    }
  }

  @inline(__always)
  private mutating func steps(
    _ rowCount: Int, _ decay: Lanes, _ rates: Lanes, _ slope: (Lanes, Double) -> Lanes
  ) {
    // SAFETY: the block holds `rowCount` rows of `stride` doubles, `weights` a vector per feature.
    unsafe descendRowByRow(
      rows: block.features.base, rowCount: rowCount, stride: block.stride,
      featureCount: rows.featureCount, targets: block.targets.base, decay: decay,
      learningRate: rates, learnsIntercept: hasIntercept, weights: weights.base,
      intercept: &intercepts, slope: slope)
  }

  private mutating func smallBatchEpoch(_ order: [Int32], _ rates: Lanes) {
    let size = Double(batchSize)
    let step = rates / size
    var start = 0
    while start < rows.count {
      let range = start..<min(start + batchSize, rows.count)
      let slopeSum = slopes(range, order)
      let decay = 1 - (rates * lambdas) * (Double(range.count) / size)
      unsafe descend(
        rows: block.features.base, rowCount: range.count, stride: block.stride,
        featureCount: rows.featureCount, slopes: z.base, decay: decay, step: step,
        weights: weights.base)
      if hasIntercept { intercepts = intercepts - step * slopeSum }
      start = range.upperBound
    }
  }

  /// Batches beyond a block: the gradient is summed block by block, then one step is taken.
  private mutating func largeBatchEpoch(_ order: [Int32], _ rates: Lanes) {
    let size = Double(batchSize)
    let step = rates / size
    var start = 0
    while start < rows.count {
      let end = min(start + batchSize, rows.count)
      sums.fill(.zero)
      var slopeSum = Lanes.zero
      for first in Swift.stride(from: start, to: end, by: RowBlock.capacity) {
        let range = first..<min(first + RowBlock.capacity, end)
        slopeSum = slopeSum + slopes(range, order)
        unsafe accumulateGradient(
          rows: block.features.base, rowCount: range.count, stride: block.stride,
          featureCount: rows.featureCount, slopes: z.base, into: sums.base)
      }
      let decay = 1 - (rates * lambdas) * (Double(end - start) / size)
      for j in 0..<weights.count { weights[j] = decay * weights[j] - step * sums[j] }
      if hasIntercept { intercepts = intercepts - step * slopeSum }
      start = end
    }
  }

  /// Packs the rows and leaves ∂ℓ/∂z of each in `z`; returns their sum.
  private func slopes(_ range: Range<Int>, _ order: [Int32]) -> Lanes {
    block.fill(rows, range, permutation: order)
    unsafe predict(
      rows: block.features.base, rowCount: range.count, stride: block.stride,
      featureCount: rows.featureCount, weights: weights.base, intercept: intercepts, into: z.base)
    var sum = Lanes.zero
    for r in 0..<range.count {
      let slope = unsafe loss.slopes(z.base[r], target: block.targets.base[r])
      unsafe z.base[r] = slope
      sum = sum + slope
    }
    return sum
  }
}

/// An upper bound of J from the weights' norm alone, so that divergence is looked for in the rows
/// only when it is possible.
private struct ObjectiveBound {
  private let loss: Loss
  /// √((1/n) Σ ‖x‖²) and √((1/n) Σ y²).
  private let featureScale: Double
  private let targetScale: Double

  init(loss: Loss, rows: ScaledRows) {
    self.loss = loss
    let block = RowBlock(featureCount: rows.featureCount)
    var features = 0.0
    var targets = 0.0
    for range in rows.blocks {
      block.fill(rows, range)
      for r in 0..<range.count {
        for j in 0..<rows.featureCount {
          let x = block.features[r * block.stride + j]
          features += x * x
        }
        targets += block.targets[r] * block.targets[r]
      }
    }
    let count = Double(max(rows.count, 1))
    featureScale = (features / count).squareRoot()
    targetScale = (targets / count).squareRoot()
  }

  /// By Minkowski √mean(z²) ≤ ‖w‖·√mean‖x‖² + |b|; log(1 + e^(−yz)) ≤ 1 + |z|. Doubled for rounding.
  func values(squaredNorms: Lanes, intercepts: Lanes, lambdas: Lanes) -> Lanes {
    let size = squaredNorms.squareRoot() * featureScale + (intercepts * intercepts).squareRoot()
    let penalty = lambdas * squaredNorms
    switch loss {
    case .squared:
      let residual = size + targetScale
      return residual * residual + penalty
    case .logistic:
      return 2 * (1 + size) + penalty
    }
  }
}
