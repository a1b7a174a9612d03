import Numerics

extension ScaledRows {
  /// Calls `body` with the scores x·w + b and the targets of one block of rows after another; both are
  /// overwritten by the next.
  /// - Complexity: O(rows × features)
  package func forEachScoredBlock(
    _ fits: LaneFits,
    _ body: (_ scores: UnsafeBufferPointer<Lanes>, _ targets: UnsafeBufferPointer<Double>) -> Void
  ) {
    precondition(fits.weights.count == featureCount)
    let block = RowBlock(featureCount: featureCount)
    let z = Workspace<Lanes>(RowBlock.capacity, repeating: .zero)
    let weights = Workspace<Lanes>(featureCount, repeating: .zero)
    for j in 0..<featureCount { weights[j] = fits.weights[j] }
    for range in blocks {
      block.fill(self, range)
      // SAFETY: the block holds `range.count` rows of `stride` doubles; `z` a block's rows.
      unsafe predict(
        rows: block.features.base, rowCount: range.count, stride: block.stride,
        featureCount: featureCount, weights: weights.base, intercept: fits.intercepts, into: z.base)
      unsafe body(
        UnsafeBufferPointer(start: z.base, count: range.count),
        UnsafeBufferPointer(start: block.targets.base, count: range.count))
    }
  }
}

/// log(1 + e^(−yz)) of one row, lane by lane.
package func logLosses(_ scores: Lanes, target: Double) -> Lanes {
  Loss.logistic.values(scores, target: target)
}
