/// What a caller may do while jobs run; called from any thread.
package struct EngineObserver: Sendable {
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
