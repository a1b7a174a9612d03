import Datasets
import FoundationEssentials
import LinearModels
import ModelSelection
import Numerics
import Tables

/// What `sweep run`, `merge` and `check` are asked to do with a spec.
package struct RunRequest: Sendable {
  package var spec: SweepSpec
  /// The folder for journal and tables; `nil` keeps everything in memory.
  package var output: String?
  package var workers: Int
  /// Forget what the journal holds.
  package var startsFresh = false
  package var shard: Shard?
  package var progress = ProgressStyle.none

  package init(spec: SweepSpec, output: String?, workers: Int) {
    self.spec = spec
    self.output = output
    self.workers = workers
  }
}

/// Why a run gave no tables although nothing was wrong with what the user wrote.
package enum RunStop: Error, CustomStringConvertible {
  case interrupted(done: Int, jobs: Int)
  case incomplete(done: Int, jobs: Int, missingShards: [String])

  package var description: String {
    switch self {
    case .interrupted(let done, let jobs):
      return "interrupted with \(done) of \(jobs) jobs done; the same command goes on from there"
    case .incomplete(let done, let jobs, let missing):
      let names = missing.isEmpty ? "" : "; missing: " + missing.joined(separator: ", ")
      return "\(done) of \(jobs) jobs are done\(names)"
    }
  }
}

