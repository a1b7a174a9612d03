extension Command {
  /// Does what was asked for: one call for each command.
  func perform() throws -> ExitStatus {
    switch self {
    case .run(let options): try performRun(options)
    case .plan(let options): try performPlan(options)
    case .merge(let options): try performMerge(options)
    case .slurm(let options): try performSlurm(options)
    case .check(let options): try performCheck(options)
    case .diff(let options): try performDiff(options)
    case .plot(let options): try performPlot(options)
    case .report(let options): try performReport(options)
    case .schema: try performSchema()
    case .initialise(let options): try performInit(options)
    case .completions(let shell, let options): try performCompletions(shell, options)
    case .help(let name, let options):
      try performHelp(name.map { HelpText.text(for: $0) } ?? HelpText.program, options)
    case .topic(let topic, let options):
      try performHelp(topic.text, options)
    case .manual(let options): try performManual(options)
    case .version(let options): try performVersion(options)
    }
  }
}
