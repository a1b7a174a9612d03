import Datasets
import Dispatch
import LinearModels
import ModelSelection
import Numerics
import Synchronization

/// Fits the jobs of a plan: training sets are prepared once, their jobs cut into cohorts, the cohorts
/// run on all cores with the longest first, and each cohort's records handed on as it ends.
struct SweepEngine {
  let plan: SweepPlan
  let workers: Int

  /// Wall time by phase.
  struct Seconds: Sendable {
    var prepare = 0.0
    var fit = 0.0
  }

  /// What a caller may do while jobs run; called from any thread.
  struct Observer: Sendable {
    /// The records of one cohort: (point, record) pairs on one training set.
    var finished: @Sendable (FoldIdentity, [Int], [JobRecord]) -> Void
    /// Whether to start no further cohort.
    var shouldStop: @Sendable () -> Bool
    /// Whether to drop even the cohorts in flight.
    var shouldAbandon: @Sendable () -> Bool
    /// Once per training set that has features without variation.
    var constantFeatures: @Sendable (FoldIdentity, [String]) -> Void
  }

  /// Fits what `isWanted` says, by point and fold.
  func run(
    isWanted: @Sendable (_ point: Int, _ fold: Int) -> Bool, observer: Observer
  ) throws -> Seconds {
    var seconds = Seconds()
    let fit = CohortFit(
      plan.spec,
      keepsCoefficients: !plan.spec.outputs.isDisjoint(with: [.coefficients, .predictions]),
      shouldAbandon: observer.shouldAbandon)
    for degree in degrees {
      let start = ContinuousClock.now
      let factory = try contextFactory(degree: degree)
      seconds.prepare += start.secondsUntilNow
      for repeatIndex in 0..<plan.data.folds.repeatCount {
        for wave in waves {
          guard !observer.shouldStop() else { return seconds }
          let start = ContinuousClock.now
          let contexts = prepare(
            factory, degree: degree, repeatIndex: repeatIndex, wave: wave, isWanted: isWanted,
            shouldStop: observer.shouldStop)
          seconds.prepare += start.secondsUntilNow
          for context in contexts where !context.context.constantFeatures.isEmpty {
            observer.constantFeatures(
              context.context.identity,
              context.context.constantFeatures.map { context.context.featureNames[$0] })
          }
          let fitStart = ContinuousClock.now
          run(contexts, fit: fit, observer: observer)
          seconds.fit += fitStart.secondsUntilNow
        }
      }
    }
    return seconds
  }

  /// Fits some points on all training and validation rows, keeping their weights.
  /// - Returns: the fits by point, without those that were abandoned.
  func refit(
    _ points: [Int], shouldAbandon: @escaping @Sendable () -> Bool
  ) throws -> [Int: JobRecord] {
    let fit = CohortFit(plan.spec, keepsCoefficients: true, shouldAbandon: shouldAbandon)
    var records: [Int: JobRecord] = [:]
    for degree in degrees {
      let members = points.filter { plan.grid[$0].degree == degree }
      guard !members.isEmpty else { continue }
      let context = try contextFactory(degree: degree).context(
        .refit(degree: degree), trainingRows: plan.data.folds.allButTest, validationRows: [],
        workers: workers)
      let tasks = cohorts(of: members, in: plan.grid, context: 0)
      let results = concurrentMap(tasks.count, workers: workers) { index in
        fit.records(tasks[index].points.map { plan.grid[$0] }, on: context)
      }
      for case (let task, let result?) in zip(tasks, results) {
        for (point, record) in zip(task.points, result) { records[point] = record }
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

  /// Per fold the eigenvalues of the Hessian of the mean squared loss, the largest first.
  func spectra() throws -> [[Double]] {
    var spectra: [[Double]] = []
    let factory = try contextFactory(degree: plan.slices[0].degree)
    for repeatIndex in 0..<plan.data.folds.repeatCount {
      for wave in waves {
        let contexts = prepare(
          factory, degree: plan.slices[0].degree, repeatIndex: repeatIndex, wave: wave,
          isWanted: { _, _ in true }, shouldStop: { false })
        spectra += contexts.map { $0.context.leastSquares?.eigenvalues.reversed() ?? [] }
      }
    }
    return spectra
  }

  /// A prepared training set and the points that are to be fitted on it.
  private struct PreparedFold: Sendable {
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
      loss: plan.spec.loss, hasIntercept: plan.spec.hasIntercept)
  }

  private func prepare(
    _ factory: FoldContextFactory, degree: Int, repeatIndex: Int, wave: Range<Int>,
    isWanted: (Int, Int) -> Bool, shouldStop: @Sendable () -> Bool
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
      ? MomentLedger(
        matrix: factory.matrix, target: factory.target,
        groups: folds.groups(repeatIndex: repeatIndex), workers: workers
      ).wave(wave, workers: workers) : nil
    let inner = wanted.count == 1 ? workers : 1
    let prepared = concurrentMap(wanted.count, workers: wanted.count == 1 ? 1 : workers) {
      index -> PreparedFold? in
      if shouldStop() { return nil }
      let (fold, slice, points) = wanted[index]
      let rows = folds[repeatIndex * folds.foldsPerRepeat + fold]
      let identity = FoldIdentity(
        repeatIndex: repeatIndex, fold: fold, degree: degree, trainSize: slice.trainSize)
      let local = fold - wave.lowerBound
      var training = rows.trainingRows
      var shared: (RowMoments, RowMoments)?
      if let trainSize = slice.trainSize {
        training = Array(training.prefix(trainSize.rowCount(of: training.count)))
      } else if let moments {
        shared = (moments.training[local], moments.validation[local])
      }
      let context = factory.context(
        identity, trainingRows: training, validationRows: rows.validationRows, moments: shared,
        workers: inner)
      return PreparedFold(context: context, points: points)
    }
    return prepared.compactMap { $0 }
  }

  private func run(_ folds: [PreparedFold], fit: CohortFit, observer: Observer) {
    var tasks = folds.indices.flatMap { index in
      cohorts(of: folds[index].points, in: plan.grid, context: index)
    }
    let costs = tasks.map { task in
      let rows = folds[task.context].context.training.rows
      return task.cost(rowCount: rows.count, featureCount: rows.featureCount)
    }
    tasks = tasks.indices.sorted { (-costs[$0], $0) < (-costs[$1], $1) }.map { tasks[$0] }
    let ordered = tasks
    _ = concurrentMap(ordered.count, workers: workers) { index in
      guard !observer.shouldStop() else { return }
      let task = ordered[index]
      let context = folds[task.context].context
      guard let records = fit.records(task.points.map { plan.grid[$0] }, on: context) else {
        return
      }
      observer.finished(context.identity, task.points, records)
    }
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
