import LinearModels
import ModelSelection
import Results

/// Measures fits on the sets of a fold: what a job's record says of its fit.
struct FitMeasurement: Sendable {
  /// What goes into the records.
  let kept: JobRecord.Contents
  /// Where the mean stands that is the mean loss but for a factor.
  private let objectivePlace: Int
  private let objectiveFactor: Double

  init(loss: Loss, kept: JobRecord.Contents) {
    self.kept = kept
    let (mean, factor) = loss.measures.objective
    (objectivePlace, objectiveFactor) = (kept.means.place(of: mean), factor)
  }

  private var means: RowMeans { kept.means }

  /// One record per fit of the block, in order.
  func records(
    _ fits: LaneFits, of block: LaneBlock, on context: FoldContext, workers: Int
  ) -> [JobRecord] {
    let lambdas = block.lambdas
    let training = context.training.values(
      of: means, for: fits, knownMeanSquares: fits.outcomes.map(\.trainingMeanSquare),
      workers: workers)
    let validation = validationValues(fits, on: context, workers: workers)
    let test =
      context.test.rows.count > 0
      ? context.test.values(of: means, for: fits, workers: workers) : nil
    let norms = fits.squaredNorms
    let losses = losses(fits, training, on: context, workers: workers)
    return fits.outcomes.indices.map { lane in
      let outcome = fits.outcomes[lane]
      let objective = objective(losses[lane], lambda: lambdas[lane], squaredNorm: norms[lane])
      if outcome.hasResult, !objective.isFinite {
        return overflow(outcome, history: block.histories[lane])
      }
      var record = JobRecord(status: outcome.status, means: MeanTable(means))
      record.epochsRun = outcome.epochsRun
      record.message = outcome.message
      if outcome.hasResult {
        record.means.values = training[lane] + validation[lane] + (test?[lane] ?? [])
        record.objective = objective
        record.gradientNorm = outcome.gradientNorm
        record.weightNorm = norms[lane].squareRoot()
        record.multiplier = outcome.multiplier
        record.effectiveDegreesOfFreedom =
          outcome.effectiveDegreesOfFreedom
          ?? (block.points[lane].solver.program.findsOptimum
            ? context.leastSquares?.effectiveDegreesOfFreedom(lambda: lambdas[lane]) : nil)
        if kept.coefficients {
          record.coefficients = coefficients(fits, lane: lane, scaling: context.scaling)
        }
      }
      if kept.history, outcome.epochsRun != nil {
        record.history = block.histories[lane]
        record.endHistory()
      }
      return record
    }
  }

  /// The record of a job that no solver can do.
  func unfitted(_ message: String) -> JobRecord {
    var record = JobRecord(status: .notConverged, means: MeanTable(means))
    record.message = message
    return record
  }

  /// The record of a fit whose weights or objective are beyond all numbers.
  private func overflow(_ outcome: FitOutcome, history: [HistoryEntry]) -> JobRecord {
    var record = JobRecord(status: .diverged, means: MeanTable(means))
    record.epochsRun = outcome.epochsRun
    record.message = "a weight or the objective is not finite"
    if kept.history, outcome.epochsRun != nil { record.history = history }
    return record
  }

  private func objective(_ loss: Double, lambda: Double, squaredNorm: Double) -> Double {
    loss * objectiveFactor + 0.5 * (lambda * squaredNorm)
  }

  /// The mean that the objective is made of, by fit.
  /// - Parameter training: all means over the training rows.
  private func losses(
    _ fits: LaneFits, _ training: [[Double]], on context: FoldContext, workers: Int = 1
  ) -> [Double] {
    guard let fitted = context.classWeighted else { return training.map { $0[objectivePlace] } }
    let mean = RowMeans(means.members[objectivePlace])
    return fitted.values(of: mean, for: fits, workers: workers).map { $0[0] }
  }

  /// A refit has no validation rows.
  private func validationValues(
    _ fits: LaneFits, on context: FoldContext, workers: Int = 1
  ) -> [[Double]] {
    context.identity.isRefit
      ? [[Double]](
        repeating: [Double](repeating: .nan, count: means.count), count: fits.outcomes.count)
      : context.validation.values(of: means, for: fits, workers: workers)
  }

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
    guard kept.history else { return nil }
    return { note($0, $1, $2, block: block, context: context) }
  }

  private func note(
    _ epoch: Int, _ fits: LaneFits, _ recorded: [Bool], block: LaneBlock, context: FoldContext
  ) {
    let training = context.training.values(of: means, for: fits)
    let validation = validationValues(fits, on: context)
    let norms = fits.squaredNorms
    let losses = losses(fits, training, on: context)
    for lane in block.histories.indices where recorded[lane] {
      block.histories[lane].append(
        HistoryEntry(
          epoch: epoch,
          objective: objective(
            losses[lane], lambda: block.lambdas[lane], squaredNorm: norms[lane]),
          weightNorm: norms[lane].squareRoot(),
          means: MeanTable(means, values: training[lane] + validation[lane])))
    }
  }
}

/// Up to sixteen points with the λ of J of each, and the histories as they grow.
final class LaneBlock {
  let points: [Point]
  let lambdas: [Double]
  var histories: [[HistoryEntry]]

  init(_ points: ArraySlice<Point>, totalWeight: Double, scale: LambdaScale) {
    self.points = Array(points)
    lambdas = points.map { scale.lambdaMean($0.lambda ?? 0, totalWeight: totalWeight) }
    histories = [[HistoryEntry]](repeating: [], count: points.count)
  }
}
