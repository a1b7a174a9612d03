import FoundationEssentials
import Platform
import Sweeping
import Tables

/// Prints the script that submits the sweep to Slurm, or submits it.
func performSlurm(_ options: SlurmOptions) throws -> ExitStatus {
  let spec = try options.spec.load(options.common)
  let output = options.output ?? "results/\(spec.name)"
  if options.spec.path == "-" {
    throw Failure(
      .usage, "the tasks of a job array read the spec themselves, write it to a file", of: "sweep")
  }
  if !options.replaces { try spec.checkOwner(of: output) }
  let script = SlurmScript(
    name: spec.name, shardCount: options.shardCount, program: Paths.program,
    spec: Paths.absolute(options.spec.path), output: Paths.absolute(output),
    commonArguments: options.spec.overrides.flatMap { ["--set", "\($0.path)=\($0.value)"] }
      + (options.replaces ? ["--replace"] : []),
    sbatchArguments: try options.sbatchArguments.map { text throws(ShellWordsError) in
      try ShellWords.split(text)
    } ?? [])
  if options.submits {
    try SlurmSubmission.require(searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "")
    try Folder.create(output)
    try SlurmSubmission.submit(script)
  } else {
    try options.common.print(script.text, command: "slurm", as: "script")
  }
  return .done
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
