import Sweeping

/// What a command line asks for, known to be well-formed.
enum Command: Hashable {
  case run(RunOptions)
  case plan(RunOptions)
  case merge(MergeOptions)
  case slurm(SlurmOptions)
  case check(CheckOptions)
  case diff(DiffOptions)
  case plot(PlotOptions)
  case report(ReportOptions)
  case schema
  case initialise(InitOptions)
  case completions(Shell, CommonOptions)
  /// Of one command, or of the program.
  case help(CommandName?, CommonOptions)
  case manual(CommonOptions)
  case version(CommonOptions)
}

extension Command {
  /// What every command understands.
  var common: CommonOptions {
    switch self {
    case .run(let options), .plan(let options): options.common
    case .merge(let options): options.common
    case .slurm(let options): options.common
    case .check(let options): options.common
    case .diff(let options): options.common
    case .plot(let options): options.common
    case .report(let options): options.common
    case .initialise(let options): options.common
    case .completions(_, let options), .help(_, let options): options
    case .manual(let options), .version(let options): options
    case .schema: CommonOptions()
    }
  }
}

/// The words a command line may begin with.
package enum CommandName: String, CaseIterable, Sendable {
  case run, plan, merge, slurm, check, diff, plot, report, schema
  case initialise = "init"
  case completions, help
}

/// What every command understands.
struct CommonOptions: Hashable {
  enum Color: String, CaseIterable {
    case auto, always, never
  }
  enum Format: String, CaseIterable {
    case text, github, json

    /// What commands other than `check` may write.
    static let usual: [Format] = [.text, .json]

    /// The format that a command line asks for which is otherwise wrong.
    init(asked words: [String]) {
      let asksForJSON = words.enumerated().contains { index, word in
        word == "--format=json"
          || (word == "json" && index > 0 && words[index - 1] == OptionName.format.rawValue)
      }
      self = asksForJSON ? .json : .text
    }
  }
  var isQuiet = false
  var progress = ProgressStyle.auto
  var color = Color.auto
  var format = Format.text
}

enum Shell: String, CaseIterable {
  case bash, zsh, fish
}

/// A spec file and what `--set` changes in it.
struct SpecArgument: Hashable {
  var path: String
  var overrides: [SpecOverride] = []
}

/// `sweep run` and `sweep plan`.
struct RunOptions: Hashable {
  var spec: SpecArgument
  /// `nil` means `./results/<name>`.
  var output: String?
  /// `nil` means as many as there are cores.
  var workers: Int?
  /// Forget what is done.
  var isFresh = false
  /// Take a folder over from another spec or other overrides.
  var replaces = false
  /// `nil` means everything.
  var shard: Shard?
  var common = CommonOptions()
}

struct MergeOptions: Hashable {
  var spec: SpecArgument
  var output: String?
  var replaces = false
  var common = CommonOptions()
}

struct SlurmOptions: Hashable {
  var spec: SpecArgument
  var output: String?
  var shardCount: Int
  /// Passed to `sbatch` as written.
  var sbatchArguments: String?
  var submits = false
  var replaces = false
  var common = CommonOptions()
}

struct CheckOptions: Hashable {
  var spec: SpecArgument
  /// `nil` means `./results/<name>`.
  var baseline: String?
  var allowsMissing = false
  var junit: String?
  var workers: Int?
  var common = CommonOptions()
}

struct DiffOptions: Hashable {
  var first: String
  var second: String
  var allowsMissing = false
  var common = CommonOptions()
}

struct PlotOptions: Hashable {
  var results: String
  /// `nil` means `curve.svg` in the results folder.
  var output: String?
  var common = CommonOptions()
}

struct ReportOptions: Hashable {
  var results: String
  /// `nil` means `report.html` in the results folder.
  var output: String?
  var common = CommonOptions()
}

struct InitOptions: Hashable {
  var name: String
  var common = CommonOptions()
}
