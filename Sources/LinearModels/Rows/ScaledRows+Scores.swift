import Numerics

extension ScaledRows {
  /// What `body` makes of the scores x·w + b and the targets of each block of rows, block by block, and of
  /// the places of its rows. Both buffers are overwritten after the call.
  /// - Complexity: O(rows × features)
  package func mapScoredBlocks<Result: Sendable>(
    _ fits: LaneFits, workers: Int,
    _ body:
      @Sendable (
        _ places: Range<Int>, _ scores: UnsafeBufferPointer<Lanes>,
        _ targets: UnsafeBufferPointer<Double>
      ) -> Result
  ) -> [Result] {
    precondition(fits.weights.count == featureCount)
    let pieceSize = 64 * RowBlock.capacity
    let pieces = concurrentMap((count + pieceSize - 1) / pieceSize, workers: workers) { piece in
      let z = Workspace<Lanes>(RowBlock.capacity, repeating: .zero)
      let weights = Workspace<Lanes>(featureCount, repeating: .zero)
      for j in 0..<featureCount { weights[j] = fits.weights[j] }
      let end = min((piece + 1) * pieceSize, count)
      if let sparse = CentredSparseRows(self, (piece * pieceSize)..<end) {
        let intercepts = fits.intercepts - sparse.levelProducts(weights)
        return unsafe sparse.elements.mapBlocks { range, targets in
          // SAFETY: `z` has room for a block, and the weights for every feature.
          unsafe sparse.elements.predict(range, weights: weights.base, into: z.base)
          for r in 0..<range.count { unsafe z.base[r] = z.base[r] + intercepts }
          let first = piece * pieceSize + range.lowerBound
          return unsafe body(
            first..<first + range.count,
            UnsafeBufferPointer(start: z.base, count: range.count), targets)
        }
      }
      let block = RowBlock(featureCount: featureCount)
      return stride(from: piece * pieceSize, to: end, by: RowBlock.capacity).map { start in
        let range = start..<min(start + RowBlock.capacity, end)
        block.fill(self, range)
        // SAFETY: the block holds `range.count` rows of `stride` doubles; `z` a block's rows.
        unsafe predict(
          rows: block.features.base, rowCount: range.count, stride: block.stride,
          featureCount: featureCount, weights: weights.base, intercept: fits.intercepts,
          into: z.base)
        return unsafe body(
          range,
          UnsafeBufferPointer(start: z.base, count: range.count),
          UnsafeBufferPointer(start: block.targets.base, count: range.count))
      }
    }
    return pieces.flatMap { $0 }
  }
}

/// log(1 + e^(−yz)) of one row, lane by lane.
package func logLosses(_ scores: Lanes, target: Double) -> Lanes {
  LogisticLoss.values(scores, target: target)
}

/// The chance of the class that is not the target's, 1/(1 + e^(yz)), of one row, lane by lane.
package func chancesOfOther(_ scores: Lanes, target: Double) -> Lanes {
  (-target * scores).sigmoids
}
