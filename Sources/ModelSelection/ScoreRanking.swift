import LinearModels
import Numerics

/// The order of some rows by their scores, for sixteen fits at a time.
///
/// Scores are taken without the intercept, which all rows share: it would only round them. Two scores tie
/// when they differ by no more than rounding explains, so that rows which are equal by mathematics are so
/// whatever the order of a sum: by at most 2⁻⁴⁴ of the size of their terms Σ |wⱼxⱼ|, the larger of the two.
struct ScoreRanking {
  private let fits: LaneFits
  private let sample: EvaluationSet
  private var rows: ScaledRows { sample.rows }
  private let scores: [Lanes]

  private static let rounding = 0x1p-44
  /// Differences beyond this part of the largest score are looked at no further.
  private static let coarseRounding = 0x1p-30

  init(_ fits: LaneFits, on sample: EvaluationSet, workers: Int) {
    var fits = fits
    fits.intercepts = .zero
    self.fits = fits
    self.sample = sample
    scores = unsafe sample.rows.mapScoredBlocks(fits, workers: workers) { _, scores, _ in
      unsafe Array(scores)
    }.flatMap { $0 }
  }

  /// The chance that a positive row scores above a negative one, ties counting half
  /// (Mann and Whitney's U over the number of pairs, each as heavy as the product of its rows); `nan` where
  /// one of the classes is missing.
  /// - Complexity: O(rows × log rows)
  func areaUnderCurve(_ lane: Int) -> Double {
    // Scores that are no numbers have no order.
    guard scores.allSatisfy({ !$0[lane].isNaN }) else { return .nan }
    let order = scores.indices.sorted { scores[$0][lane] < scores[$1][lane] }
    let ends = [order.first, order.last].compactMap { $0 }
    let largest = ends.reduce(0) { max($0, abs(scores[$1][lane])) }
    // Whole and half numbers, so exact where rows have no weights.
    var (concordant, positives, negatives) = (0.0, 0.0, 0.0)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, areTied(order[end - 1], order[end], lane, largest: largest) {
        end += 1
      }
      var tied = (positive: 0.0, negative: 0.0)
      for index in order[start..<end] {
        if rows.target(at: index) > 0 {
          tied.positive += sample.weight(at: index)
        } else {
          tied.negative += sample.weight(at: index)
        }
      }
      concordant += tied.positive * (negatives + 0.5 * tied.negative)
      positives += tied.positive
      negatives += tied.negative
      start = end
    }
    guard positives > 0, negatives > 0 else { return .nan }
    return concordant / (positives * negatives)
  }

  /// Whether the scores of two neighbours in the order are equal but for rounding.
  private func areTied(_ lower: Int, _ upper: Int, _ lane: Int, largest: Double) -> Bool {
    if scores[lower][lane] == scores[upper][lane] { return true }
    let difference = scores[upper][lane] - scores[lower][lane]
    guard difference <= Self.coarseRounding * largest else { return false }
    return difference <= Self.rounding * max(termSize(lower, lane), termSize(upper, lane))
  }

  /// Σ |wⱼxⱼ| of a row.
  private func termSize(_ row: Int, _ lane: Int) -> Double {
    var size = 0.0
    for j in 0..<rows.featureCount { size += abs(fits.weights[j][lane] * rows.value(row, j)) }
    return size
  }
}
