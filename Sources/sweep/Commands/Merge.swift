import Sweeping

struct MergeCommand: Command {
  static let declaration = CommandDeclaration(
    operands: [.spec], summary: "write the tables from the journals of all shards",
    details: "Exits with 5 and names what is missing when some shard is not done.",
    examples: [("sweep merge experiments/ridge.json", "after the last shard")])

  let spec: SpecArgument
  let output: String?
  let replaces: Bool
  let common: CommonOptions

  init(_ reader: OptionReader) throws(UsageError) {
    spec = try reader.spec()
    output = try reader.path(.output)
    replaces = reader.has(.replace)
    common = try reader.common()
  }

  func perform() throws -> ExitStatus {
    let spec = try spec.load(common)
    let output = output ?? "results/\(spec.name)"
    if !replaces { try spec.checkOwner(of: output) }
    let request = RunRequest(spec: spec, output: output, workers: Processors.available)
    let outcome = try SweepRun(request, log: common.log).merge()
    try common.print(outcome, of: "merge", folder: output)
    return outcome.hasFailed ? .jobsFailed : .done
  }
}
