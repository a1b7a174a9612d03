import Dispatch
import Numerics
import Synchronization

/// Runs the jobs of a sweep: training sets are prepared once, their jobs cut into cohorts, the cohorts
/// run on all cores with the longest first, and each cohort's records handed on as it ends.
package struct SweepEngine<Runner: JobRunner>: Sendable {
  let runner: Runner
  let workers: Int

  package init(_ runner: Runner, workers: Int) {
    self.runner = runner
    self.workers = workers
  }

  /// What a run leaves beside the records that it handed on.
  package struct Outcome: Sendable {
    var seconds = Seconds()
    /// Refits of points that may or may not have won.
    fileprivate var early: [Int: JobRecord] = [:]
    fileprivate var basis: Runner.RefitBasis?

    package init() {}
  }

  /// Wall time by phase.
  struct Seconds: Sendable {
    var prepare = 0.0
    var fit = 0.0
  }

  /// What a worker takes from the queue.
  private enum QueuedTask: Sendable {
    /// Cohorts on one training set.
    case cohorts([Cohort])
    /// Refits of a solver's likely winners, for a worker that finds no cohort left.
    case earlyRefits(Solver)
  }

  /// Runs what `isWanted` says, by point and fold.
  ///
  /// - Parameter expectsRefit: whether winners will be refitted here, so that it can be prepared for beside
  ///   the folds.
  package func run(
    isWanted: @Sendable (_ point: Int, _ fold: Int) -> Bool, expectsRefit: Bool,
    observer: EngineObserver
  ) throws -> Outcome {
    var outcome = Outcome()
    let early = EarlyRecords()
    var fitSeconds = 0.0
    let start = ContinuousClock.now
    outcome.basis = try runner.prepareFolds(
      isWanted: isWanted, leavesRefit: expectsRefit, workers: workers,
      shouldStop: observer.shouldStop
    ) { prepared in
      for fold in prepared.folds where !fold.constantFeatures.isEmpty {
        observer.constantFeatures(fold.identity, fold.constantFeatures)
      }
      let fitStart = ContinuousClock.now
      run(prepared, early: early, observer: observer)
      fitSeconds += fitStart.secondsUntilNow
    }
    outcome.seconds = Seconds(prepare: start.secondsUntilNow - fitSeconds, fit: fitSeconds)
    outcome.early = early.all
    return outcome
  }

  private func run(
    _ prepared: PreparedFolds<Runner.TrainingSet>, early: EarlyRecords, observer: EngineObserver
  ) {
    let folds = prepared.folds
    let all = folds.indices.flatMap { runner.cohorts(of: folds[$0].points, context: $0) }
    let refits = EarlyRefits(runner, on: prepared.refit, after: all, workers: workers)
    let tasks = BalancedTasks(all, others: refits.solvers.count, workers: workers)
    let bundles = tasks.bundles(workers: workers) {
      runner.cost(of: $0, on: folds[$0.context].set)
    }
    let queue =
      bundles.map { QueuedTask.cohorts($0) } + refits.solvers.map { QueuedTask.earlyRefits($0) }
    let open = Atomic(bundles.count)
    _ = concurrentMap(queue.count, workers: workers) { index, idle in
      switch queue[index] {
      case .cohorts(let bundle):
        perform(bundle, of: folds, workers: 1, idle: idle, observer: observer)
        open.subtract(1, ordering: .releasing)
      case .earlyRefits(let solver):
        early.add(
          refits.records(solver, observer: observer) { open.load(ordering: .acquiring) > 0 })
      }
    }
    for cohort in tasks.shared {
      perform([cohort], of: folds, workers: workers, idle: nil, observer: observer)
    }
  }

  /// Runs cohorts of one training set and hands their records on together.
  private func perform(
    _ bundle: [Cohort], of folds: [PreparedFold<Runner.TrainingSet>], workers: Int,
    idle: IdleWorkers?, observer: EngineObserver
  ) {
    guard !observer.shouldStop(), let first = bundle.first else { return }
    let fold = folds[first.context]
    var points: [Int] = []
    var records: [JobRecord] = []
    for cohort in bundle {
      guard
        let found = runner.records(
          of: cohort.points, on: fold.set, workers: workers, idle: idle,
          shouldAbandon: observer.shouldAbandon)
      else { break }
      points += cohort.points
      records += found
    }
    if !points.isEmpty { observer.finished(fold.identity, points, records) }
  }

  /// Fits some points on all training and validation rows, keeping their weights.
  /// - Parameter outcome: of the run before, whose early refits and preparations are made use of.
  /// - Returns: the fits by point, without those that were abandoned.
  package func refit(
    _ points: [Int], after outcome: Outcome = Outcome(),
    shouldAbandon: @escaping @Sendable () -> Bool
  ) throws -> [Int: JobRecord] {
    var records = outcome.early.filter { points.contains($0.key) }
    try runner.prepareRefits(
      of: points.filter { records[$0] == nil }, from: outcome.basis, workers: workers,
      shouldAbandon: shouldAbandon
    ) { fold in
      @Sendable func perform(_ cohort: Cohort, workers: Int) -> [JobRecord] {
        runner.records(
          of: cohort.points, on: fold.set, workers: workers, idle: nil,
          shouldAbandon: shouldAbandon) ?? []
      }
      let tasks = BalancedTasks(runner.cohorts(of: fold.points, context: 0), workers: workers)
      let found =
        concurrentMap(tasks.single.count, workers: workers) { index in
          perform(tasks.single[index], workers: 1)
        } + tasks.shared.map { perform($0, workers: workers) }
      for (cohort, results) in zip(tasks.single + tasks.shared, found) {
        for (point, record) in zip(cohort.points, results) { records[point] = record }
      }
    }
    return records
  }
}

extension ContinuousClock.Instant {
  /// Seconds from here to now.
  var secondsUntilNow: Double {
    let duration = ContinuousClock.now - self
    return Double(duration.components.seconds)
      + Double(duration.components.attoseconds) * 1e-18
  }
}
