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

  init(_ spec: SweepSpec, kept: JobRecord.Contents) {
    loss = spec.loss
    hasIntercept = spec.hasIntercept
    lambdaScale = spec.lambdaScale
    tolerance = spec.tolerance
    seed = spec.seed
    measurement = FitMeasurement(loss: spec.loss, kept: kept)
  }

  /// One record per point of the cohort, in order; `nil` when the fits were abandoned.
  ///
  /// - Parameters:
  ///   - workers: more than one only where no other task runs.
  ///   - idle: who may take over a part of the work.
  ///   - shouldAbandon: asked inside long fits: whether to drop them.
  func records(
    _ points: [Point], on context: FoldContext, workers: Int, idle: IdleWorkers?,
    shouldAbandon: @escaping @Sendable () -> Bool
  ) -> [JobRecord]? {
    if let obstacle = context.obstacle {
      return points.map { _ in measurement.unfitted(obstacle) }
    }
    let blocks = stride(from: 0, to: points.count, by: Lanes.width).map {
      LaneBlock(
        points[$0..<min($0 + Lanes.width, points.count)],
        totalWeight: context.trainingWeight, scale: lambdaScale)
    }
    let work = work(
      blocks, on: context, workers: workers, idle: idle, shouldAbandon: shouldAbandon)
    let fits = points[0].solver.program.fit(work)
    if fits.contains(where: \.wasAbandoned) { return nil }
    return zip(blocks, fits).flatMap {
      measurement.records($1, of: $0, on: context, workers: workers)
    }
  }

  /// What the solver of some points is given.
  private func work(
    _ blocks: [LaneBlock], on context: FoldContext, workers: Int, idle: IdleWorkers?,
    shouldAbandon: @escaping @Sendable () -> Bool
  ) -> CohortWork {
    let rows = context.training.rows
    return CohortWork(
      loss: loss, hasIntercept: hasIntercept, tolerance: tolerance, rows: rows,
      leastSquares: context.leastSquares,
      blocks: blocks.map { CohortWork.Block(points: $0.points, lambdas: $0.lambdas) },
      order: { epoch in order(epoch, context.identity, count: rows.count) },
      observers: measurement.kept.history
        ? blocks.compactMap { measurement.observer(of: $0, on: context) } : nil,
      workers: workers, idle: idle, shouldAbandon: shouldAbandon)
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
