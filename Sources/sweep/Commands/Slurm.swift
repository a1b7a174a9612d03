import FoundationEssentials
import Platform
import Sweeping
import Tables

/// Prints the script that submits the sweep to Slurm, or submits it.
struct SlurmCommand: Command {
  static let declaration = CommandDeclaration(
    operands: [.spec],
    summary: "print (or submit) a Slurm job array and the merge that waits for it",
    examples: [
      ("sweep slurm experiments/ridge.json --shards 16", "print the scripts"),
      (
        "sweep slurm experiments/ridge.json --shards 16 --sbatch-args \"--mem 4G\"",
        "with more memory"
      ),
      ("sweep slurm experiments/ridge.json --shards 16 --submit", "submit them"),
    ])

  let spec: SpecArgument
  let output: String?
  let shardCount: Int
  /// Passed to `sbatch` as written.
  let sbatchArguments: String?
  let submits: Bool
  let replaces: Bool
  let common: CommonOptions

  init(_ reader: OptionReader) throws(UsageError) {
    spec = try reader.spec()
    output = try reader.path(.output)
    guard let shards = try reader.whole(.shards) else {
      throw .missingOption(.shards, command: .slurm)
    }
    shardCount = shards
    sbatchArguments = reader.scanned.last(.sbatchArgs)
    submits = reader.has(.submit)
    replaces = reader.has(.replace)
    common = try reader.common()
  }

  func perform() throws -> ExitStatus {
    let spec = try self.spec.load(common)
    let output = output ?? "results/\(spec.name)"
    if self.spec.path == "-" {
      throw Failure(
        .usage, "the tasks of a job array read the spec themselves, write it to a file", of: "sweep"
      )
    }
    if !replaces { try spec.checkOwner(of: output) }
    let script = SlurmScript(
      name: spec.name, shardCount: shardCount, program: Paths.program,
      spec: Paths.absolute(self.spec.path), output: Paths.absolute(output),
      commonArguments: self.spec.overrides.flatMap { ["--set", "\($0.path)=\($0.value)"] }
        + (replaces ? ["--replace"] : []),
      sbatchArguments: try sbatchArguments.map { text throws(ShellWordsError) in
        try ShellWords.split(text)
      } ?? [])
    if submits {
      try SlurmSubmission.require(searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "")
      try Folder.create(output)
      try SlurmSubmission.submit(script)
    } else {
      try common.print(script.text, command: "slurm", as: "script")
    }
    return .done
  }
}

/// Paths that hold from another working folder.
private enum Paths {
  static var program: String {
    ThisProcess.executablePath ?? absolute(ThisProcess.arguments[0])
  }

  static func absolute(_ path: String) -> String {
    path.utf8.first == UInt8(ascii: "/") ? path : ThisProcess.workingFolder + "/" + path
  }
}
