package import LinearModels
package import Results

/// The rows on which fits are measured: a fold's training, validation or test rows.
package struct EvaluationSet: Sendable {
  package let rows: ScaledRows
  /// The moments of exactly these rows with these weights, where they are at hand and cheaper than the rows.
  package let moments: RowMoments?
  /// How often each row of the data counts where it is measured; once where there are none.
  package let weights: [Double]?

  package init(rows: ScaledRows, moments: RowMoments? = nil, weights: [Double]? = nil) {
    self.rows = rows
    self.moments = moments
    self.weights = weights
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
    let members = means.members
    let summed = members.filter {
      $0 != .concordance && ($0 != .square || isSquareLacking)
    }
    let sums = summed.isEmpty ? nil : RowSums(summed, of: fits, on: self, workers: workers)
    let ranking =
      means.contains(.concordance) ? ScoreRanking(fits, on: self, workers: workers) : nil
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

extension EvaluationSet {
  /// Of the row at a place of the set.
  func weight(at index: Int) -> Double { weights.map { $0[Int(rows.rows[index])] } ?? 1 }
}

extension MeasuredRows {
  /// - Parameter weights: by row of the data; one where there are none.
  package init(_ target: [Double], rows: ArraySlice<Int32>, weights: [Double]? = nil) {
    func weight(_ row: Int32) -> Double { weights.map { $0[Int(row)] } ?? 1 }
    var (total, sum, positive) = (0.0, 0.0, 0.0)
    var values: ClosedRange<Double>?
    for row in rows where weight(row) > 0 {
      let value = target[Int(row)]
      total += weight(row)
      if value > 0 { positive += weight(row) }
      sum += weight(row) * value
      values = min(values?.lowerBound ?? value, value)...max(values?.upperBound ?? value, value)
    }
    var squares = 0.0
    if let values, values.lowerBound < values.upperBound {
      for row in rows {
        let deviation = target[Int(row)] - sum / total
        squares += weight(row) * (deviation * deviation)
      }
    }
    self.init(weight: total, targetVariation: squares, positiveWeight: positive)
  }
}
