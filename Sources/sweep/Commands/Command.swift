/// What a command line asks for, known to be well-formed; one file for each, with its declaration.
protocol Command: Sendable {
  static var declaration: CommandDeclaration { get }
  var common: CommonOptions { get }
  init(_ reader: OptionReader) throws(UsageError)
  /// Does what was asked for.
  func perform() throws -> ExitStatus
}

extension CommandName {
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
