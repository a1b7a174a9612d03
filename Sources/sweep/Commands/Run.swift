import Charts
import FoundationEssentials
import Journal
import Platform
import Sweeping
import Tables

struct RunCommand: Command {
  static let declaration = CommandDeclaration(
    operands: [.spec], summary: "fit every point of a grid and write the tables",
    details: """
      Results go to ./results/<name>. What is done is kept: after an interruption, or with points
      added, 'run' fits only what is new. The first Ctrl-C finishes the jobs in flight.
      """,
    examples: [
      ("sweep run experiments/ridge.json", "fit what is not done yet"),
      (
        "sweep run experiments/complexity.json --set grid.lambda=0.1 -o /tmp/one",
        "another grid, elsewhere"
      ),
      ("sweep run experiments/ridge.json -j 4 --output /tmp/ridge", "elsewhere, 4 at a time"),
      ("sweep run experiments/ridge.json --shard 2/3", "the second of three parts"),
    ])

  let spec: SpecArgument
  /// `nil` means `./results/<name>`.
  let output: String?
  /// `nil` means as many as there are cores.
  let workers: Int?
  /// Forget what is done.
  let isFresh: Bool
  /// Take a folder over from another spec or other overrides.
  let replaces: Bool
  /// `nil` means everything.
  let shard: Shard?
  let common: CommonOptions

  init(_ reader: OptionReader) throws(UsageError) {
    spec = try reader.spec()
    output = try reader.path(.output)
    workers = try reader.whole(.jobs)
    isFresh = reader.has(.fresh)
    replaces = reader.has(.replace)
    _ = try reader.choice(.rerun, Rerun.self)
    shard = try reader.shard()
    common = try reader.common()
  }

  private enum Rerun: String {
    case failed
  }

  func perform() throws -> ExitStatus {
    Interruption.install()
    let (run, output) = try prepare { spec, output in
      if !replaces { try spec.checkOwner(of: output) }
    }
    try run.checkMemory()
    guard let outcome = try run.perform() else {
      let shard = shard?.description ?? ""
      if common.format == .json {
        try Terminal.print(
          JSONText.encode([
            "schema_version": 1, "command": "run", "output": .string(output),
            "shard": .string(shard),
          ]))
      } else if !common.isQuiet {
        Terminal.printError("shard \(shard) is done; when all are, sweep merge writes the tables")
      }
      return .done
    }
    try common.print(outcome, of: "run", folder: output)
    return outcome.hasFailed ? .jobsFailed : .done
  }
}

extension RunCommand {
  /// Reads spec and data, and lays out the plan.
  /// - Parameter admit: looks at the spec and the output folder before the data are read.
  func prepare(
    _ admit: (SweepSpec, String) throws -> Void
  ) throws -> (run: SweepRun, output: String) {
    let spec = try spec.load(common)
    let output = output ?? "results/\(spec.name)"
    try admit(spec, output)
    var request = RunRequest(
      spec: spec, output: output, workers: workers ?? Processors.available)
    request.startsFresh = isFresh
    request.shard = shard
    request.progress = common.progressStyle
    return (try SweepRun(request, log: common.log), output)
  }
}

/// The cores that this process may use.
enum Processors {
  static var available: Int { Machine.current.processorCount }
}

extension CommonOptions {
  func print(_ outcome: SweepOutcome, of command: String, folder: String?) throws {
    switch format {
    case .json:
      try Terminal.print(JSONText.encode(outcome.json(command: command, folder: folder)))
    case .text, .github:
      guard !isQuiet else { return }
      try Terminal.show(outcome.summary(folder: folder, style: terminalStyle))
    }
  }

  /// Messages that are no result, on stderr.
  var log: @Sendable (String) -> Void {
    if isQuiet { return { (_: String) in } }
    if format == .json {
      return { (message: String) in
        StandardStream.error.writeIfTaken(
          JSONText.encode(["remark": .string(message)], style: .compact) + "\n")
      }
    }
    return { (message: String) in Terminal.printError("sweep: " + printable(message)) }
  }

  /// The style with `auto` decided: a bar only on a terminal outside of CI.
  var progressStyle: ProgressStyle {
    if isQuiet { return .none }
    guard progress == .auto else { return progress }
    let environment = ProcessInfo.processInfo.environment
    let isTerminal = StandardStream.error.isTerminal && environment["TERM"] != "dumb"
    return isTerminal && environment["CI"] == nil ? .bar : .lines
  }

  /// What stdout can show: colour on a terminal unless `NO_COLOR` is set, Unicode where the locale
  /// has it.
  var terminalStyle: TerminalStyle {
    let environment = ProcessInfo.processInfo.environment
    let isTerminal = StandardStream.output.isTerminal && environment["TERM"] != "dumb"
    let allowsColor = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty
    let isUnicode = environment["TERM"] != "dumb" && OutputLocale.isUnicode
    let hasColor =
      switch color {
      case .auto: allowsColor
      case .always: true
      case .never: false
      }
    return TerminalStyle(isUnicode: isUnicode, hasColor: hasColor, width: Terminal.width)
  }
}
