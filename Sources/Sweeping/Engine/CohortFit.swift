import LinearModels
import ModelSelection
import Numerics
import Results

/// Fits cohorts and measures the fits: what a job computes, whichever task runs it.
struct CohortFit: Sendable {
  let loss: Loss
  let hasIntercept: Bool
  let lambdaScale: LambdaScale
  let tolerance: Double
  let metrics: [Metric]
  let seed: UInt64
  let keepsCoefficients: Bool
  let keepsHistory: Bool
  /// Asked inside long fits: whether to drop them.
  let shouldAbandon: @Sendable () -> Bool

  init(
    _ spec: SweepSpec, keepsCoefficients: Bool? = nil,
    shouldAbandon: @escaping @Sendable () -> Bool = { false }
  ) {
    self.shouldAbandon = shouldAbandon
    loss = spec.loss
    hasIntercept = spec.hasIntercept
    lambdaScale = spec.lambdaScale
    tolerance = spec.tolerance
    metrics = spec.metrics
    seed = spec.seed
    self.keepsCoefficients = keepsCoefficients ?? spec.outputs.contains(.coefficients)
    keepsHistory = spec.outputs.contains(.history)
  }

  /// One record per point of the cohort, in order; `nil` when the fits were abandoned.
  ///
  /// - Parameters:
  ///   - workers: more than one only where no other task runs.
  ///   - idle: who may take over a part of the work.
  func records(
    _ points: [Point], on context: FoldContext, workers: Int, idle: IdleWorkers? = nil
  ) -> [JobRecord]? {
    if let obstacle = context.obstacle {
      return points.map { _ in unfitted(obstacle, on: context) }
    }
    let blocks = stride(from: 0, to: points.count, by: Lanes.width).map {
      LaneBlock(
        points[$0..<min($0 + Lanes.width, points.count)],
        rowCount: context.training.rows.count, scale: lambdaScale)
    }
    let fits = fit(blocks, on: context, workers: workers, idle: idle)
    if fits.contains(where: \.wasAbandoned) { return nil }
    return zip(blocks, fits).flatMap {
      records($1, block: $0, context: context, workers: workers)
    }
  }

  /// Up to sixteen points with the λ of J of each, and the histories as they grow.
  private final class LaneBlock {
    let points: [Point]
    let lambdas: [Double]
    var histories: [[HistoryEntry]]

    init(_ points: ArraySlice<Point>, rowCount: Int, scale: LambdaScale) {
      self.points = Array(points)
      lambdas = points.map { scale.lambdaMean($0.lambda ?? 0, rowCount: rowCount) }
      histories = [[HistoryEntry]](repeating: [], count: points.count)
    }

    var settings: [DescentSettings] {
      zip(points, lambdas).map { point, lambda in
        DescentSettings(
          lambda: lambda, learningRate: point.eta ?? 0, schedule: point.schedule ?? .constant,
          radius: point.radius ?? .infinity)
      }
    }
  }

  private func fit(
    _ blocks: [LaneBlock], on context: FoldContext, workers: Int, idle: IdleWorkers?
  ) -> [LaneFits] {
    let first = blocks[0].points[0]
    let rows = context.training.rows
    let rule = StoppingRule(
      epochs: first.epochs ?? 0, tolerance: tolerance, shouldAbandon: shouldAbandon)
    func observer(_ block: LaneBlock) -> EpochObserver? {
      guard keepsHistory else { return nil }
      return { epoch, fits, recorded in note(epoch, fits, recorded, block: block, context: context)
      }
    }
    switch first.solver {
    case .normal:
      guard let problem = context.leastSquares else { break }
      return blocks.map {
        normalEquations(
          problem, rows: rows, lambdas: $0.lambdas, shouldAbandon: shouldAbandon)
      }
    case .gd, .projectedGD:
      return blocks.map { block in
        guard let problem = context.leastSquares else {
          return rowGradientDescent(
            loss: loss, rows: rows, hasIntercept: hasIntercept, settings: block.settings,
            rule: rule, observe: observer(block))
        }
        return gradientDescent(
          problem, settings: block.settings, rule: rule, observe: observer(block))
      }
    case .sgd:
      return stochasticGradientDescent(
        loss: loss, rows: rows, hasIntercept: hasIntercept, batchSize: first.batchSize ?? 1,
        blocks: blocks.map(\.settings), rule: rule,
        meanSquaredRowNorm: context.leastSquares?.meanSquaredRowNorm,
        permutation: { epoch in order(epoch, context.identity, count: rows.count) },
        observe: keepsHistory
          ? { index in observer(blocks[index]) ?? { _, _, _ in } } : nil,
        idle: idle)
    case .minNorm:
      return minimumNorm(
        rows: rows, hasIntercept: hasIntercept, blocks: blocks.map(\.lambdas),
        shouldAbandon: shouldAbandon)
    case .newton:
      return newtonMethod(
        rows: rows, hasIntercept: hasIntercept, blocks: blocks.map(\.lambdas),
        tolerance: tolerance, workers: workers, shouldAbandon: shouldAbandon)
    }
    preconditionFailure("the spec checks which solver goes with which loss")
  }

  /// The shuffle of one epoch: by seed, repeat, fold and epoch alone.
  private func order(_ epoch: Int, _ identity: FoldIdentity, count: Int) -> [Int32] {
    var generator = RandomGenerator(
      seed: seed,
      stream: [0x73_6764, identity.repeatIndex, identity.fold, epoch].map {
        UInt64(bitPattern: Int64($0))
      })
    return generator.permutation(count: count)
  }

  private func records(
    _ fits: LaneFits, block: LaneBlock, context: FoldContext, workers: Int
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
          ?? (block.points[lane].solver.findsOptimum
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
  private func unfitted(_ message: String, on context: FoldContext) -> JobRecord {
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
