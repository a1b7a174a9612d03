import LinearModels
import ModelSelection
import Results

/// Measures fits on the sets of a fold: what a job's record says of its fit.
struct FitMeasurement: Sendable {
  let loss: Loss
  let metrics: [Metric]
  let keepsCoefficients: Bool
  let keepsHistory: Bool

  init(_ spec: SweepSpec, keepsCoefficients: Bool? = nil) {
    loss = spec.loss
    metrics = spec.metrics
    self.keepsCoefficients = keepsCoefficients ?? spec.outputs.contains(.coefficients)
    keepsHistory = spec.outputs.contains(.history)
  }

  /// One record per fit of the block, in order.
  func records(
    _ fits: LaneFits, of block: LaneBlock, on context: FoldContext, workers: Int
  ) -> [JobRecord] {
    let lambdas = block.lambdas
    let wanted = metrics.contains(lossMetric) ? metrics : metrics + [lossMetric]
    let lossIndex = wanted.firstIndex(of: lossMetric) ?? 0
    let training = context.training.values(
      of: wanted, for: fits, knownMeanSquares: fits.outcomes.map(\.trainingMeanSquare),
      workers: workers)
    let validation =
      context.identity.isRefit
      ? nil : context.validation.values(of: metrics, for: fits, workers: workers)
    let test =
      context.test.rows.count > 0
      ? context.test.values(of: metrics, for: fits, workers: workers) : nil
    let norms = fits.squaredNorms
    return fits.outcomes.indices.map { lane in
      let outcome = fits.outcomes[lane]
      let loss = training[lane][lossIndex] * (self.loss == .squared ? 0.5 : 1)
      let objective = loss + 0.5 * (lambdas[lane] * norms[lane])
      if outcome.hasResult, !objective.isFinite {
        return overflow(outcome, setCount: test == nil ? 2 : 3, history: block.histories[lane])
      }
      var record = JobRecord(status: outcome.status)
      record.epochsRun = outcome.epochsRun
      record.message = outcome.message
      record.metrics =
        training[lane].prefix(metrics.count) + (validation?[lane] ?? []) + (test?[lane] ?? [])
      if outcome.hasResult {
        record.objective = objective
        record.gradientNorm = outcome.gradientNorm
        record.weightNorm = norms[lane].squareRoot()
        record.multiplier = outcome.multiplier
        record.effectiveDegreesOfFreedom =
          outcome.effectiveDegreesOfFreedom
          ?? (block.points[lane].solver.program.findsOptimum
            ? context.leastSquares?.effectiveDegreesOfFreedom(lambda: lambdas[lane]) : nil)
        if keepsCoefficients {
          record.coefficients = coefficients(fits, lane: lane, scaling: context.scaling)
        }
      }
      if keepsHistory, outcome.epochsRun != nil {
        record.history = block.histories[lane]
        record.endHistory()
      }
      return record
    }
  }

  /// The record of a job that no solver can do.
  func unfitted(_ message: String, on context: FoldContext) -> JobRecord {
    var record = JobRecord(status: .notConverged)
    record.message = message
    let setCount = context.test.rows.count > 0 ? 3 : 2
    record.metrics = [Double](repeating: .nan, count: setCount * metrics.count)
    return record
  }

  /// The record of a fit whose weights or objective are beyond all numbers.
  private func overflow(
    _ outcome: FitOutcome, setCount: Int, history: [HistoryEntry]
  ) -> JobRecord {
    var record = JobRecord(status: .diverged)
    record.epochsRun = outcome.epochsRun
    record.message = "a weight or the objective is not finite"
    record.metrics = [Double](repeating: .nan, count: setCount * metrics.count)
    if keepsHistory, outcome.epochsRun != nil { record.history = history }
    return record
  }

  /// The metric that is the mean loss, up to the ½ of the squared loss.
  private var lossMetric: Metric { loss == .squared ? .mse : .logLoss }

  private func coefficients(
    _ fits: LaneFits, lane: Int, scaling: FeatureScaling
  ) -> Coefficients {
    let weights = fits.weights(lane: lane)
    let intercept = fits.intercepts[lane]
    let unscaled = scaling.unscaled(weights: weights, intercept: intercept)
    return Coefficients(
      weights: unscaled.weights,
      intercept: fits.outcomes[lane].rawIntercept ?? unscaled.intercept,
      standardizedWeights: weights,
      standardizedIntercept: intercept)
  }

  /// Keeps the history of a block's fits; `nil` where none is asked for.
  func observer(of block: LaneBlock, on context: FoldContext) -> EpochObserver? {
    guard keepsHistory else { return nil }
    return { note($0, $1, $2, block: block, context: context) }
  }

  private func note(
    _ epoch: Int, _ fits: LaneFits, _ recorded: [Bool], block: LaneBlock, context: FoldContext
  ) {
    let wanted = metrics.contains(lossMetric) ? metrics : metrics + [lossMetric]
    let lossIndex = wanted.firstIndex(of: lossMetric) ?? 0
    let training = context.training.values(of: wanted, for: fits)
    let validation =
      context.identity.isRefit ? nil : context.validation.values(of: metrics, for: fits)
    let norms = fits.squaredNorms
    for lane in block.histories.indices where recorded[lane] {
      let loss = training[lane][lossIndex] * (self.loss == .squared ? 0.5 : 1)
      block.histories[lane].append(
        HistoryEntry(
          epoch: epoch, objective: loss + 0.5 * (block.lambdas[lane] * norms[lane]),
          weightNorm: norms[lane].squareRoot(),
          metrics: training[lane].prefix(metrics.count) + (validation?[lane] ?? [])))
    }
  }
}

/// Up to sixteen points with the λ of J of each, and the histories as they grow.
final class LaneBlock {
  let points: [Point]
  let lambdas: [Double]
  var histories: [[HistoryEntry]]

  init(_ points: ArraySlice<Point>, rowCount: Int, scale: LambdaScale) {
    self.points = Array(points)
    lambdas = points.map { scale.lambdaMean($0.lambda ?? 0, rowCount: rowCount) }
    histories = [[HistoryEntry]](repeating: [], count: points.count)
  }
}