/// One sweep, from a spec to tables: load, plan, fit what is not done, select, write.
package struct SweepRun: Sendable {
  let request: RunRequest
  package let plan: SweepPlan
  let keys: JobKeys
  private let start = Date()
  private let loadSeconds: Double
  /// Where messages go that are no result.
  private let log: @Sendable (String) -> Void

  /// Loads the data and lays out the plan; nothing is written yet.
  package init(_ request: RunRequest, log: @escaping @Sendable (String) -> Void) throws {
    self.request = request
    self.log = log
    let clock = ContinuousClock.now
    let spec = request.spec
    keepFreedMemory()
    let dataset = try Dataset.load(
      spec.data, labelColumn: spec.split.labelColumn, allowedLabels: spec.split.allowedLabels,
      extraFiles: spec.split.extraFiles,
      testRows: { spec.split.testRows(rowCount: $0, labels: $1, seed: spec.seed) },
      workers: request.workers)
    plan = try SweepPlan(spec, data: PreparedData(dataset, spec: spec))
    keys = JobKeys(spec, dataHash: dataset.contentHash)
    loadSeconds = clock.secondsUntilNow
    for remark in dataset.remarks { log(remark) }
  }

  package var jobCount: Int { plan.jobCount }

  /// Fits what is missing; with all jobs done, selects and writes the tables.
  /// - Returns: the results, or `nil` for a shard that has done its part.
  package func perform() throws -> SweepOutcome? {
    try plan.checkOverflow(workers: request.workers)
    var lock: RunLock?
    var contents: JournalContents?
    var writer: JournalWriter?
    if let output = request.output {
      lock = try RunLock(output: output, purpose: request.shard == nil ? .run : .shard)
      try FileHandles.require(for: output)
      let journal = Journal(output: output)
      if request.startsFresh { try journal.remove(label: request.shard?.label) }
      contents = try journal.readRecords()
      for warning in contents?.warnings ?? [] { log(warning) }
      writer = try journal.makeWriter(
        label: request.shard?.label ?? "run", stamp: keys.stamp(request.spec))
    }
    let store = JobStore(plan: plan, keys: keys, journal: contents, writer: writer)
    let engine = SweepEngine(plan: plan, workers: request.workers)
    let seconds = try fitMissing(engine, store: store)
    if let failure = store.failure { throw failure }
    if request.shard != nil {
      try writer?.finish()
      if Interruption.isRequested { throw interruption(store) }
      return nil
    }
    guard let records = store.complete else {
      try writer?.finish()
      throw interruption(store)
    }
    let outcome = try finish(
      records, engine: engine, store: store, journal: contents, seconds: seconds)
    try writer?.finish()
    withExtendedLifetime(lock) {}
    return outcome
  }

  /// Writes the tables from what all shards have done, fitting nothing but the winners.
  package func merge() throws -> SweepOutcome {
    guard let output = request.output else { preconditionFailure("a merge needs a folder") }
    guard WholeFile.isFolder(output) else {
      throw RunStop.incomplete(done: 0, jobs: plan.jobCount, missingShards: [])
    }
    try plan.checkOverflow(workers: request.workers)
    let lock = try RunLock(output: output, purpose: .merge)
    let journal = Journal(output: output)
    let contents = try journal.readRecords()
    for warning in contents.warnings { log(warning) }
    let store = JobStore(
      plan: plan, keys: keys, journal: contents, writer: nil, takesFailures: true)
    guard let records = store.complete else {
      let done = store.done
      throw RunStop.incomplete(
        done: done.count { $0 }, jobs: plan.jobCount,
        missingShards: try missingShards(done, labels: journal.labels()))
    }
    let outcome = try finish(
      records, engine: SweepEngine(plan: plan, workers: request.workers), store: store,
      journal: contents, seconds: .init())
    withExtendedLifetime(lock) {}
    return outcome
  }

  private func interruption(_ store: JobStore) -> RunStop {
    .interrupted(done: store.done.count { $0 }, jobs: plan.jobCount)
  }

  private func fitMissing(
    _ engine: SweepEngine, store: JobStore
  ) throws -> SweepEngine.Seconds {
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
    guard total > 0 else { return SweepEngine.Seconds() }
    let progress = Progress(request.progress, total: total, write: StandardError.write)
    defer { progress.finish() }
    let log = log
    return try engine.run(
      isWanted: isWanted, expectsRefit: shard == nil,
      observer: SweepEngine.Observer(
        finished: { identity, points, records in
          store.add(identity, points, records)
          progress.add(points.count)
        },
        shouldStop: { Interruption.isRequested || store.failure != nil },
        shouldAbandon: { Interruption.isOverdue },
        constantFeatures: { identity, names in
          log(
            "repeat \(identity.repeatIndex), fold \(identity.fold): constant in the training rows: "
              + names.prefix(Self.namedFeatureLimit).joined(separator: ", ")
              + (names.count > Self.namedFeatureLimit
                ? " and \(names.count - Self.namedFeatureLimit) more" : ""))
        },
        likelyWinners: { store.likelyWinners($0, limit: $1) }))
  }

  /// How many names a message lists.
  private static let namedFeatureLimit = 10

  private func finish(
    _ records: [JobRecord], engine: SweepEngine, store: JobStore, journal: JournalContents?,
    seconds: SweepEngine.Seconds
  ) throws -> SweepOutcome {
    let results = SweepResults(plan: plan, records: records)
    let fitStart = ContinuousClock.now
    var refits = store.refits(of: results.selectedPoints, in: journal)
    let missing = results.selectedPoints.filter { refits[$0] == nil }
    let fresh = try engine.refit(missing) { Interruption.isOverdue }
    store.addRefits(fresh)
    if fresh.count < missing.count { throw interruption(store) }
    refits.merge(fresh) { old, _ in old }
    let refitSeconds = fitStart.secondsUntilNow
    var outcome = SweepOutcome(
      results: results, refits: refits, reusedCount: store.reusedCount)
    guard let output = request.output else { return outcome }

    let writeStart = ContinuousClock.now
    let files = try ResultFiles(
      results: results, refits: refits, engine: engine, folder: output, workers: request.workers)
    outcome.files = try files.write()
    var manifest = RunManifest(
      plan: plan, workers: request.workers, shard: request.shard, start: start, end: Date(),
      seconds: RunManifest.Seconds(
        load: loadSeconds, prepare: seconds.prepare, fit: seconds.fit + refitSeconds),
      statusCounts: results.statusCounts(), jobsRun: store.runCount, jobsReused: store.reusedCount)
    manifest.seconds.write = writeStart.secondsUntilNow
    try WholeFile.write(manifest.text(), to: output + "/run.json")
    outcome.files.append("run.json")
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

/// What a finished sweep leaves behind.
package struct SweepOutcome: Sendable {
  let results: SweepResults
  let refits: [Int: JobRecord]
  /// Jobs whose records came from the journal.
  package let reusedCount: Int
  /// The names of the files that were written.
  package var files: [String] = []

  /// Whether a job failed, or no point is `ok`.
  package var hasFailed: Bool {
    results.records.contains { $0.status == .failed }
      || !results.points.contains { $0.status == .ok }
  }
}

extension SplitPlan {
  /// The column that says which set a row belongs to.
  fileprivate var labelColumn: String? {
    switch kind {
    case .column(let name), .foldColumn(let name): name
    default: nil
    }
  }

  fileprivate var allowedLabels: [String]? {
    if case .column = kind { SplitPlan.columnLabels } else { nil }
  }

  fileprivate var extraFiles: [Dataset.ExtraFile] {
    guard case .files(let validation, let test) = kind else { return [] }
    return [("validation", validation)] + (test.map { [("test", $0)] } ?? [])
  }
}
