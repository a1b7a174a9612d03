import Numerics

/// What all blocks of `stochasticGradientDescent` have in common, and the loop over the epochs.
struct StochasticTraining {
  let loss: Loss
  let rows: ScaledRows
  /// The same rows, where most of their elements are zero.
  let sparse: CentredSparseRows?
  let hasIntercept: Bool
  let batchSize: Int
  let bound: ObjectiveBound
  let rule: StoppingRule
  let permutation: (_ epoch: Int) -> [Int32]
  /// Who may take over some of the blocks between two epochs.
  let idle: IdleWorkers?

  /// Trains the blocks from an epoch on, the first being 1, to the end.
  func run(_ blocks: [StochasticLanes], from first: Int = 1) {
    let walk = makeWalk()
    let objective = RowObjective(loss: loss, rows: rows, hasIntercept: hasIntercept, sparse: sparse)
    var running = blocks
    var offers: [IdleWorkers.Offer] = []
    for epoch in first...rule.epochs {
      running = running.filter { !$0.progress.isDone }
      guard !running.isEmpty, !running.contains(where: { $0.isAbandoned() }) else { break }
      if running.count > 1, let offer = offer(running.suffix(running.count / 2), from: epoch) {
        offers.append(offer)
        running.removeLast(running.count / 2)
      }
      for block in running { block.setLearningRates(epoch: epoch - 1) }
      walk.epoch(permutation(epoch - 1), running)
      for block in running { block.measure(epoch: epoch, objective: objective, bound: bound) }
    }
    for offer in offers { offer.finish() }
  }

  /// Hands blocks to an idle worker, if there is one. A block's arithmetic is its own, so its bits are
  /// the same there.
  private func offer(
    _ blocks: ArraySlice<StochasticLanes>, from epoch: Int
  ) -> IdleWorkers.Offer? {
    // SAFETY: whoever offers blocks does not touch them until the offer is finished, and all else is
    // only read.
    nonisolated(unsafe) let (training, handed) = (self, Array(blocks))
    return idle?.ask { unsafe training.run(handed, from: epoch) }
  }

  private func makeWalk() -> any StochasticWalk {
    guard let sparse else {
      return DenseStochasticWalk(
        loss: loss, rows: rows, hasIntercept: hasIntercept, batchSize: batchSize)
    }
    return SparseStochasticWalk(
      loss: loss, rows: sparse, hasIntercept: hasIntercept, batchSize: batchSize)
  }
}
