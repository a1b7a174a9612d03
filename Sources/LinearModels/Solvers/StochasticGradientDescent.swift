import Numerics

/// Mini-batch gradient descent with weight decay, blocks of sixteen points on the same rows.
///
/// Each epoch walks the training rows in the order `permutation(epoch)`, B at a time; for m rows in a
/// batch
///
///     w ← (1 − ηλ·m/B) w − (η/B) Σ_batch ∇ℓ,  b ← b − (η/B) Σ_batch ∂ℓ/∂b
///
/// so the contributions of an epoch add up to (n/B) full regularised gradients (Guestrin and Fox: each
/// contribution carries its share of the penalty). B = 1 is pure stochastic gradient descent.
///
/// Rows come from memory in random order, which takes as long as training a block on them; several
/// blocks share each row that was fetched.
/// - Parameters:
///   - blocks: the points, at most sixteen a block.
///   - meanSquaredRowNorm: (1/n) Σ ‖x‖² where it is known; summed here otherwise. Only a bound rests
///     on it, no result.
///   - observe: the observer of a block.
/// - Complexity: O(epochs × rows × features) per block.
package func stochasticGradientDescent(
  loss: Loss, rows: ScaledRows, hasIntercept: Bool, batchSize: Int, blocks: [[DescentSettings]],
  rule: StoppingRule, meanSquaredRowNorm: Double? = nil,
  permutation: (_ epoch: Int) -> [Int32], observe: ((_ block: Int) -> EpochObserver)? = nil
) -> [LaneFits] {
  precondition(batchSize > 0)
  let objective = RowObjective(loss: loss, rows: rows, hasIntercept: hasIntercept)
  let bound = ObjectiveBound(loss: loss, rows: rows, meanSquaredRowNorm: meanSquaredRowNorm)
  let startObjective = loss.startObjective(rows)
  let walk = StochasticWalk(
    loss: loss, rows: rows, hasIntercept: hasIntercept, batchSize: batchSize)
  let lanes = blocks.enumerated().map { index, settings in
    StochasticLanes(
      settings: settings, featureCount: rows.featureCount, startObjective: startObjective,
      rule: rule, observe: observe?(index))
  }
  for epoch in 1...rule.epochs {
    let running = lanes.filter { !$0.progress.isDone }
    guard !running.isEmpty, !running.contains(where: { $0.isAbandoned() }) else { break }
    for block in running { block.setLearningRates(epoch: epoch - 1) }
    walk.epoch(permutation(epoch - 1), running)
    for block in running { block.measure(epoch: epoch, objective: objective, bound: bound) }
  }
  return lanes.map(\.progress.fits)
}

/// The same for one block.
package func stochasticGradientDescent(
  loss: Loss, rows: ScaledRows, hasIntercept: Bool, batchSize: Int, settings: [DescentSettings],
  rule: StoppingRule, permutation: (_ epoch: Int) -> [Int32], observe: EpochObserver? = nil
) -> LaneFits {
  stochasticGradientDescent(
    loss: loss, rows: rows, hasIntercept: hasIntercept, batchSize: batchSize, blocks: [settings],
    rule: rule, permutation: permutation, observe: observe.map { observe in { _ in observe } })[0]
}

/// One block of lanes on its way.
private final class StochasticLanes {
  let weights: Workspace<Lanes>
  var intercepts = Lanes.zero
  let lambdas: Lanes
  private(set) var learningRates = Lanes.zero
  private(set) var progress: DescentProgress
  private let settings: [DescentSettings]
  private let rule: StoppingRule
  private let observe: EpochObserver?
  private let gradient: Workspace<Lanes>

  init(
    settings: [DescentSettings], featureCount: Int, startObjective: Double, rule: StoppingRule,
    observe: EpochObserver?
  ) {
    self.settings = settings
    self.rule = rule
    self.observe = observe
    lambdas = Lanes(settings.map(\.lambda)[...], filler: 0)
    weights = Workspace(featureCount, repeating: .zero)
    gradient = Workspace(featureCount, repeating: .zero)
    progress = DescentProgress(
      count: settings.count, featureCount: featureCount, startObjective: startObjective, rule: rule)
  }

