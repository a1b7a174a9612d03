import Sweeping

/// An option of some command; the raw value is its long spelling.
enum OptionName: String, CaseIterable {
  case output = "--output"
  case jobs = "--jobs"
  case fresh = "--fresh"
  case replace = "--replace"
  /// Accepted for the sake of old scripts; it means nothing.
  case rerun = "--rerun"
  case shard = "--shard"
  case set = "--set"
  case dryRun = "--dry-run"
  case shards = "--shards"
  case sbatchArgs = "--sbatch-args"
  case submit = "--submit"
  case baseline = "--baseline"
  case allowMissing = "--allow-missing"
  case junit = "--junit"
  case man = "--man"
  case quiet = "--quiet"
  case progress = "--progress"
  case color = "--color"
  case format = "--format"
  case help = "--help"
  case version = "--version"

  /// What follows the option.
  enum Value {
    case none
    case folder
    case file
    case word([String])
    /// Anything else, with its name in the help.
    case text(String)
  }

  var short: Character? {
    switch self {
    case .jobs: "j"
    case .output: "o"
    case .quiet: "q"
    case .help: "h"
    case .version: "V"
    default: nil
    }
  }

  var value: Value {
    switch self {
    case .fresh, .replace, .dryRun, .submit, .allowMissing, .man, .quiet, .help, .version: .none
    case .output, .baseline: .folder
    case .junit: .file
    case .jobs: .text("N")
    case .rerun: .word(["failed"])
    case .shard: .text("I/N")
    case .set: .text("PATH=VALUE")
    case .shards: .text("N")
    case .sbatchArgs: .text("ARGS")
    case .progress: .word(ProgressStyle.allCases.map(\.rawValue))
    case .color: .word(CommonOptions.Color.allCases.map(\.rawValue))
    case .format: .word(CommonOptions.Format.usual.map(\.rawValue))
    }
  }

  var takesValue: Bool {
    if case .none = value { false } else { true }
  }

  var summary: String {
    switch self {
    case .output: "where the results go (default: ./results/<name>)"
    case .jobs: "how many jobs run at a time (default: the cores it may use)"
    case .fresh: "start over, forget what is done"
    case .replace: "take over a folder that another spec or other --set values have filled"
    case .rerun: "means nothing: failed jobs are always done again"
    case .shard: "only this part of the jobs, as 2/3 (default: the task of a Slurm array)"
    case .set: "replace a value of the spec, as grid.lambda=0.1; repeatable"
    case .dryRun: "only say what would be done, as 'sweep plan'"
    case .shards: "how many parts the jobs are cut into"
    case .sbatchArgs: "more arguments for sbatch, as \"--partition long --mem 4G\""
    case .submit: "submit the scripts instead of printing them"
    case .baseline: "the results to compare with (default: ./results/<name>)"
    case .allowMissing: "points and metrics of the baseline may be gone"
    case .junit: "also write the outcome as JUnit XML"
    case .man: "the whole help as a manual page, for 'man -l -'"
    case .quiet: "no progress, remarks or summary: files and exit status"
    case .progress: "how progress is shown on stderr (default: auto)"
    case .color: "whether colours are used (default: auto; NO_COLOR is obeyed)"
    case .format: "how the result on stdout is written (default: text)"
    case .help: "show help"
    case .version: "show the version"
    }
  }

  static let common: [OptionName] = [.quiet, .progress, .color, .format, .help]
}

extension CommandName {
  /// The options of the command, those that all commands share last.
  var options: [OptionName] {
    let own: [OptionName] =
      switch self {
      case .run: [.output, .jobs, .fresh, .replace, .shard, .set, .dryRun]
      case .plan: [.output, .jobs, .fresh, .replace, .shard, .set]
      case .merge: [.output, .replace, .set]
      case .slurm: [.shards, .sbatchArgs, .submit, .output, .replace, .set]
      case .check: [.baseline, .allowMissing, .junit, .jobs, .set]
      case .plot, .report: [.output]
      case .help: [.man]
      case .diff: [.allowMissing]
      case .schema, .initialise, .completions: []
      }
    return own + OptionName.common
  }

  /// Options that the command still takes and no longer tells of.
  var silentOptions: [OptionName] { self == .run || self == .plan ? [.rerun] : [] }

  /// What the option takes after this command.
  func value(of option: OptionName) -> OptionName.Value {
    switch (self, option) {
    case (.check, .format): .word(CommonOptions.Format.allCases.map(\.rawValue))
    case (.plot, .output), (.report, .output): .file
    default: option.value
    }
  }

  func summary(of option: OptionName) -> String {
    switch (self, option) {
    case (.plot, .output): "the picture (default: curve.svg in DIR)"
    case (.report, .output): "the page (default: report.html in DIR)"
    default: option.summary
    }
  }
}
