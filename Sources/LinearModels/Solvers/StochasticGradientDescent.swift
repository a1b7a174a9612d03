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
/// blocks share each row that was fetched. Rows of mostly zeros are trained on sparse.
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
  let sparse = CentredSparseRows(rows)
  let objective = RowObjective(loss: loss, rows: rows, hasIntercept: hasIntercept, sparse: sparse)
  let bound = ObjectiveBound(
    loss: loss, rows: rows,
    meanSquaredRowNorm: meanSquaredRowNorm ?? sparse?.meanSquaredNorm ?? rows.meanSquaredNorm)
  let startObjective = loss.startObjective(rows)
  let walk: any StochasticWalk =
    sparse.map {
      SparseStochasticWalk(loss: loss, rows: $0, hasIntercept: hasIntercept, batchSize: batchSize)
    }
    ?? DenseStochasticWalk(
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
