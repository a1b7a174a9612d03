import Datasets
import Journal
import LinearModels
import ModelSelection
import Numerics
import Platform
import Results
package import Tables

/// What `sweep plan` tells: sizes, what is done, new or stale and why, memory and time.
package struct PlanReport: Sendable {
  let plan: SweepPlan
  let done: Int
  /// Records in the journal that no job of this spec wants, by what differs.
  let stale: [(reason: String, records: Int)]
  let memory: Double
  let workers: Int
  /// Jobs that this shard would run, when there is one.
  let shardJobs: Int?

  private var new: Int { plan.jobCount - done }

  package func text() -> String {
    let folds = plan.data.folds
    let grid = plan.grid
    var lines = [
      "\(plan.spec.name): \(counted(grid.count, "point")) × "
        + counted(folds.foldsPerRepeat, "fold")
        + (folds.repeatCount > 1 ? " × \(folds.repeatCount) repeats" : "")
        + " = \(counted(plan.jobCount, "job"))",
      "rows        \(plan.data.dataset.rowCount), of which \(folds.testRows.count) held out for the test",
      "features    \(plan.data.dataset.featureNames.count) read",
      "dropped     \(counted(grid.duplicateCount, "duplicate point")), \(grid.excludedCount) excluded",
      "done        \(counted(done, "job")), to be reused",
      "new         \(counted(new, "job"))",
    ]
    if let classes = plan.data.classText(plan.spec) { lines.append("classes     \(classes)") }
    if let shardJobs { lines.append("this shard  \(counted(shardJobs, "job")) in all") }
    if stale.isEmpty {
      lines.append("stale       0 records in the journal")
    } else {
      for (reason, records) in stale {
        lines.append("stale       \(counted(records, "record")) in the journal: \(reason)")
      }
    }
    lines.append("memory      about \(PlanReport.bytes(memory))")
    lines.append(
      "time        about \(PlanReport.time(seconds)) on \(counted(workers, "core")) (a rough guess)"
    )
    return lines.map(printable).joined(separator: "\n") + "\n"
  }

  package var json: JSONValue {
    .object(
      [
        .init("schema_version", 1), .init("command", "plan"),
        .init("name", .string(plan.spec.name)),
        .init("points", .integer(plan.grid.count)),
        .init("folds", .integer(plan.data.folds.foldsPerRepeat)),
        .init("repeats", .integer(plan.data.folds.repeatCount)),
        .init("jobs", .integer(plan.jobCount)),
        .init("duplicates_dropped", .integer(plan.grid.duplicateCount)),
        .init("excluded", .integer(plan.grid.excludedCount)),
        .init("done", .integer(done)), .init("new", .integer(new)),
        .init("shard_jobs", shardJobs.map { .integer($0) } ?? .null),
        .init(
          "stale",
          .array(
            stale.map {
              .object([.init("records", .integer($0.records)), .init("reason", .string($0.reason))])
            })),
        .init("memory_bytes", .number(memory.rounded())),
        .init("seconds_estimate", .number(seconds)),
      ] + (plan.data.classesJSON.map { [.init("classes", $0)] } ?? []))
  }

  /// From the operations of the cohorts at a speed that any machine of today reaches.
  private var seconds: Double {
    let share = plan.jobCount > 0 ? Double(new) / Double(plan.jobCount) : 0
    return plan.operationCount * share / (2e9 * Double(max(workers, 1)))
  }

  private static func bytes(_ count: Double) -> String {
    count < 1e6 ? "\(Int(count / 1e3) + 1) kB" : "\(Int((count / 1e6).rounded(.up))) MB"
  }

  private static func time(_ seconds: Double) -> String {
    if seconds < 1 { return "a second" }
    if seconds < 120 { return "\(Int(seconds.rounded(.up))) s" }
    if seconds < 7200 { return "\(Int((seconds / 60).rounded(.up))) min" }
    if seconds < 3 * 86400 { return "\(Int((seconds / 3600).rounded(.up))) h" }
    if seconds < 1000 * 86400 { return "\(Int((seconds / 86400).rounded(.up))) days" }
    return seconds < 3.2e10
      ? "\(Int((seconds / 3.15576e7).rounded(.up))) years" : "more than a thousand years"
  }
}

extension SweepPlan {
  /// A rough count of what all jobs cost, in multiply-adds of one lane block.
  var operationCount: Double {
    var total = 0.0
    for slice in slices {
      let features = featureCount(degree: slice.degree)
      let cohorts = cohorts(of: slice.points, context: 0)
      for fold in 0..<foldCount {
        let rows = trainingRowCount(fold, trainSize: slice.trainSize)
        let d = Double(features)
        total += Double(rows) * d * d / 2 + 2 * d * d * d
        for cohort in cohorts {
          total += cohort.cost(
            in: grid, rowCount: rows, featureCount: features, loss: spec.loss)
        }
      }
    }
    return total
  }

  /// What a run holds at its fullest.
  func memory(workers: Int) -> Double {
    let features = data.dataset.features
    return PlanSizes(spec, grid: grid, workers: workers).memory(
      rows: data.dataset.rowCount, columns: data.dataset.featureNames.count,
      storedBytes: Double(features.byteCount), isSparse: features.isStoredSparse,
      foldsPerRepeat: data.folds.foldsPerRepeat)
  }
}

extension SweepRun {
  /// What a run would do; nothing is written.
  package func report() throws -> PlanReport {
    var contents = JournalContents()
    if let output = request.output, !request.startsFresh {
      contents = try Journal(output: output).readRecords(for: request.spec)
    }
    let store = JobStore(plan: plan, keys: keys, journal: contents, writer: nil)
    let shardJobs = request.shard.map { shard in
      plan.shardAssignment(shard.count).count { $0 == shard.index - 1 }
    }
    let refitCount = store.refits(of: Array(0..<plan.grid.count), in: contents).count
    return PlanReport(
      plan: plan, done: store.reusedCount,
      stale: stale(
        in: contents, used: store.reusedCount + refitCount, lacking: store.lackingCount),
      memory: plan.memory(workers: request.workers), workers: request.workers,
      shardJobs: shardJobs)
  }

  /// Why records are not used, from what their files say of the spec they were made for.
  private func stale(
    in contents: JournalContents, used: Int, lacking: Int
  ) -> [(reason: String, records: Int)] {
    let current = lines(of: keys.stamp(request.spec))
    var reasons: [(reason: String, records: Int)] = []
    var fitting = 0
    for file in contents.files where file.recordCount > 0 {
      guard case .whole(let stamp) = file.header else { continue }
      let differing = zip(current, lines(of: stamp)).filter { $0 != $1 }.compactMap {
        $0.0.split(separator: " ").first.map(String.init)
      }
      if differing.isEmpty {
        fitting += file.recordCount
      } else {
        let reason = "other " + differing.joined(separator: ", ")
        if let index = reasons.firstIndex(where: { $0.reason == reason }) {
          reasons[index].records += file.recordCount
        } else {
          reasons.append((reason, file.recordCount))
        }
      }
    }
    if lacking > 0 {
      reasons.append(("without a metric or output that is asked for now", lacking))
    }
    let others = fitting - used - lacking - contents.duplicateCount
    if others > 0 { reasons.append(("not in this grid", others)) }
    return reasons
  }

  private func lines(of stamp: [UInt8]) -> [String] {
    String(decoding: stamp, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }

  /// Holds the plan against `limits.max_memory_gb`, or the machine's memory.
  package func checkMemory() throws {
    let needed = plan.memory(workers: request.workers)
    if let errors = PlanSizes.excess(of: request.spec, needed: needed) { throw errors }
  }
}
