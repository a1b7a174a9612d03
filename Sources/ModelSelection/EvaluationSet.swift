package import LinearModels
package import Results

/// The rows on which fits are measured: a fold's training, validation or test rows.
package struct EvaluationSet: Sendable {
  package let rows: ScaledRows
  /// The moments of exactly these rows, where they are at hand and cheaper than the rows.
  package let moments: RowMoments?

  package init(rows: ScaledRows, moments: RowMoments? = nil) {
    self.rows = rows
    self.moments = moments
  }

  /// Some means of every fit: `[fit][mean]`, `nan` where one is not defined (the concordance of one class,
  /// any mean of a fit without result). None depends on which others are asked for.
  ///
  /// - Parameters:
  ///   - knownMeanSquares: per fit its mean squared residual here, where it is known.
  ///   - workers: how many threads score the rows; 1 inside a parallel layer.
  package func values(
    of means: RowMeans, for fits: LaneFits, knownMeanSquares: [Double?]? = nil,
    workers: Int = 1
  ) -> [[Double]] {
    let needed = fits.outcomes.indices.filter { fits.outcomes[$0].hasResult }
    let squares = meanSquares(for: fits, needed, of: means, known: knownMeanSquares)
    let isSquareLacking =
      means.contains(.square) && needed.contains { squares[$0] == nil }
    let summed = means.members.filter {
      $0 != .concordance && ($0 != .square || isSquareLacking)
    }
    let sums = summed.isEmpty ? nil : RowSums(summed, of: fits, on: rows, workers: workers)
    let ranking =
      means.contains(.concordance) ? ScoreRanking(fits, on: rows, workers: workers) : nil
    let members = means.members
    return fits.outcomes.indices.map { lane in
      guard fits.outcomes[lane].hasResult else {
        return [Double](repeating: .nan, count: members.count)
      }
      return members.map { mean in
        switch mean {
        case .concordance: ranking?.areaUnderCurve(lane) ?? .nan
        case .square: squares[lane] ?? sums?.mean(.square, lane) ?? .nan
        default: sums?.mean(mean, lane) ?? .nan
        }
      }
    }
  }

  /// The mean squared residuals that need no rows, by lane.
  private func meanSquares(
    for fits: LaneFits, _ needed: [Int], of means: RowMeans, known: [Double?]?
  ) -> [Double?] {
    var squares = known ?? [Double?](repeating: nil, count: fits.count)
    if means.contains(.square), let moments, needed.contains(where: { squares[$0] == nil }) {
      let (values, areReliable) = moments.meanSquares(fits, scaling: rows.scaling)
      for lane in needed where squares[lane] == nil && areReliable[lane] {
        squares[lane] = values[lane]
      }
    }
    return squares
  }
}

extension MeasuredRows {
  package init(_ target: [Double], rows: ArraySlice<Int32>) {
    self.init(
      weight: Double(rows.count), targetVariation: MeasuredRows.variation(target, of: rows))
  }

  private static func variation(_ target: [Double], of rows: ArraySlice<Int32>) -> Double {
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
}
