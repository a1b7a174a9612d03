import Datasets
import FoundationEssentials
import Journal
import LinearModels
import ModelSelection
import Numerics
import Platform
import Results

/// One sweep, from a spec to tables: load, plan, fit what is not done, select, write.
package struct SweepRun: Sendable {
  typealias Engine = SweepEngine<LinearModelRunner>

  let request: RunRequest
  package let plan: SweepPlan
  let keys: JobKeys
  private let start = Date()
  private let loadSeconds: Double
  /// Where messages go that are no result.
  private let log: @Sendable (String) -> Void

  /// Loads the data and lays out the plan; nothing is written yet.
  package init(_ request: RunRequest, log: @escaping @Sendable (String) -> Void) throws {
    var request = request
    self.log = log
    let clock = ContinuousClock.now
    let spec = request.spec
    try FileHandles.require(for: request.output ?? "sweep")
    request.limitWorkers(log: log)
    self.request = request
    let grid = try Grid(spec)
    let sizes = PlanSizes(spec, grid: grid, workers: request.workers)
    try sizes.checkFolds(rowCount: nil)
    keepFreedMemory()
    let dataset = try spec.loadData(
      workers: request.workers, sizeCheck: SizeCheck { sizes.refusal(rows: $0, columns: $1) })
    try sizes.checkFolds(rowCount: dataset.rowCount)
    plan = try SweepPlan(spec, data: PreparedData(dataset, spec: spec), grid: grid)
    keys = JobKeys(spec, data: plan.data)
    loadSeconds = clock.secondsUntilNow
    for remark in dataset.remarks { log(remark) }
  }

  package var jobCount: Int { plan.jobCount }

  /// Fits what is missing; with all jobs done, selects and writes the tables.
  /// - Returns: the results, or `nil` for a shard that has done its part.
  package func perform() throws -> SweepOutcome? {
    for remark in plan.rowLimitRemarks { log(remark) }
    try plan.checkOverflow(workers: request.workers)
    var lock: RunLock?
    var contents: JournalContents?
    var writer: JournalWriter?
    if let output = request.output {
      lock = try RunLock(output: output, purpose: request.shard == nil ? .run : .shard)
      let journal = Journal(output: output)
      if request.shard == nil { try WholeFile.removeLeftovers(in: output) }
      if request.startsFresh { try journal.remove(label: request.shard?.label) }
      contents = try journal.readRecords(for: request.spec)
      if request.shard == nil { try journal.removeEmpty(in: contents) }
      for warning in contents?.warnings ?? [] { log(warning) }
      try plan.data.dataset.checkFiles()
      writer = try journal.makeWriter(
        label: request.shard?.label ?? "run", stamp: keys.stamp(request.spec))
    }
    let outcome = try keeping(writer) {
      let store = JobStore(plan: plan, keys: keys, journal: contents, writer: writer)
      warn(of: store)
      let engine = Engine(plan: plan, workers: request.workers)
      let fitted = try heeding(store) { try fitMissing(engine, store: store) }
      if let failure = store.failure { throw failure }
      if request.shard != nil {
        if Interruption.isRequested { throw interruption(store) }
        return SweepOutcome?.none
      }
      guard let records = store.complete else { throw interruption(store) }
      return try heeding(store) {
        try finish(records, engine: engine, store: store, journal: contents, fitted: fitted)
      }
    }
    withExtendedLifetime(lock) {}
    return outcome
  }

  /// Does some work; where a signal ended the making of features, the error counts the jobs.
  private func heeding<Result>(_ store: JobStore, _ work: () throws -> Result) throws -> Result {
    do {
      return try work()
    } catch DatasetError.interrupted {
      throw interruption(store)
    }
  }

  /// Does some work that writes to a journal. Its records stay whatever happens, unless a data file changed;
  /// without records there is no file.
  private func keeping<Result>(
    _ writer: JournalWriter?, _ work: () throws -> Result
  ) throws -> Result {
    let result: Result
    do {
      result = try work()
    } catch {
      // The error that matters is the first one.
      if case DatasetError.changed = error { try? writer?.discard() } else { try? writer?.finish() }
      throw error
    }
    try writer?.finish()
    return result
  }

  private func warn(of store: JobStore) {
    if store.misshapenCount > 0 {
      log(
        "\(store.misshapenCount) records in the journal have not the shape of this spec's; "
          + "the jobs they held are run again")
    }
  }

  /// Writes the tables from what all shards have done, fitting nothing but the winners.
  package func merge() throws -> SweepOutcome {
    guard let output = request.output else { preconditionFailure("a merge needs a folder") }
    guard Folder.isThere(output) else {
      throw RunStop.incomplete(done: 0, jobs: plan.jobCount, missingShards: [])
    }
    try plan.checkOverflow(workers: request.workers)
    let lock = try RunLock(output: output, purpose: .merge)
    let journal = Journal(output: output)
    let contents = try journal.readRecords(for: request.spec)
    for warning in contents.warnings { log(warning) }
    try WholeFile.removeLeftovers(in: output)
    try plan.data.dataset.checkFiles()
    // For the winners' refits, which a later merge or run need not do again.
    let writer = try journal.makeWriter(label: "merge", stamp: keys.stamp(request.spec))
    let outcome = try keeping(writer) {
      let store = JobStore(
        plan: plan, keys: keys, journal: contents, writer: writer, takesFailures: true)
      warn(of: store)
      guard let records = store.complete else {
        let done = store.done
        throw RunStop.incomplete(
          done: done.count { $0 }, jobs: plan.jobCount,
          missingShards: try missingShards(done, labels: journal.labels()))
      }
      return try finish(
        records, engine: Engine(plan: plan, workers: request.workers), store: store,
        journal: contents, fitted: .init())
    }
    withExtendedLifetime(lock) {}
    return outcome
  }

  func interruption(_ store: JobStore) -> RunStop {
    .interrupted(done: store.done.count { $0 }, jobs: plan.jobCount)
  }

  private func fitMissing(
    _ engine: Engine, store: JobStore
  ) throws -> Engine.Outcome {
    let done = store.done
    let plan = plan
    let shard = request.shard
    let assigned = shard.map { plan.shardAssignment($0.count) }
    @Sendable func isWanted(_ point: Int, _ fold: Int) -> Bool {
      let job = plan.jobIndex(point: point, fold: fold)
      guard !done[job] else { return false }
      guard let assigned, let shard else { return true }
      return assigned[job] == shard.index - 1
    }
    let total = (0..<plan.grid.count).reduce(0) { sum, point in
      sum + (0..<plan.foldCount).count { isWanted(point, $0) }
    }
    guard total > 0 else { return Engine.Outcome() }
    let progress = Progress(
      request.progress, total: total, write: StandardStream.error.writeIfTaken)
    defer { progress.finish() }
    let constants = ConstantFeatures()
    let outcome = try engine.run(
      isWanted: isWanted, expectsRefit: shard == nil,
      observer: EngineObserver(
        finished: { identity, points, records in
          store.add(identity, points, records)
          progress.add(points.count)
        },
        shouldStop: { Interruption.isRequested || store.failure != nil },
        shouldAbandon: { Interruption.isOverdue },
        constantFeatures: { constants.add($0, $1) },
        likelyWinners: { store.likelyWinners($0, limit: $1) }))
    if let remark = constants.remark { log(remark) }
    return outcome
  }

  private func finish(
    _ records: [JobRecord], engine: Engine, store: JobStore, journal: JournalContents?,
    fitted: Engine.Outcome
  ) throws -> SweepOutcome {
    var results = SweepResults(plan: plan, records: records)
    for line in results.undefinedMetrics.lines { log(line) }
    let fitStart = ContinuousClock.now
    var refits = store.refits(of: results.selectedPoints, in: journal)
    let missing = results.selectedPoints.filter { refits[$0] == nil }
    let fresh = try engine.refit(missing, after: fitted) { Interruption.isOverdue }
    store.addRefits(fresh)
    if let failure = store.failure { throw failure }
    if fresh.count < missing.count { throw interruption(store) }
    try addWeights(to: &results, engine: engine, store: store)
    refits.merge(fresh) { old, _ in old }
    let refitSeconds = fitStart.secondsUntilNow
    var outcome = SweepOutcome(
      results: results, refits: refits, reusedCount: store.reusedCount)
    guard let output = request.output else { return outcome }

    let writeStart = ContinuousClock.now
    let files = try ResultFiles(
      results: results, refits: refits, engine: engine, folder: output, workers: request.workers)
    let written = try files.write(
      shouldAbandon: { Interruption.isOverdue }, check: { try plan.data.dataset.checkFiles() })
    guard let written else { throw interruption(store) }
    outcome.files = written
    var manifest = RunManifest(
      plan: plan, owner: OutputOwner(plan.spec, output: output), workers: request.workers,
      shard: request.shard, start: start, end: Date(),
      seconds: RunManifest.Seconds(
        load: loadSeconds, prepare: fitted.seconds.prepare, fit: fitted.seconds.fit + refitSeconds),
      statusCounts: results.statusCounts(), jobsRun: store.runCount, jobsReused: store.reusedCount)
    manifest.seconds.write = writeStart.secondsUntilNow
    try WholeFile.write(manifest.text(), to: RunMember.file.path(in: output))
    outcome.files.append(RunMember.file.name)
    return outcome
  }

  /// The shards of the largest split seen in the journal that still have jobs to do.
  private func missingShards(_ done: [Bool], labels: [String]) -> [String] {
    let shards = labels.compactMap { Shard(label: $0) }
    guard let count = shards.map(\.count).max() else { return [] }
    let assigned = plan.shardAssignment(count)
    let missing = Set(done.indices.filter { !done[$0] }.map { assigned[$0] })
    return missing.sorted().map { "shard \($0 + 1)/\(count)" }
  }
}
