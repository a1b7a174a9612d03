import LinearModels
import ModelSelection
import Numerics
import Results

/// Fits cohorts and has the fits measured: what a job computes, whichever task runs it.
struct CohortFit: Sendable {
  let loss: Loss
  let hasIntercept: Bool
  let lambdaScale: LambdaScale
  let tolerance: Double
  let seed: UInt64
  let measurement: FitMeasurement
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
    seed = spec.seed
    var kept = spec.keptContents
    if let keepsCoefficients { kept.coefficients = keepsCoefficients }
    measurement = FitMeasurement(loss: spec.loss, kept: kept)
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
      return points.map { _ in measurement.unfitted(obstacle) }
    }
    let blocks = stride(from: 0, to: points.count, by: Lanes.width).map {
      LaneBlock(
        points[$0..<min($0 + Lanes.width, points.count)],
        rowCount: context.training.rows.count, scale: lambdaScale)
    }
    let fits = fit(blocks, on: context, workers: workers, idle: idle)
    if fits.contains(where: \.wasAbandoned) { return nil }
    return zip(blocks, fits).flatMap {
      measurement.records($1, of: $0, on: context, workers: workers)
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
      measurement.observer(of: block, on: context)
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
        observe: measurement.kept.history
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
}
