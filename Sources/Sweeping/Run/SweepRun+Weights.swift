import Platform
import Results

extension SweepRun {
  /// Predictions take the weights of the winners' jobs: where those were done for a spec that did not ask,
  /// they are fitted again. They count as what they are, jobs that were done.
  func addWeights(
    to results: inout SweepResults, engine: Engine, store: JobStore
  ) throws {
    guard request.spec.asks(for: PredictionColumn.file) else { return }
    let plan = plan
    let jobs = Set(results.winningJobsWithoutWeights)
    guard !jobs.isEmpty else { return }
    _ = try engine.run(
      isWanted: { jobs.contains(plan.jobIndex(point: $0, fold: $1)) }, expectsRefit: false,
      observer: EngineObserver(
        finished: { store.add($0, $1, $2, isDone: true) },
        shouldStop: { Interruption.isRequested || store.failure != nil },
        shouldAbandon: { Interruption.isOverdue }, constantFeatures: { _, _ in },
        likelyWinners: { _, _ in [] }))
    if let failure = store.failure { throw failure }
    if let records = store.complete { results.take(jobs, from: records) }
    guard results.winningJobsWithoutWeights.isEmpty else { throw interruption(store) }
  }
}
