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
    JSONText.encode(.object(RunMember.allCases.map { .init($0.rawValue, value(of: $0)) }))
  }

  private func value(of member: RunMember) -> JSONValue {
    let spec = plan.spec
    let dataset = plan.data.dataset
    return switch member {
    case .schemaVersion: .integer(RunManifest.schemaVersion)
    case .program: "sweep"
    case .version: .string(ProgramVersion.number)
    case .commit: ProgramVersion.commit.map { .string($0) } ?? .null
    case .name: .string(spec.name)
    case .spec: .string(spec.text)
    case .specPath: .string(owner.specPath)
    case .overrides: .array(owner.overrides.map { .string($0) })
    case .specHash: .string(ContentHashText.of(spec.text))
    case .dataHash: .string(dataset.contentHash)
    case .rows: .integer(dataset.rowCount)
    case .droppedRows: .integer(dataset.droppedRowCount)
    case .columns: .integer(dataset.featureNames.count)
    case .points: .integer(plan.grid.count)
    case .jobs: .integer(plan.jobCount)
    case .duplicatesDropped: .integer(plan.grid.duplicateCount)
    case .seed: .literal(String(spec.seed))
    case .workers: .integer(workers)
    case .shard: shard.map { .string($0.description) } ?? .null
    case .host: .string(ProcessInfo.processInfo.hostName)
    case .start: .string(start.ISO8601Format())
    case .end: .string(end.ISO8601Format())
    case .seconds:
      [
        "load": .number(seconds.load), "prepare": .number(seconds.prepare),
        "fit": .number(seconds.fit), "write": .number(seconds.write),
      ]
    case .status:
      .object(statusCounts.map { .init($0.status.rawValue, .integer($0.jobs)) })
    case .jobsRun: .integer(jobsRun)
    case .jobsReused: .integer(jobsReused)
    }
  }
}
