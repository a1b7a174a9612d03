import Charts
import FoundationEssentials
import Platform
import Sweeping
import Tables

func performRun(_ options: RunOptions) throws -> ExitStatus {
  Interruption.install()
  let (run, output) = try options.prepare()
  try run.checkMemory()
  guard let outcome = try run.perform() else {
    let shard = options.shard?.description ?? ""
    if options.common.format == .json {
      try Terminal.print(
        JSONText.encode([
          "schema_version": 1, "command": "run", "output": .string(output),
          "shard": .string(shard),
        ]))
    } else if !options.common.isQuiet {
      Terminal.printError("shard \(shard) is done; when all are, sweep merge writes the tables")
    }
    return .done
  }
  try options.common.print(outcome, of: "run", folder: output)
  return outcome.hasFailed ? .jobsFailed : .done
}

extension RunOptions {
  /// Reads spec and data, and lays out the plan.
  func prepare() throws -> (run: SweepRun, output: String) {
    let spec = try spec.load()
    let output = output ?? "results/\(spec.name)"
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
      try Terminal.print(outcome.summary(folder: folder, style: terminalStyle))
    }
  }

  /// Messages that are no result, on stderr.
  var log: @Sendable (String) -> Void {
    if isQuiet { return { (_: String) in } }
    return { (message: String) in Terminal.printError("sweep: " + message) }
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
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first {
      !$0.isEmpty
    }
    let isUnicode =
      environment["TERM"] != "dumb"
      && (locale.map { $0.uppercased().contains("UTF") || $0 == "C.utf8" } ?? true)
    let hasColor =
      switch color {
      case .auto: allowsColor
      case .always: true
      case .never: false
      }
    let width = environment["COLUMNS"].flatMap { Int($0) } ?? 80
    return TerminalStyle(isUnicode: isUnicode, hasColor: hasColor, width: width)
  }
}
