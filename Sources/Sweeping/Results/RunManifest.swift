import Datasets
import FoundationEssentials
import LinearModels
import Results
import Tables

/// `run.json`: where the tables came from. The one file that may differ between two equal runs.
struct RunManifest {
  let plan: SweepPlan
  let owner: OutputOwner
  let workers: Int
  let shard: Shard?
  let start: Date
  let end: Date
  var seconds: Seconds
  let statusCounts: [(status: FitStatus, jobs: Int)]
  let jobsRun: Int
  let jobsReused: Int

  static let schemaVersion = 1

  /// Wall time by phase: reading the data; folds and moments; fits; tables.
  struct Seconds: Sendable {
    var load = 0.0
    var prepare = 0.0
    var fit = 0.0
    var write = 0.0
  }

  func text() -> String {
    let spec = plan.spec
    let dataset = plan.data.dataset
    return JSONText.encode(
      .object([
        .init("schema_version", .integer(RunManifest.schemaVersion)),
        .init("program", "sweep"),
        .init("version", .string(ProgramVersion.number)),
        .init("commit", ProgramVersion.commit.map { .string($0) } ?? .null),
        .init("name", .string(spec.name)),
        .init("spec", .string(spec.text)),
        .init("spec_path", .string(owner.specPath)),
        .init("overrides", .array(owner.overrides.map { .string($0) })),
        .init("spec_hash", .string(ContentHashText.of(spec.text))),
        .init("data_hash", .string(dataset.contentHash)),
        .init("rows", .integer(dataset.rowCount)),
        .init("dropped_rows", .integer(dataset.droppedRowCount)),
        .init("columns", .integer(dataset.featureNames.count)),
        .init("points", .integer(plan.grid.count)),
        .init("jobs", .integer(plan.jobCount)),
        .init("duplicates_dropped", .integer(plan.grid.duplicateCount)),
        .init("seed", .literal(String(spec.seed))),
        .init("workers", .integer(workers)),
        .init("shard", shard.map { .string($0.description) } ?? .null),
        .init("host", .string(RunManifest.hostName)),
        .init("start", .string(start.ISO8601Format())),
        .init("end", .string(end.ISO8601Format())),
        .init(
          "seconds",
          .object([
            .init("load", .number(seconds.load)), .init("prepare", .number(seconds.prepare)),
            .init("fit", .number(seconds.fit)), .init("write", .number(seconds.write)),
          ])),
        .init(
          "status", .object(statusCounts.map { .init($0.status.rawValue, .integer($0.jobs)) })),
        .init("jobs_run", .integer(jobsRun)),
        .init("jobs_reused", .integer(jobsReused)),
      ]))
  }

  private static var hostName: String {
    ProcessInfo.processInfo.hostName
  }
}
