package import Numerics

/// Mini-batch gradient descent with weight decay, blocks of sixteen points on the same rows.
///
/// Each epoch walks the training rows in the order `permutation(epoch)`, B at a time; for m rows in a
/// batch
///
///     w ← (1 − ηλ·m/B) w − (η/B) Σ_batch ∇ℓ,  b ← b − (η/B) Σ_batch ∂ℓ/∂b
///
/// so the contributions of an epoch add up to (n/B) full regularised gradients (Guestrin and Fox: each
/// contribution carries its share of the penalty). B = 1 is pure stochastic gradient descent; a B above the
/// number of rows n acts as n, one full gradient an epoch. Where rows have weights v, ℓ of row i counts
/// vᵢ·n/Σv times.
///
/// Rows come from memory in random order, which takes as long as training a block on them; several
/// blocks share each row that was fetched. Rows of mostly zeros are trained on sparse.
/// - Parameters:
///   - blocks: the points, at most sixteen a block.
///   - meanSquaredRowNorm: (1/n) Σ ‖x‖² where it is known; summed here otherwise. Only a bound rests
///     on it, no result.
///   - permutation: the order of the rows in an epoch, the first being 0; called from any worker.
///   - observe: the observer of a block.
///   - idle: workers that may take over blocks. What a block computes does not depend on who trains it.
/// - Complexity: O(epochs × rows × features) per block.
package func stochasticGradientDescent(
  loss: Loss, rows: ScaledRows, hasIntercept: Bool, batchSize: Int, blocks: [[DescentSettings]],
  rule: StoppingRule, meanSquaredRowNorm: Double? = nil,
  permutation: @escaping (_ epoch: Int) -> [Int32],
  observe: ((_ block: Int) -> EpochObserver)? = nil, idle: IdleWorkers? = nil
) -> [LaneFits] {
  precondition(batchSize > 0)
  let batchSize = min(batchSize, max(rows.count, 1))
  let rows = rows.withMeanWeightOne
  var rule = rule
  rule.isNoisy = true
  let sparse = CentredSparseRows(rows)
  let training = StochasticTraining(
    loss: loss, rows: rows, sparse: sparse, hasIntercept: hasIntercept, batchSize: batchSize,
    bound: ObjectiveBound(
      loss: loss, rows: rows,
      meanSquaredRowNorm: meanSquaredRowNorm ?? sparse?.meanSquaredNorm ?? rows.meanSquaredNorm),
    rule: rule, permutation: permutation, idle: idle)
  let startObjective = loss.startObjective(rows)
  let lanes = blocks.enumerated().map { index, settings in
    StochasticLanes(
      settings: settings, featureCount: rows.featureCount, startObjective: startObjective,
      rule: rule, observe: observe?(index))
  }
  training.run(lanes)
  return lanes.map(\.progress.fits)
}

/// The same for one block.
package func stochasticGradientDescent(
  loss: Loss, rows: ScaledRows, hasIntercept: Bool, batchSize: Int, settings: [DescentSettings],
  rule: StoppingRule, permutation: @escaping (_ epoch: Int) -> [Int32],
  observe: EpochObserver? = nil
) -> LaneFits {
  stochasticGradientDescent(
    loss: loss, rows: rows, hasIntercept: hasIntercept, batchSize: batchSize, blocks: [settings],
    rule: rule, permutation: permutation, observe: observe.map { observe in { _ in observe } })[0]
}
