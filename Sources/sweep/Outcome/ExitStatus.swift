/// How the program ends, a documented contract: scripts and CI depend on the numbers.
enum ExitStatus: Int32, CaseIterable {
  /// Done; also when nothing was left to do, only improvements were found, or points diverged.
  case done = 0
  /// Something inside the program went wrong.
  case internalError = 1
  /// `check`, `diff`: a gate failed, a result regressed, or a point or metric of the baseline is gone.
  case regressed = 2
  /// A job failed, or no point is `ok`, or none has a value of the selection metric.
  case jobsFailed = 3
  /// The baseline is missing or cannot be compared; shards are missing.
  case incomplete = 5
  /// The command line is wrong.
  case usage = 64
  /// The spec or the data are wrong.
  case badInput = 65
  /// An input file was not found.
  case noInput = 66
  /// Writing failed.
  case writingFailed = 74
  /// Interrupted by SIGINT; what was finished is kept.
  case interrupted = 130
  /// Interrupted by SIGTERM; what was finished is kept.
  case terminated = 143

  /// One line for the help text.
  var meaning: String {
    switch self {
    case .done: "done (also: nothing left to do, only improvements, some points diverged)"
    case .internalError: "internal error"
    case .regressed: "check, diff: a gate failed, a result regressed or is gone"
    case .jobsFailed: "a job failed, or no point is ok or has a value of the selection metric"
    case .incomplete: "baseline missing or not comparable; shards missing"
    case .usage: "wrong command line"
    case .badInput: "bad spec or data"
    case .noInput: "input file not found"
    case .writingFailed: "writing failed"
    case .interrupted, .terminated: "interrupted: the next run goes on from there"
    }
  }
}
