/// The members of `run.json`.
package enum RunMember: String, ResultField {
  case schemaVersion = "schema_version"
  case program, version, commit, name, spec
  case specPath = "spec_path"
  case overrides
  case specHash = "spec_hash"
  case dataHash = "data_hash"
  case rows
  case droppedRows = "dropped_rows"
  case columns, points, jobs
  case duplicatesDropped = "duplicates_dropped"
  case seed, workers, shard, host, start, end, seconds, status
  case jobsRun = "jobs_run"
  case jobsReused = "jobs_reused"

  package static let file = ResultFile(
    "run.json", "Where the tables came from: the one file that may differ between equal runs.")

  package var declaration: FieldDeclaration {
    switch self {
    case .schemaVersion: .schemaVersion
    case .program: string("The program.", "sweep")
    case .version: string("The program's version.", "0.2.0")
    case .commit: string("The commit it was built from.", "1b2c3d4", emptyWhen: "it is not known")
    case .name: .name
    case .spec: string("The spec as it was read, before `overrides`.", "{\\\"data\\\": …}")
    case .specPath:
      string("The spec's path, relative to the folder of results.", "../../ridge.json")
    case .overrides:
      FieldDeclaration(
        .text("an array of strings"), "What `--set` changed, in order.",
        example: #"["seed=8"]"#)
    case .specHash: string("A hash of the spec's text.", "9f86d081884c7d65")
    case .dataHash: string("A hash of the data that were read.", "60303ae22b998861")
    case .rows: count("Rows of the data that are used.", "442")
    case .droppedRows: count("Rows left out, as a cell was missing.", "0")
    case .columns: count("Features before any expansion.", "10")
    case .points: count("Points of the grid.", "17")
    case .jobs: count("Points × folds × repeats.", "85")
    case .duplicatesDropped: count("Points left out, as the grid has them twice.", "0")
    case .seed: count("The only source of randomness.", "7")
    case .workers: count("How many jobs ran at a time.", "8")
    case .shard: string("The part that this run did.", "2/4", emptyWhen: "it did all")
    case .host: string("The machine.", "node17")
    case .start: string("When it began, in UTC.", "2026-01-31T12:00:00Z")
    case .end: string("When the tables were written, in UTC.", "2026-01-31T12:00:05Z")
    case .seconds:
      FieldDeclaration(
        .text("an object of numbers"),
        "Wall time by phase: reading the data, folds and moments, fits, tables.", unit: "seconds",
        example: #"{"load": 0.01, "prepare": 0.02, "fit": 0.4, "write": 0.01}"#)
    case .status:
      FieldDeclaration(
        .text("an object of whole numbers"), "How many jobs ended how.", example: #"{"ok": 85}"#)
    case .jobsRun: count("Jobs that this run fitted.", "85")
    case .jobsReused: count("Jobs that the journal had.", "0")
    }
  }

  private func count(_ text: String, _ example: String) -> FieldDeclaration {
    FieldDeclaration(.count, text, example: example)
  }

  private func string(
    _ text: String, _ example: String, emptyWhen: String? = nil
  ) -> FieldDeclaration {
    FieldDeclaration(.text("a string"), text, emptyWhen: emptyWhen, example: "\"\(example)\"")
  }
}
