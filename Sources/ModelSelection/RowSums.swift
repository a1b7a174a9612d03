import LinearModels
import Results

/// Sums over the scored rows of a set, for sixteen fits at a time: block by block, so that the order is the
/// same for any number of workers.
struct RowSums {
  private let means: [RowMean]
  private let weight: Double
  private var totals = BlockSums(repeating: .zero)

  /// Room for all means of one kind of target.
  private typealias BlockSums = [5 of Lanes]

  init(_ means: [RowMean], of fits: LaneFits, on set: EvaluationSet, workers: Int) {
    self.means = means
    weight =
      set.weights == nil
      ? Double(set.rows.count) : set.rows.rows.indices.reduce(0) { $0 + set.weight(at: $1) }
    let blocks = unsafe set.rows.mapScoredBlocks(fits, workers: workers) {
      range, scores, targets in
      let weights = set.weights.map { _ in range.map { set.weight(at: $0) } }
      var sums = BlockSums(repeating: .zero)
      for index in means.indices {
        unsafe sums[index] = means[index].sum(scores, targets, weights)
      }
      return sums
    }
    for block in blocks {
      for index in means.indices { totals[index] = totals[index] + block[index] }
    }
  }

  func mean(_ mean: RowMean, _ lane: Int) -> Double {
    means.firstIndex(of: mean).map { totals[$0][lane] / weight } ?? .nan
  }
}

extension RowMean {
  /// The sum of its terms over one block of rows.
  fileprivate func sum(
    _ scores: UnsafeBufferPointer<Lanes>, _ targets: UnsafeBufferPointer<Double>,
    _ weights: [Double]?
  ) -> Lanes {
    switch self {
    case .square:
      unsafe terms(scores, targets, weights) { score, target in
        let residual = score - target
        return residual * residual
      }
    case .absolute:
      unsafe terms(scores, targets, weights) { score, target in
        let residual = score - target
        // Not the root of the square, which leaves the range of numbers early.
        return residual.replacing(with: Lanes.zero - residual, where: residual .< 0)
      }
    case .logLoss: unsafe terms(scores, targets, weights) { logLosses($0, target: $1) }
    case .error: unsafe terms(scores, targets, weights) { misclassifications($0, target: $1) }
    case .brier:
      unsafe terms(scores, targets, weights) { score, target in
        let chance = chancesOfOther(score, target: target)
        return chance * chance
      }
    case .truePositive:
      unsafe terms(scores, targets, weights) { $1 > 0 ? positives($0) : .zero }
    case .falsePositive:
      unsafe terms(scores, targets, weights) { $1 > 0 ? .zero : positives($0) }
    case .concordance: preconditionFailure("a mean over pairs, not rows")
    }
  }
}

@inline(__always)
private func terms(
  _ scores: UnsafeBufferPointer<Lanes>, _ targets: UnsafeBufferPointer<Double>,
  _ weights: [Double]?, _ term: (Lanes, Double) -> Lanes
) -> Lanes {
  var sum = Lanes.zero
  if let weights {
    for index in scores.indices {
      // SAFETY: both hold one element per row of the block.
      unsafe sum = sum + term(scores[index], targets[index]) * weights[index]
    }
    return sum
  }
  for index in scores.indices {
    // SAFETY: both hold one element per row of the block.
    unsafe sum = sum + term(scores[index], targets[index])
  }
  return sum
}

/// 1 where the class predicted (+1 if the score is above zero) is not the target's.
@inline(__always)
private func misclassifications(_ scores: Lanes, target: Double) -> Lanes {
  target > 0 ? Lanes(repeating: 1) - positives(scores) : positives(scores)
}

/// 1 where the score is above zero: the class predicted is the positive one.
@inline(__always)
private func positives(_ scores: Lanes) -> Lanes {
  Lanes.zero.replacing(with: 1, where: scores .> Lanes.zero)
}
