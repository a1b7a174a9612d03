import Datasets
import LinearModels
import ModelSelection
import Numerics

/// Makes the training sets of a plan ready, many folds from one pass over the rows.
struct FoldPreparation: Sendable {
  private let plan: SweepPlan
  private let workers: Int

  init(plan: SweepPlan, workers: Int) {
    self.plan = plan
    self.workers = workers
  }

  func factory(degree: Int) throws -> FoldContextFactory {
    FoldContextFactory(
      features: try plan.data.features(degree: degree, workers: workers), target: plan.data.target,
      weights: plan.data.weights, classNames: plan.data.classes?.map(\.name),
      testRows: plan.data.folds.testRows,
      standardize: plan.spec.standardization.divisor(unit: plan.data.weights.unit),
      loss: plan.spec.loss, hasIntercept: plan.spec.hasIntercept)
  }

  /// The training sets of a wave of folds on which some points are wanted.
  /// - Parameter leavesRefit: whether to prepare for the winners' refit beside them, where that saves time.
  func folds(
    _ factory: FoldContextFactory, degree: Int, wave: FoldWave, isWanted: (Int, Int) -> Bool,
    leavesRefit: Bool, shouldStop: @escaping @Sendable () -> Bool
  ) -> (folds: [PreparedFold<FoldContext>], refit: LinearModelRunner.RefitStart?) {
    let wanted = wanted(degree: degree, wave: wave, isWanted: isWanted)
    let usesLedger =
      hasSharedMoments(factory) && wanted.contains { $0.identity.trainSize == nil }
    let moments =
      usesLedger
      ? ledger(factory, repeatIndex: wave.repeatIndex, shouldAbandon: shouldStop)
        .wave(wave.folds, workers: workers) : nil
    if shouldStop() { return ([], nil) }
    // The sums over all rows are at hand only with those of the folds. Of several degrees no context is
    // kept, as each would keep its features in memory.
    let preparesRefit =
      leavesRefit && plan.degrees.count == 1
      && (!hasSharedMoments(factory) || moments != nil)
    let refits = preparesRefit ? [FoldIdentity.refit(degree: degree)] : []
    let identities = wanted.map(\.identity) + refits
    let inner = wanted.count == 1 ? workers : 1
    let contexts = concurrentMap(identities.count, workers: wanted.count == 1 ? 1 : workers) {
      index -> FoldContext? in
      if shouldStop() { return nil }
      let context = context(
        identities[index], factory, wave, moments, workers: inner, shouldStop: shouldStop)
      // What was interrupted halfway is of no use.
      return shouldStop() ? nil : context
    }
    let folds = zip(wanted, contexts).compactMap { fold, context in
      context.map {
        PreparedFold(
          $0.identity, $0, points: fold.points, constantFeatures: $0.namesOfConstantFeatures)
      }
    }
    if preparesRefit, let context = contexts[wanted.count] { return (folds, .context(context)) }
    return (folds, leavesRefit ? moments.map { .moments($0.all) } : nil)
  }

  /// The training sets of a wave on which some points are wanted.
  private func wanted(
    degree: Int, wave: FoldWave, isWanted: (Int, Int) -> Bool
  ) -> [(identity: FoldIdentity, points: [Int])] {
    wave.folds.flatMap { fold in
      plan.slices.filter { $0.degree == degree }.compactMap { slice in
        let index = wave.repeatIndex * plan.data.folds.foldsPerRepeat + fold
        let points = slice.points.filter { isWanted($0, index) }
        guard !points.isEmpty else { return nil }
        return (plan.identity(fold: index, slice: slice), points)
      }
    }
  }

  private func context(
    _ identity: FoldIdentity, _ factory: FoldContextFactory, _ wave: FoldWave,
    _ moments: MomentWave?, workers: Int, shouldStop: @escaping @Sendable () -> Bool
  ) -> FoldContext {
    if identity.isRefit {
      return refitContext(
        factory, degree: identity.degree, moments: moments?.all, workers: workers,
        shouldAbandon: shouldStop)
    }
    let folds = plan.data.folds
    let rows = folds[identity.repeatIndex * folds.foldsPerRepeat + identity.fold]
    let local = identity.fold - wave.folds.lowerBound
    // Only jobs that always have a ledger may use it: whether it is there depends on the others.
    let own = identity.trainSize == nil ? moments : nil
    return factory.context(
      identity, trainingRows: identity.trainSize.prefix(of: rows.trainingRows),
      validationRows: rows.validationRows,
      trainingMoments: own?.training(local), validationMoments: own?.validation[local],
      workers: workers, shouldAbandon: shouldStop)
  }

  /// Whether the moments of a training set are sums of those of folds: not where each fills missing cells in
  /// its own way.
  private func hasSharedMoments(_ factory: FoldContextFactory) -> Bool {
    plan.spec.loss.followsFromMoments && !factory.features.hasHoles
  }

  private func ledger(
    _ factory: FoldContextFactory, repeatIndex: Int, shouldAbandon: @escaping @Sendable () -> Bool
  ) -> MomentLedger {
    MomentLedger(
      matrix: factory.features.matrix, target: factory.target,
      weights: factory.weights.ofMeasured,
      groups: plan.data.folds.groups(repeatIndex: repeatIndex), workers: workers,
      shouldAbandon: shouldAbandon)
  }

  /// The rows that winners are refitted on; of no use once `shouldAbandon` is true.
  /// - Parameter start: what the folds left.
  func refit(
    degree: Int, from start: LinearModelRunner.RefitStart?,
    shouldAbandon: @escaping @Sendable () -> Bool
  ) throws -> FoldContext {
    let known: RowMoments?
    switch start {
    case .context(let context): return context
    case .moments(let moments): known = moments
    case nil: known = nil
    }
    let factory = try factory(degree: degree)
    // Those of the first wave, or the same sums anew: the bits do not depend on whether it was run.
    let moments =
      hasSharedMoments(factory)
      ? known
        ?? ledger(factory, repeatIndex: 0, shouldAbandon: shouldAbandon)
        .wave(plan.waves[0].folds, workers: workers).all : nil
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

/// Folds of one repeat that are prepared together.
struct FoldWave: Sendable {
  let repeatIndex: Int
  let folds: Range<Int>
}

extension SweepPlan {
  /// In order of first appearance.
  var degrees: [Int] {
    var degrees: [Int] = []
    for slice in slices where !degrees.contains(slice.degree) { degrees.append(slice.degree) }
    return degrees
  }

  var waves: [FoldWave] {
    let count = data.folds.foldsPerRepeat
    return (0..<data.folds.repeatCount).flatMap { repeatIndex in
      stride(from: 0, to: count, by: MomentLedger.waveSize).map {
        FoldWave(
          repeatIndex: repeatIndex, folds: $0..<min($0 + MomentLedger.waveSize, count))
      }
    }
  }
}

extension Standardization {
  /// - Parameter unit: what a weight of 1 stands for in the weights as they were written.
  func divisor(unit: Double) -> CentredMoments.Divisor? {
    switch self {
    case .population: .population
    case .sample: .sample(unit: unit)
    case .none: nil
    }
  }
}
