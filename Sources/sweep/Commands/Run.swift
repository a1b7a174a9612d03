import FoundationEssentials
import Glibc
import Sweeping

func performRun(_ options: RunOptions) throws -> ExitStatus {
  let spec = try options.spec.load()
  var request = RunRequest(
    spec: spec, output: options.output ?? "results/\(spec.name)",
    workers: options.workers ?? ProcessInfo.processInfo.activeProcessorCount)
  request.startsFresh = options.isFresh
  request.shard = options.shard
  request.progress = options.common.progressStyle
  let isQuiet = options.common.isQuiet
  let outcome = try SweepRun(request) { if !isQuiet { Terminal.printError($0) } }.perform()
  return outcome?.hasFailed == true ? .jobsFailed : .done
}

extension CommonOptions {
  /// The style with `auto` decided: a bar only on a terminal outside of CI.
  var progressStyle: ProgressStyle {
    if isQuiet { return .none }
    guard progress == .auto else { return progress }
    let environment = ProcessInfo.processInfo.environment
    let isTerminal = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    return isTerminal && environment["CI"] == nil ? .bar : .lines
  }
}