  /// Whether the caller has lost interest; the fits say so from then on.
  func isAbandoned() -> Bool { progress.isAbandoned() }

  /// Whether only the first half of the lanes is in use.
  var fitsHalf: Bool { settings.count <= HalfLanes.scalarCount }

  func setLearningRates(epoch: Int) {
    learningRates = Lanes(
      settings.map { $0.schedule.learningRate($0.learningRate, epoch: epoch) }[...], filler: 0)
  }

  /// After an epoch: looks at the objective where somebody needs it, and ends lanes.
  func measure(epoch: Int, objective: RowObjective, bound: ObjectiveBound) {
    let norms = squaredNorms(weights)
    let bounds = bound.values(squaredNorms: norms, intercepts: intercepts, lambdas: lambdas)
    let isSuspicious = settings.indices.contains {
      progress.active[$0] && progress.hasDiverged(objective: bounds[$0])
    }
    guard isSuspicious || epoch == rule.epochs || rule.tolerance > 0 || observe != nil else {
      return
    }
    let (meanLoss, slope) = objective.meanLossAndGradient(weights, intercepts, into: gradient)
    let gradients = gradientNorms(gradient, weights, lambdas: lambdas, interceptSlope: slope)
    progress.advance(
      epoch: epoch, objectives: meanLoss + 0.5 * (lambdas * norms), gradientNorms: gradients,
      weights: array(weights), intercepts: intercepts, observe: observe
    ) { snapshot(weights, intercepts, count: settings.count) }
  }
}

/// An epoch through the rows, each block of rows packed once for all blocks of lanes.
private struct StochasticWalk {
  let loss: Loss
  let rows: ScaledRows
  let hasIntercept: Bool
  let batchSize: Int
  private let block: RowBlock
  private let z: Workspace<Lanes>

  init(loss: Loss, rows: ScaledRows, hasIntercept: Bool, batchSize: Int) {
    self.loss = loss
    self.rows = rows
    self.hasIntercept = hasIntercept
    self.batchSize = batchSize
    block = RowBlock(featureCount: rows.featureCount)
    z = Workspace(RowBlock.capacity, repeating: .zero)
  }

  func epoch(_ order: [Int32], _ lanes: [StochasticLanes]) {
    if batchSize == 1 {
      pureEpoch(order, lanes)
    } else if batchSize <= RowBlock.capacity {
      smallBatchEpoch(order, lanes)
    } else {
      largeBatchEpoch(order, lanes)
    }
  }

  private func pureEpoch(_ order: [Int32], _ lanes: [StochasticLanes]) {
    for range in rows.blocks {
      block.fill(rows, range, permutation: order)
      for lane in lanes {
        switch loss {
        case .squared: steps(range.count, lane, SquaredSlope.self)
        case .logistic: steps(range.count, lane, LogisticSlope.self)
        }
      }
    }
  }

  /// Half a block of points takes half the time.
  @inline(__always)
  private func steps<Slope: RowSlope>(
    _ rowCount: Int, _ lanes: StochasticLanes, _ slope: Slope.Type
  ) {
    let decay = 1 - lanes.learningRates * lanes.lambdas
    // SAFETY: the block holds `rowCount` rows of `stride` doubles, `weights` a vector per feature, each
    // two halves long.
    if lanes.fitsHalf {
      unsafe descendRowByRow(
        rows: block.features.base, rowCount: rowCount, stride: block.stride,
        featureCount: rows.featureCount, targets: block.targets.base, decay: decay.lowHalf,
        learningRate: lanes.learningRates.lowHalf, learnsIntercept: hasIntercept,
        weights: UnsafeMutableRawPointer(lanes.weights.base).assumingMemoryBound(
          to: HalfLanes.self), pitch: 2, intercept: &lanes.intercepts.lowHalf, slope: slope)
    } else {
      unsafe descendRowByRow(
        rows: block.features.base, rowCount: rowCount, stride: block.stride,
        featureCount: rows.featureCount, targets: block.targets.base, decay: decay,
        learningRate: lanes.learningRates, learnsIntercept: hasIntercept,
        weights: lanes.weights.base, pitch: 1, intercept: &lanes.intercepts, slope: slope)
    }
  }

