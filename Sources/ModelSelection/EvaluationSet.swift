package import LinearModels

/// The rows on which fits are measured: a fold's training, validation or test rows.
package struct EvaluationSet: Sendable {
  package let rows: ScaledRows
  /// The moments of exactly these rows, where they are at hand and cheaper than the rows.
  package let moments: RowMoments?
  /// Σ (y − ȳ)² over these rows, where r2 is wanted; exactly zero when all targets are equal.
  private let targetVariation: Double?

  /// - Parameter metrics: all that will be asked for.
  package init(rows: ScaledRows, moments: RowMoments? = nil, metrics: [Metric]) {
    self.rows = rows
    self.moments = moments
    targetVariation = metrics.contains(.r2) ? Self.variation(rows.target, of: rows.rows) : nil
  }

  private static func variation(_ target: [Double], of rows: [Int32]) -> Double {
    guard let first = rows.first else { return 0 }
    let start = target[Int(first)]
    var sum = 0.0
    var varies = false
    for row in rows {
      let value = target[Int(row)]
      sum += value
      varies = varies || value != start
    }
    guard varies else { return 0 }
    let mean = sum / Double(rows.count)
    var squares = 0.0
    for row in rows {
      let deviation = target[Int(row)] - mean
      squares += deviation * deviation
    }
    return squares
  }

  /// Every metric of every fit: `[fit][metric]`, `nan` where a metric is not defined (r2 of a
  /// constant target, auc of one class, any metric of a fit without result).
  ///
  /// - Parameters:
  ///   - knownMeanSquares: per fit its mean squared residual here, where it is known.
  ///   - workers: how many threads score the rows; 1 inside a parallel layer.
  package func values(
    of metrics: [Metric], for fits: LaneFits, knownMeanSquares: [Double?]? = nil,
    workers: Int = 1
  ) -> [[Double]] {
    var meanSquares = knownMeanSquares ?? [Double?](repeating: nil, count: fits.count)
    let needed = fits.outcomes.indices.filter { fits.outcomes[$0].hasResult }
    let onlySquares = metrics.allSatisfy(\.followsFromMeanSquare)
    if onlySquares, let moments, needed.contains(where: { meanSquares[$0] == nil }) {
      let (values, areReliable) = moments.meanSquares(fits, scaling: rows.scaling)
      for lane in needed where meanSquares[lane] == nil && areReliable[lane] {
        meanSquares[lane] = values[lane]
      }
    }
    var sums: ScoreSums?
    if !onlySquares || needed.contains(where: { meanSquares[$0] == nil }) {
      sums = ScoreSums(fits, on: rows, metrics: metrics, workers: workers)
    }
    let ranking =
      metrics.contains(.auc) ? ScoreRanking(fits, on: rows, workers: workers) : nil
    return fits.outcomes.indices.map { lane in
      guard fits.outcomes[lane].hasResult else {
        return [Double](repeating: .nan, count: metrics.count)
      }
      let meanSquare = meanSquares[lane] ?? sums?.meanSquare(lane) ?? .nan
      return metrics.map { metric in
        value(of: metric, lane: lane, meanSquare: meanSquare, sums: sums, ranking: ranking)
      }
    }
  }

  private func value(
    of metric: Metric, lane: Int, meanSquare: Double, sums: ScoreSums?, ranking: ScoreRanking?
  ) -> Double {
    switch metric {
    case .mse: return meanSquare
    case .halfMSE: return 0.5 * meanSquare
    case .rmse: return meanSquare.squareRoot()
    case .r2:
      guard let targetVariation else { preconditionFailure("r2 was not announced") }
      return targetVariation > 0
        ? 1 - meanSquare * Double(rows.count) / targetVariation : .nan
    case .mae: return sums?.meanAbsolute(lane) ?? .nan
    case .logLoss: return sums?.meanLogLoss(lane) ?? .nan
    case .errorRate: return sums?.errorRate(lane) ?? .nan
    case .auc: return ranking?.areaUnderCurve(lane) ?? .nan
    }
  }
}

extension Metric {
  /// Whether the mean squared residual is all it needs.
  var followsFromMeanSquare: Bool {
    switch self {
    case .mse, .halfMSE, .rmse, .r2: true
    case .mae, .logLoss, .errorRate, .auc: false
    }
  }
}

/// What the metrics need of the scores of some rows, for sixteen fits at a time.
private struct ScoreSums {
  private let count: Double
  private var total = BlockSums()

  init(_ fits: LaneFits, on rows: ScaledRows, metrics: [Metric], workers: Int) {
    count = Double(rows.count)
    let isLogistic = metrics.contains { $0.loss == .logistic }
    let blocks = unsafe rows.mapScoredBlocks(fits, workers: workers) { scores, targets in
      var sums = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      for index in scores.indices {
        // SAFETY: both hold one element per row of the block.
        let (score, target) = unsafe (scores[index], targets[index])
        if isLogistic {
          sums.2 = sums.2 + logLosses(score, target: target)
          sums.3 = sums.3 + misclassifications(score, target: target)
        } else {
          let residual = score - target
          sums.0 = sums.0 + residual * residual
          // Not the root of the square, which leaves the range of numbers early.
          sums.1 = sums.1 + residual.replacing(with: Lanes.zero - residual, where: residual .< 0)
        }
      }
      return BlockSums(
        squares: sums.0, absolutes: sums.1, losses: sums.2, errors: sums.3)
    }
    for block in blocks { total.add(block) }
  }

  func meanSquare(_ lane: Int) -> Double { total.squares[lane] / count }
  func meanAbsolute(_ lane: Int) -> Double { total.absolutes[lane] / count }
  func meanLogLoss(_ lane: Int) -> Double { total.losses[lane] / count }
  func errorRate(_ lane: Int) -> Double { total.errors[lane] / count }
}

/// The sums of one block of rows.
private struct BlockSums: Sendable {
  var squares = Lanes.zero
  var absolutes = Lanes.zero
  var losses = Lanes.zero
  var errors = Lanes.zero

  mutating func add(_ other: BlockSums) {
    squares = squares + other.squares
    absolutes = absolutes + other.absolutes
    losses = losses + other.losses
    errors = errors + other.errors
  }
}

/// 1 where the class predicted (+1 if the score is above zero) is not the target's.
private func misclassifications(_ scores: Lanes, target: Double) -> Lanes {
  let predictsPositive = scores .> Lanes.zero
  let ones = Lanes(repeating: 1)
  return target > 0
    ? ones.replacing(with: 0, where: predictsPositive)
    : Lanes.zero.replacing(with: 1, where: predictsPositive)
}
