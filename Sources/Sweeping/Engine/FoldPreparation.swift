import Datasets
import LinearModels
import ModelSelection
import Numerics
import Synchronization

/// A prepared training set and the points that are to be fitted on it.
struct PreparedFold: Sendable {
  let context: FoldContext
  let points: [Int]
}

/// Makes the training sets of a plan ready, many folds from one pass over the rows.
struct FoldPreparation: Sendable {
  private let plan: SweepPlan
  private let workers: Int
  private let kept = KeptRefits()

  init(plan: SweepPlan, workers: Int) {
    self.plan = plan
    self.workers = workers
  }

  /// In order of first appearance.
  var degrees: [Int] {
    var degrees: [Int] = []
    for slice in plan.slices where !degrees.contains(slice.degree) { degrees.append(slice.degree) }
    return degrees
  }

  /// The folds of a repeat that are prepared together.
  var waves: [Range<Int>] {
    let count = plan.data.folds.foldsPerRepeat
    return stride(from: 0, to: count, by: MomentLedger.waveSize).map {
      $0..<min($0 + MomentLedger.waveSize, count)
    }
  }

  func factory(degree: Int) throws -> FoldContextFactory {
    let (names, matrix) = try plan.data.features(degree: degree, workers: workers)
    return FoldContextFactory(
      matrix: matrix, featureNames: names, target: plan.data.target,
      classNames: plan.data.classes?.map(\.name), testRows: plan.data.folds.testRows,
      standardize: plan.spec.standardization.divisor,
      loss: plan.spec.loss, hasIntercept: plan.spec.hasIntercept)
  }

  /// The training sets of a wave of folds on which some points are wanted.
  /// - Parameter expectsRefit: whether to prepare the winners' refit beside them, where that saves time.
  func folds(
    _ factory: FoldContextFactory, degree: Int, repeatIndex: Int, wave: Range<Int>,
    isWanted: (Int, Int) -> Bool, expectsRefit: Bool,
    shouldStop: @escaping @Sendable () -> Bool
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
      plan.spec.loss.followsFromMoments && wanted.contains { $0.slice.trainSize == nil }
    let moments =
      usesLedger
      ? ledger(factory, repeatIndex: repeatIndex, shouldAbandon: shouldStop)
        .wave(wave, workers: workers) : nil
    if shouldStop() { return [] }
    if let moments, expectsRefit { kept.set(moments.all, degree: degree) }
    // The sums over all rows are at hand only with those of the folds. Of several degrees no context is
    // kept, as each would keep its features in memory.
    let preparesRefit =
      expectsRefit && degrees.count == 1
      && (!plan.spec.loss.followsFromMoments || moments != nil)
    let inner = wanted.count == 1 ? workers : 1
    let prepared = concurrentMap(
      wanted.count + (preparesRefit ? 1 : 0), workers: wanted.count == 1 ? 1 : workers
    ) { index -> PreparedFold? in
      if shouldStop() { return nil }
      if index == wanted.count {
        kept.set(
          refitContext(
            factory, degree: degree, moments: moments?.all, workers: inner,
            shouldAbandon: shouldStop),
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
        workers: inner, shouldAbandon: shouldStop)
      // What was interrupted halfway is of no use.
      return shouldStop() ? nil : PreparedFold(context: context, points: points)
    }
    return prepared.compactMap { $0 }
  }

  private func ledger(
    _ factory: FoldContextFactory, repeatIndex: Int, shouldAbandon: @escaping @Sendable () -> Bool
  ) -> MomentLedger {
    MomentLedger(
      matrix: factory.matrix, target: factory.target,
      groups: plan.data.folds.groups(repeatIndex: repeatIndex), workers: workers,
      shouldAbandon: shouldAbandon)
  }

  /// The rows that winners are refitted on, where they are prepared already.
  func keptRefit(degree: Int) -> FoldContext? { kept.context(degree: degree) }

  /// The rows that winners are refitted on; of no use once `shouldAbandon` is true.
  func refit(
    degree: Int, shouldAbandon: @escaping @Sendable () -> Bool
  ) throws -> FoldContext {
    if let context = keptRefit(degree: degree) { return context }
    let factory = try factory(degree: degree)
    // Those of the first wave, or the same sums anew: the bits do not depend on whether it was run.
    let moments =
      plan.spec.loss.followsFromMoments
      ? kept.moments(degree: degree)
        ?? ledger(factory, repeatIndex: 0, shouldAbandon: shouldAbandon)
        .wave(waves[0], workers: workers).all : nil
    return refitContext(
      factory, degree: degree, moments: moments, workers: workers, shouldAbandon: shouldAbandon)
  }

  private func refitContext(
    _ factory: FoldContextFactory, degree: Int, moments: RowMoments?, workers: Int,
    shouldAbandon: @escaping @Sendable () -> Bool
  ) -> FoldContext {
    factory.context(
      .refit(degree: degree), trainingRows: plan.data.folds.allButTest, validationRows: [],
      trainingMoments: moments, workers: workers, shouldAbandon: shouldAbandon)
  }
}

/// What the folds left for the winners' refit, by degree.
private final class KeptRefits: Sendable {
  private let contexts = Mutex<[Int: FoldContext]>([:])
  private let moments = Mutex<[Int: RowMoments]>([:])

  func set(_ value: FoldContext, degree: Int) { contexts.withLock { $0[degree] = value } }
  func context(degree: Int) -> FoldContext? { contexts.withLock { $0[degree] } }

  /// The moments of all rows that are not test rows.
  func set(_ value: RowMoments, degree: Int) { moments.withLock { $0[degree] = value } }
  func moments(degree: Int) -> RowMoments? { moments.withLock { $0[degree] } }
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