  private func smallBatchEpoch(_ order: [Int32], _ lanes: [StochasticLanes]) {
    let size = Double(batchSize)
    var start = 0
    while start < rows.count {
      let range = start..<min(start + batchSize, rows.count)
      block.fill(rows, range, permutation: order)
      for lane in lanes {
        let step = lane.learningRates / size
        let slopeSum = slopes(range.count, lane)
        let decay = 1 - (lane.learningRates * lane.lambdas) * (Double(range.count) / size)
        unsafe descend(
          rows: block.features.base, rowCount: range.count, stride: block.stride,
          featureCount: rows.featureCount, slopes: z.base, decay: decay, step: step,
          weights: lane.weights.base)
        if hasIntercept { lane.intercepts = lane.intercepts - step * slopeSum }
      }
      start = range.upperBound
    }
  }

  /// Batches beyond a block: the gradient is summed block by block, then one step is taken.
  private func largeBatchEpoch(_ order: [Int32], _ lanes: [StochasticLanes]) {
    let size = Double(batchSize)
    let d = rows.featureCount
    let sums = lanes.map { _ in Workspace<Lanes>(d, repeating: .zero) }
    var start = 0
    while start < rows.count {
      let end = min(start + batchSize, rows.count)
      var slopeSums = lanes.map { _ in Lanes.zero }
      for sum in sums { sum.fill(.zero) }
      for first in stride(from: start, to: end, by: RowBlock.capacity) {
        let range = first..<min(first + RowBlock.capacity, end)
        block.fill(rows, range, permutation: order)
        for (index, lane) in lanes.enumerated() {
          slopeSums[index] = slopeSums[index] + slopes(range.count, lane)
          unsafe accumulateGradient(
            rows: block.features.base, rowCount: range.count, stride: block.stride,
            featureCount: d, slopes: z.base, into: sums[index].base)
        }
      }
      for (index, lane) in lanes.enumerated() {
        let step = lane.learningRates / size
        let decay = 1 - (lane.learningRates * lane.lambdas) * (Double(end - start) / size)
        for j in 0..<d { lane.weights[j] = decay * lane.weights[j] - step * sums[index][j] }
        if hasIntercept { lane.intercepts = lane.intercepts - step * slopeSums[index] }
      }
      start = end
    }
  }

  /// Leaves ∂ℓ/∂z of each packed row in `z`; returns their sum.
  private func slopes(_ rowCount: Int, _ lanes: StochasticLanes) -> Lanes {
    unsafe predict(
      rows: block.features.base, rowCount: rowCount, stride: block.stride,
      featureCount: rows.featureCount, weights: lanes.weights.base, intercept: lanes.intercepts,
      into: z.base)
    var sum = Lanes.zero
    for r in 0..<rowCount {
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

  init(loss: Loss, rows: ScaledRows, meanSquaredRowNorm: Double?) {
    self.loss = loss
    featureScale = (meanSquaredRowNorm ?? rows.meanSquaredNorm).squareRoot()
    targetScale = (2 * Loss.squared.startObjective(rows)).squareRoot()
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

extension ScaledRows {
  /// (1/n) Σ ‖x‖²
  fileprivate var meanSquaredNorm: Double {
    let block = RowBlock(featureCount: featureCount)
    var sum = 0.0
    for range in blocks {
      block.fill(self, range)
      for index in 0..<(range.count * block.stride) {
        sum += block.features[index] * block.features[index]
      }
    }
    return sum / Double(max(count, 1))
  }
}
