import Results
import Sweeping

/// An option of some command; the raw value is its long spelling.
///
/// The parser, the help, the completions and the manual page read its declaration; they list
/// options in the order of the cases.
package enum OptionName: String, CaseIterable, Sendable {
  case shards = "--shards"
  case sbatchArgs = "--sbatch-args"
  case submit = "--submit"
  case baseline = "--baseline"
  case allowMissing = "--allow-missing"
  case junit = "--junit"
  case solver = "--solver"
  case columns = "--columns"
  case top = "--top"
  case long = "--long"
  case csv = "--csv"
  case target = "--target"
  case output = "--output"
  case jobs = "--jobs"
  case fresh = "--fresh"
  case replace = "--replace"
  /// Accepted for the sake of old scripts; it means nothing.
  case rerun = "--rerun"
  case shard = "--shard"
  case set = "--set"
  case dryRun = "--dry-run"
  case man = "--man"
  case quiet = "--quiet"
  case progress = "--progress"
  case color = "--color"
  case format = "--format"
  case help = "--help"
  case version = "--version"

  package var declaration: OptionDeclaration {
    switch self {
    case .shards:
      OptionDeclaration(
        takes: .count, of: [.slurm], isRequired: true, "how many parts the jobs are cut into")
    case .sbatchArgs:
      OptionDeclaration(
        takes: .text("ARGS", example: "--mem 4G"), of: [.slurm],
        "more arguments for sbatch, as \"--partition long --mem 4G\"", beginsWithDash: true)
    case .submit:
      OptionDeclaration(of: [.slurm], "submit the scripts instead of printing them")
    case .baseline:
      OptionDeclaration(
        takes: .folder, of: [.check], "the results to compare with (default: ./results/<name>)")
    case .allowMissing:
      OptionDeclaration(of: [.check, .diff], "points and metrics of the baseline may be gone")
    case .junit:
      OptionDeclaration(takes: .file, of: [.check], "also write the outcome as JUnit XML")
    case .solver:
      OptionDeclaration(
        takes: .text("S", example: "normal"), of: [.show], "only the points of this solver")
    case .columns:
      OptionDeclaration(
        takes: .text("A,B", example: "lambda,validation_mse"), of: [.show],
        "these columns of curve.csv, in this order")
    case .top:
      OptionDeclaration(
        takes: .count, of: [.show], "only the N best points on validation, the best first")
    case .long:
      OptionDeclaration(of: [.show], "a row for each set and metric: set,metric,mean,se")
    case .csv:
      OptionDeclaration(takes: .file, of: [.initialise], "a CSV file to guess the spec from")
    case .target:
      OptionDeclaration(
        takes: .text("COLUMN", example: "y"), of: [.initialise],
        "the column of the CSV file to predict")
    case .output:
      OptionDeclaration(
        short: "o", takes: .folder, of: [.run, .plan, .merge, .slurm, .plot, .report],
        "where the results go (default: ./results/<name>)",
        variants: [
          .plot: (.file, "the picture (default: curve.svg in DIR)"),
          .report: (.file, "the page (default: report.html in DIR)"),
        ])
    case .jobs:
      OptionDeclaration(
        short: "j", takes: .count, of: [.run, .plan, .check],
        "how many jobs run at a time (default: the cores it may use)")
    case .fresh:
      OptionDeclaration(of: [.run, .plan], "start over, forget what is done")
    case .replace:
      OptionDeclaration(
        of: [.run, .plan, .merge, .slurm],
        "take over a folder that another spec or other --set values have filled")
    case .rerun:
      OptionDeclaration(
        takes: .word(["failed"]), of: [.run, .plan], isSilent: true,
        "means nothing: failed jobs are always done again")
    case .shard:
      OptionDeclaration(
        takes: .text("I/N", example: "1/2"), of: [.run, .plan],
        "only this part of the jobs, as 2/3 (default: the task of a Slurm array)")
    case .set:
      OptionDeclaration(
        takes: .text("PATH=VALUE", example: "grid.lambda=0.1"),
        of: [.run, .plan, .merge, .slurm, .check],
        "replace a value of the spec, as grid.lambda=0.1; repeatable", isRepeatable: true)
    case .dryRun:
      OptionDeclaration(of: [.run], "only say what would be done, as 'sweep plan'")
    case .man:
      OptionDeclaration(of: [.help], "the whole help as a manual page, for 'man -l -'")
    case .quiet:
      OptionDeclaration(short: "q", "no progress, remarks or summary: files and exit status")
    case .progress:
      OptionDeclaration(
        takes: .word(ProgressStyle.allCases.map(\.rawValue)),
        "how progress is shown on stderr (default: auto)")
    case .color:
      OptionDeclaration(
        takes: .word(CommonOptions.Color.allCases.map(\.rawValue)),
        "whether colours are used (default: auto; NO_COLOR is obeyed)")
    case .format:
      OptionDeclaration(
        takes: .word(CommonOptions.Format.usual.map(\.rawValue)), Self.formatSummary,
        variants: [
          .check: (.word(CommonOptions.Format.allCases.map(\.rawValue)), Self.formatSummary),
          .show: (.word(PointListing.Format.allCases.map(\.rawValue)), Self.formatSummary),
        ])
    case .help: OptionDeclaration(short: "h", "show help")
    case .version: OptionDeclaration(short: "V", of: [], "show the version")
    }
  }

  private static let formatSummary = "how the result on stdout is written (default: text)"

  /// What every command takes.
  static let common = allCases.filter { $0.declaration.commands == nil }
}
