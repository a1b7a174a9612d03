import Sweeping

/// What a command line asks for, known to be well-formed; one file for each, with its declaration.
protocol Command: Sendable {
  static var declaration: CommandDeclaration { get }
  var common: CommonOptions { get }
  init(_ reader: OptionReader) throws(UsageError)
  /// Does what was asked for.
  func perform() throws -> ExitStatus
}

/// All that the help, the completions and the messages know of a command.
package struct CommandDeclaration: Sendable {
  /// What stands after the command, in order.
  package var operands: [Operand] = []
  /// What may stand after the command but need not.
  var optionalOperand: Operand?
  let summary: String
  /// What is worth knowing beyond the options.
  var details: String?
  /// Command lines that work, each with what it does.
  let examples: [(line: String, effect: String)]
}

/// A word after a command.
package struct Operand: Sendable {
  /// Its name in the help.
  package let name: String
  package let kind: Kind

  package enum Kind: Sendable {
    case spec, folder, text
    case word([String])
  }

  static let spec = Operand(name: "SPEC", kind: .spec)
  static let folder = Operand(name: "DIR", kind: .folder)
}

/// The words a command line may begin with.
package enum CommandName: String, CaseIterable, Sendable {
  case run, plan, merge, slurm, check, diff, show, plot, report, schema
  case initialise = "init"
  case completions, help

  var command: any Command.Type {
    switch self {
    case .run: RunCommand.self
    case .plan: PlanCommand.self
    case .merge: MergeCommand.self
    case .slurm: SlurmCommand.self
    case .check: CheckCommand.self
    case .diff: DiffCommand.self
    case .show: ShowCommand.self
    case .plot: PlotCommand.self
    case .report: ReportCommand.self
    case .schema: SchemaCommand.self
    case .initialise: InitCommand.self
    case .completions: CompletionsCommand.self
    case .help: HelpCommand.self
    }
  }

  package var declaration: CommandDeclaration { command.declaration }
}
