package import LinearModels
package import Results

/// One job's results: a row of `jobs.csv`, and what the other tables need of it.
package struct JobRecord: Sendable, Equatable {
  package var status: FitStatus
  package var epochsRun: Int?
  package var gradientNorm: Double?
  package var objective: Double?
  /// What the metrics follow from, whichever of them are asked for.
  package var means: MeanTable
  package var weightNorm: Double?
  package var effectiveDegreesOfFreedom: Double?
  package var multiplier: Double?
  package var message: String?
  /// Kept when a table of weights is asked for.
  package var coefficients: Coefficients?
  /// Kept when `history.csv` is asked for.
  package var history: [HistoryEntry]?

  package init(status: FitStatus, means: MeanTable = MeanTable([])) {
    self.status = status
    self.means = means
  }

  /// Whether the fit ended with weights.
  package var hasResult: Bool { objective != nil }
}

extension JobRecord {
  /// Puts the job's own numbers in the last line of its history: a solver may know its training error in
  /// other sums than those of the rows, which differ in the last digits.
  mutating func endHistory() {
    guard let objective, let weightNorm, let last = history?.last, last.epoch == epochsRun
    else { return }
    let own = HistoryEntry(
      epoch: last.epoch, objective: objective, weightNorm: weightNorm,
      means: MeanTable(
        means.means, values: Array(means.values.prefix(last.means.values.count))))
    history?.removeLast()
    history?.append(own)
  }
}

/// The weights of one job, in feature order, and the intercept, on two scales.
package struct Coefficients: Sendable, Equatable {
  /// On the data's own scale.
  package var weights: [Double]
  package var intercept: Double
  /// In the coordinates that were fitted.
  package var standardizedWeights: [Double]
  package var standardizedIntercept: Double

  package init(
    weights: [Double], intercept: Double, standardizedWeights: [Double],
    standardizedIntercept: Double
  ) {
    self.weights = weights
    self.intercept = intercept
    self.standardizedWeights = standardizedWeights
    self.standardizedIntercept = standardizedIntercept
  }
}

/// A job's state after one epoch.
package struct HistoryEntry: Sendable, Equatable {
  package var epoch: Int
  package var objective: Double
  package var weightNorm: Double
  /// Those of the record, of the training and the validation rows.
  package var means: MeanTable

  package init(epoch: Int, objective: Double, weightNorm: Double, means: MeanTable) {
    self.epoch = epoch
    self.objective = objective
    self.weightNorm = weightNorm
    self.means = means
  }
}
