import Datasets
import Dispatch
package import LinearModels
import ModelSelection
import Numerics
import Synchronization

/// Fits the jobs of a plan: training sets are prepared once, their jobs cut into cohorts, the cohorts
/// run on all cores with the longest first, and each cohort's records handed on as it ends.
package struct SweepEngine: Sendable {
  let plan: SweepPlan
  let workers: Int
  private let preparation = RefitPreparation()

  package init(plan: SweepPlan, workers: Int) {
    self.plan = plan
    self.workers = workers
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
      keepsCoefficients: !plan.spec.outputs.isDisjoint(with: [.coefficients, .predictions]),
      shouldAbandon: observer.shouldAbandon)
    let repeats = plan.data.folds.repeatCount
    for degree in degrees {
      let start = ContinuousClock.now
      let factory = try contextFactory(degree: degree)
      seconds.prepare += start.secondsUntilNow
      for repeatIndex in 0..<repeats {
        for wave in waves {
          guard !observer.shouldStop() else { return seconds }
          let start = ContinuousClock.now
          let contexts = prepare(
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
          let isLast = repeatIndex == repeats - 1 && wave == waves.last
          let refit = expectsRefit && isLast ? preparation.context(degree: degree) : nil
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
    var records = preparation.records(of: points)
    for degree in degrees {
      let members = points.filter { records[$0] == nil && plan.grid[$0].degree == degree }
      guard !members.isEmpty else { continue }
      let context = try preparation.context(degree: degree) ?? refitContext(degree: degree)
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
    for degree in degrees {
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

  /// Per fold the eigenvalues of the Hessian of the mean squared loss, the largest first. The
  /// spec allows `spectrum` with one degree and one training size only, so with one slice.
  func spectra() throws -> [[Double]] {
    var spectra: [[Double]] = []
    let slice = plan.slices[0]
    let members = Set(slice.points)
    let factory = try contextFactory(degree: slice.degree)
    for repeatIndex in 0..<plan.data.folds.repeatCount {
      for wave in waves {
        let contexts = prepare(
          factory, degree: slice.degree, repeatIndex: repeatIndex, wave: wave,
          isWanted: { point, _ in members.contains(point) }, expectsRefit: false,
          shouldStop: { false })
        spectra += contexts.map { $0.context.leastSquares?.eigenvalues.reversed() ?? [] }
      }
    }
    return spectra
  }

  /// A prepared training set and the points that are to be fitted on it.
  fileprivate struct PreparedFold: Sendable {
    let context: FoldContext
    let points: [Int]
  }

  private var degrees: [Int] {
    var degrees: [Int] = []
    for slice in plan.slices where !degrees.contains(slice.degree) { degrees.append(slice.degree) }
    return degrees
  }

  private var waves: [Range<Int>] {
    let count = plan.data.folds.foldsPerRepeat
    return stride(from: 0, to: count, by: MomentLedger.waveSize).map {
      $0..<min($0 + MomentLedger.waveSize, count)
    }
  }

  private func contextFactory(degree: Int) throws -> FoldContextFactory {
    let (names, matrix) = try plan.data.features(degree: degree, workers: workers)
    return FoldContextFactory(
      matrix: matrix, featureNames: names, target: plan.data.target,
      testRows: plan.data.folds.testRows, standardize: plan.spec.standardization.divisor,
      loss: plan.spec.loss, hasIntercept: plan.spec.hasIntercept, metrics: plan.spec.metrics)
  }

  private func prepare(
    _ factory: FoldContextFactory, degree: Int, repeatIndex: Int, wave: Range<Int>,
    isWanted: (Int, Int) -> Bool, expectsRefit: Bool, shouldStop: @Sendable () -> Bool
  ) -> [PreparedFold] {
    let folds = plan.data.folds
    let wanted = wave.flatMap { fold in
      plan.slices.filter { $0.degree == degree }.compactMap { slice in
        let index = repeatIndex * folds.foldsPerRepeat + fold
        let points = slice.points.filter { isWanted($0, index) }
        return points.isEmpty ? nil : (fold: fold, slice: slice, points: points)
      }
    }
    let usesLedger =
      plan.spec.loss == .squared && wanted.contains { $0.slice.trainSize == nil }
    let moments =
      usesLedger
      ? ledger(factory, repeatIndex: repeatIndex).wave(wave, workers: workers) : nil
    if let moments, expectsRefit { preparation.set(moments.all, degree: degree) }
    // The sums over all rows are at hand only with those of the folds. Of several degrees no context is
    // kept, as each would keep its features in memory.
    let preparesRefit =
      expectsRefit && degrees.count == 1 && (plan.spec.loss == .logistic || moments != nil)
    let inner = wanted.count == 1 ? workers : 1
    let prepared = concurrentMap(
      wanted.count + (preparesRefit ? 1 : 0), workers: wanted.count == 1 ? 1 : workers
    ) { index -> PreparedFold? in
      if shouldStop() { return nil }
      if index == wanted.count {
        preparation.set(
          refitContext(factory, degree: degree, moments: moments?.all, workers: inner),
          degree: degree)
        return nil
      }
      let (fold, slice, points) = wanted[index]
      let rows = folds[repeatIndex * folds.foldsPerRepeat + fold]
      let identity = FoldIdentity(
        repeatIndex: repeatIndex, fold: fold, degree: degree, trainSize: slice.trainSize)
      let local = fold - wave.lowerBound
      var training = rows.trainingRows
      if let trainSize = slice.trainSize {
        training = Array(training.prefix(trainSize.rowCount(of: training.count)))
      }
      // Only jobs that always have a ledger may use it: whether it is there depends on the others.
      let own = slice.trainSize == nil ? moments : nil
      let context = factory.context(
        identity, trainingRows: training, validationRows: rows.validationRows,
        trainingMoments: own?.training(local), validationMoments: own?.validation[local],
        workers: inner)
      return PreparedFold(context: context, points: points)
    }
    return prepared.compactMap { $0 }
  }

  private func ledger(_ factory: FoldContextFactory, repeatIndex: Int) -> MomentLedger {
    MomentLedger(
      matrix: factory.matrix, target: factory.target,
      groups: plan.data.folds.groups(repeatIndex: repeatIndex), workers: workers)
  }

  /// The rows that winners are refitted on, where they are not prepared yet.
  private func refitContext(degree: Int) throws -> FoldContext {
    let factory = try contextFactory(degree: degree)
    // Those of the first wave, or the same sums anew: the bits do not depend on whether it was run.
    let moments =
      plan.spec.loss == .squared
      ? preparation.moments(degree: degree)
        ?? ledger(factory, repeatIndex: 0).wave(waves[0], workers: workers).all : nil
    return refitContext(factory, degree: degree, moments: moments, workers: workers)
  }

  private func refitContext(
    _ factory: FoldContextFactory, degree: Int, moments: RowMoments?, workers: Int
  ) -> FoldContext {
    factory.context(
      .refit(degree: degree), trainingRows: plan.data.folds.allButTest, validationRows: [],
      trainingMoments: moments, workers: workers)
  }

  /// - Parameter refit: the rows of the winners' refit, where these are the last folds.
  private func run(
    _ folds: [PreparedFold], fit: CohortFit, refit: FoldContext?, observer: Observer
  ) {
    let all = folds.indices.flatMap {
      cohorts(of: folds[$0].points, in: plan.grid, context: $0)
    }
    let early = EarlyRefits(plan: plan, context: refit, cohorts: all, workers: workers)
    let tasks = BalancedTasks(all, others: early.solvers.count, workers: workers)
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
        rowCount: rows.count, featureCount: rows.featureCount, loss: plan.spec.loss)
    }
    let order = costs.indices.sorted { (-costs[$0], $0) < (-costs[$1], $1) }
    let ordered = order.map { tasks.single[$0] }
    let bundles = Self.bundles(ordered, costs: order.map { costs[$0] })
    let open = Atomic(bundles.count)
    _ = concurrentMap(bundles.count + early.solvers.count, workers: workers) { index, idle in
      if index < bundles.count {
        perform(ordered[bundles[index]], workers: 1, idle: idle)
        open.subtract(1, ordering: .releasing)
      } else {
        preparation.add(
          early.records(early.solvers[index - bundles.count], observer: observer) {
            open.load(ordering: .acquiring) > 0
          })
      }
    }
    for task in tasks.shared { perform([task], workers: workers) }
  }

  /// Neighbours on one training set go together while they are small, so that what a finished task
  /// costs, such as a write to the journal, is paid once a millisecond and not once in sixteen tiny
  /// jobs.
  private static func bundles(_ tasks: [Cohort], costs: [Double]) -> [Range<Int>] {
    let (mostJobs, mostCost) = (256, 1e6)
    var bundles: [Range<Int>] = []
    var (jobs, cost) = (0, 0.0)
    for index in tasks.indices {
      jobs += tasks[index].points.count
      cost += costs[index]
      if let last = bundles.last, tasks[last.lowerBound].context == tasks[index].context,
        jobs <= mostJobs, cost <= mostCost
      {
        bundles[bundles.count - 1] = last.lowerBound..<index + 1
      } else {
        bundles.append(index..<index + 1)
        (jobs, cost) = (tasks[index].points.count, costs[index])
      }
    }
    return bundles
  }
}

extension Standardization {
  var divisor: CentredMoments.Divisor? {
    switch self {
    case .population: .population
    case .sample: .sample
    case .none: nil
    }
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
