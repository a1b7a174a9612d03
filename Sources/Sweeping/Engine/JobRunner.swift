package import Numerics

/// What the jobs of a sweep are: how training sets are made ready for them, which of them go together, and
/// how they are run. The engine knows no more of them than this.
package protocol JobRunner: Sendable {
  /// What the jobs of one fold share.
  associatedtype TrainingSet: Sendable
  /// What the folds leave for the refits of winners.
  associatedtype RefitBasis: Sendable

  /// Makes the folds with wanted jobs ready, some at a time, and has their jobs run before the next.
  ///
  /// - Parameters:
  ///   - leavesRefit: whether winners will be refitted, so that it can be prepared for beside the folds.
  ///   - shouldStop: asked now and then: whether to prepare no more.
  /// - Returns: `nil` where nothing is left for refits.
  func prepareFolds(
    isWanted: @Sendable (_ point: Int, _ fold: Int) -> Bool, leavesRefit: Bool, workers: Int,
    shouldStop: @escaping @Sendable () -> Bool, run: (PreparedFolds<TrainingSet>) -> Void
  ) throws -> RefitBasis?

  /// Makes the training sets of some winners' refits ready, one after another.
  func prepareRefits(
    of points: [Int], from basis: RefitBasis?, workers: Int,
    shouldAbandon: @escaping @Sendable () -> Bool, run: (PreparedFold<TrainingSet>) -> Void
  ) throws

  /// Groups points that are run together on one training set.
  func cohorts(of points: [Int], context: Int) -> [Cohort]

  /// A rough number of operations, to start the longest cohort first.
  func cost(of cohort: Cohort, on set: TrainingSet) -> Double

  /// One record per point, in order; `nil` when the jobs were abandoned.
  ///
  /// - Parameters:
  ///   - workers: more than one only where nothing else runs.
  ///   - idle: who may take over a part of the work.
  func records(
    of points: [Int], on set: TrainingSet, workers: Int, idle: IdleWorkers?,
    shouldAbandon: @escaping @Sendable () -> Bool
  ) -> [JobRecord]?
}

/// A prepared training set and the points that are to be fitted on it.
package struct PreparedFold<TrainingSet: Sendable>: Sendable {
  package let identity: FoldIdentity
  package let set: TrainingSet
  package let points: [Int]
  /// Features without variation there.
  let constantFeatures: [String]

  package init(
    _ identity: FoldIdentity, _ set: TrainingSet, points: [Int], constantFeatures: [String] = []
  ) {
    self.identity = identity
    self.set = set
    self.points = points
    self.constantFeatures = constantFeatures
  }
}

/// Folds that are prepared together.
package struct PreparedFolds<TrainingSet: Sendable>: Sendable {
  package let folds: [PreparedFold<TrainingSet>]
  /// The training set of the winners' refit, where these are the last folds and it is ready.
  package let refit: TrainingSet?

  package init(folds: [PreparedFold<TrainingSet>], refit: TrainingSet?) {
    self.folds = folds
    self.refit = refit
  }
}
