import Datasets
import Dispatch
import LinearModels
import ModelSelection
import Numerics
import Platform
import Results
import Synchronization

/// Fits the jobs of a plan: training sets are prepared once, their jobs cut into cohorts, the cohorts
/// run on all cores with the longest first, and each cohort's records handed on as it ends.
package struct SweepEngine: Sendable {
  let plan: SweepPlan
  let workers: Int
  private let preparation: FoldPreparation
  private let early = EarlyRecords()

  package init(plan: SweepPlan, workers: Int) {
    self.plan = plan
    self.workers = workers
    preparation = FoldPreparation(plan: plan, workers: workers)
  }

  /// Wall time by phase.
  package struct Seconds: Sendable {
    var prepare = 0.0
    var fit = 0.0
  }

  /// What a caller may do while jobs run; called from any thread.
  package struct Observer: Sendable {
    /// The records of one cohort: (point, record) pairs on one training set.
    var finished: @Sendable (FoldIdentity, [Int], [JobRecord]) -> Void
    /// Whether to start no further cohort.
    var shouldStop: @Sendable () -> Bool
    /// Whether to drop even the cohorts in flight.
    var shouldAbandon: @Sendable () -> Bool
    /// Once per training set that has features without variation.
    var constantFeatures: @Sendable (FoldIdentity, [String]) -> Void
    /// The points of a solver that are likely to win, by what is finished; the likeliest first.
    var likelyWinners: @Sendable (Solver, _ limit: Int) -> [Int]

    package init(
      finished: @escaping @Sendable (FoldIdentity, [Int], [JobRecord]) -> Void,
      shouldStop: @escaping @Sendable () -> Bool, shouldAbandon: @escaping @Sendable () -> Bool,
      constantFeatures: @escaping @Sendable (FoldIdentity, [String]) -> Void,
      likelyWinners: @escaping @Sendable (Solver, _ limit: Int) -> [Int]
    ) {
      self.finished = finished
      self.shouldStop = shouldStop
      self.shouldAbandon = shouldAbandon
      self.constantFeatures = constantFeatures
      self.likelyWinners = likelyWinners
    }
  }

  /// Fits what `isWanted` says, by point and fold.
  ///
  /// - Parameter expectsRefit: whether winners will be refitted here, so that it can be prepared for beside
  ///   the folds.
  @discardableResult
  package func run(
    isWanted: @Sendable (_ point: Int, _ fold: Int) -> Bool, expectsRefit: Bool, observer: Observer
  ) throws -> Seconds {
    var seconds = Seconds()
    let fit = CohortFit(
      plan.spec,
      keepsCoefficients: plan.spec.keepsCoefficients,
      shouldAbandon: observer.shouldAbandon)
    let repeats = plan.data.folds.repeatCount
    for degree in preparation.degrees {
      let start = ContinuousClock.now
      let factory = try preparation.factory(degree: degree)
      seconds.prepare += start.secondsUntilNow
      for repeatIndex in 0..<repeats {
        for wave in preparation.waves {
          guard !observer.shouldStop() else { return seconds }
          let start = ContinuousClock.now
          let contexts = preparation.folds(
            factory, degree: degree, repeatIndex: repeatIndex, wave: wave, isWanted: isWanted,
            expectsRefit: expectsRefit && repeatIndex == 0 && wave.lowerBound == 0,
            shouldStop: observer.shouldStop)
          seconds.prepare += start.secondsUntilNow
          for context in contexts where !context.context.constantFeatures.isEmpty {
            observer.constantFeatures(
              context.context.identity,
              context.context.constantFeatures.map { context.context.featureNames[$0] })
          }
          let fitStart = ContinuousClock.now
          let isLast = repeatIndex == repeats - 1 && wave == preparation.waves.last
          let refit = expectsRefit && isLast ? preparation.keptRefit(degree: degree) : nil
          run(contexts, fit: fit, refit: refit, observer: observer)
          seconds.fit += fitStart.secondsUntilNow
        }
      }
    }
    return seconds
  }

  /// Fits some points on all training and validation rows, keeping their weights.
  /// - Returns: the fits by point, without those that were abandoned.
  package func refit(
    _ points: [Int], shouldAbandon: @escaping @Sendable () -> Bool
  ) throws -> [Int: JobRecord] {
    let fit = CohortFit(plan.spec, keepsCoefficients: true, shouldAbandon: shouldAbandon)
    var records = early.records(of: points)
    for degree in preparation.degrees {
      let members = points.filter { records[$0] == nil && plan.grid[$0].degree == degree }
      guard !members.isEmpty else { continue }
      let context = try preparation.refit(degree: degree, shouldAbandon: shouldAbandon)
      if shouldAbandon() { break }
      let tasks = BalancedTasks(
        cohorts(of: members, in: plan.grid, context: 0), workers: workers)
      @Sendable func perform(_ task: Cohort, workers: Int) -> [JobRecord] {
        fit.records(task.points.map { plan.grid[$0] }, on: context, workers: workers) ?? []
      }
      let found =
        concurrentMap(tasks.single.count, workers: workers) { index in
          perform(tasks.single[index], workers: 1)
        } + tasks.shared.map { perform($0, workers: workers) }
      for (task, results) in zip(tasks.single + tasks.shared, found) {
        for (point, record) in zip(task.points, results) { records[point] = record }
      }
    }
    return records
  }

  /// The feature names of every degree in the grid.
  func featureNames() throws -> [Int: [String]] {
    var names: [Int: [String]] = [:]
    for degree in preparation.degrees {
      names[degree] = try plan.data.featureNames(degree: degree)
    }
    return names
  }

  /// The features that some points are fitted on, by degree.
  func features(of points: [Int]) throws -> [Int: Matrix] {
    var features: [Int: Matrix] = [:]
    for degree in Set(points.map { plan.grid[$0].degree }) {
      features[degree] = try plan.data.features(degree: degree, workers: workers).matrix
    }
    return features
  }

  /// Per fold the eigenvalues of the Hessian of the mean squared loss, the largest first, at most as many as
  /// there are rows or columns: from the decomposition of a solver where it has them more exactly than the
  /// fold's moments. The spec allows `spectrum` with one degree and one training size only, so with one
  /// slice.
  /// - Returns: `nil` when abandoned.
  func spectra(shouldAbandon: @escaping @Sendable () -> Bool) throws -> [[Double]]? {
    var spectra: [[Double]] = []
    let slice = plan.slices[0]
    let members = Set(slice.points)
    let used = Set(slice.points.map { plan.grid[$0].solver })
    let solvers = Solver.allCases.filter(used.contains)
    let factory = try preparation.factory(degree: slice.degree)
    for repeatIndex in 0..<plan.data.folds.repeatCount {
      for wave in preparation.waves {
        let contexts = preparation.folds(
          factory, degree: slice.degree, repeatIndex: repeatIndex, wave: wave,
          isWanted: { point, _ in members.contains(point) }, expectsRefit: false,
          shouldStop: shouldAbandon)
        spectra += concurrentMap(contexts.count, workers: workers) { index in
          let context = contexts[index].context
          let rows = context.training.rows
          guard let problem = context.leastSquares else { return [] }
          let own = solvers.lazy.compactMap {
            $0.program.eigenvalues(
              rows, hasIntercept: plan.spec.hasIntercept, shouldAbandon: shouldAbandon)
          }.first
          let found = own ?? problem.eigenvalues.reversed()
          return Array(found.prefix(rows.count))
        }
        if shouldAbandon() { return nil }
      }
    }
    return spectra
  }

  /// - Parameter refit: the rows of the winners' refit, where these are the last folds.
  private func run(
    _ folds: [PreparedFold], fit: CohortFit, refit: FoldContext?, observer: Observer
  ) {
    let all = folds.indices.flatMap {
      cohorts(of: folds[$0].points, in: plan.grid, context: $0)
    }
    let refits = EarlyRefits(plan: plan, context: refit, cohorts: all, workers: workers)
    let tasks = BalancedTasks(all, others: refits.solvers.count, workers: workers)
    @Sendable func perform(
      _ bundle: ArraySlice<Cohort>, workers: Int, idle: IdleWorkers? = nil
    ) {
      guard !observer.shouldStop(), let first = bundle.first else { return }
      let context = folds[first.context].context
      var points: [Int] = []
      var records: [JobRecord] = []
      for task in bundle {
        let members = task.points.map { plan.grid[$0] }
        guard let found = fit.records(members, on: context, workers: workers, idle: idle)
        else { break }
        points += task.points
        records += found
      }
      if !points.isEmpty { observer.finished(context.identity, points, records) }
    }
    let costs = tasks.single.map { task in
      let rows = folds[task.context].context.training.rows
      return task.cost(
        in: plan.grid, rowCount: rows.count, featureCount: rows.featureCount, loss: plan.spec.loss)
    }
    let order = costs.indices.sorted { (-costs[$0], $0) < (-costs[$1], $1) }
    let ordered = order.map { tasks.single[$0] }
    let bundles = BalancedTasks.bundles(
      ordered, costs: order.map { costs[$0] }, workers: workers)
    let open = Atomic(bundles.count)
    _ = concurrentMap(bundles.count + refits.solvers.count, workers: workers) { index, idle in
      if index < bundles.count {
        perform(ordered[bundles[index]], workers: 1, idle: idle)
        open.subtract(1, ordering: .releasing)
      } else {
        early.add(
          refits.records(refits.solvers[index - bundles.count], observer: observer) {
            open.load(ordering: .acquiring) > 0
          })
      }
    }
    for task in tasks.shared { perform([task], workers: workers) }
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
