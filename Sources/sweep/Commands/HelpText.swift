/// The texts of `--help`.
enum HelpText {
  /// What a bare `sweep` says.
  static let short = """
    sweep fits regularised linear models over a grid and shows where overfitting ends.

      sweep init demo            write a spec to start from, demo.json
      sweep run demo.json        fit every point, write results/demo/
      sweep help                 everything else

    """

  static let program: String = {
    let width = CommandName.allCases.map { usage(of: $0).count }.max() ?? 0
    let commands = CommandName.allCases.map {
      "  \(pad(usage(of: $0), width))  \($0.declaration.summary)"
    }
    return """
      sweep fits regularised linear models over a grid of hyperparameters and writes tables of
      training and validation error: write the grid down once, see where overfitting ends.

      usage: sweep COMMAND [OPTIONS]

      commands:
      \(commands.joined(separator: "\n"))

      options of every command:
      \(options(OptionName.common + [.version], of: nil))

      exit status:
      \(exits)

      'sweep help COMMAND' shows the options of a command and examples.

      """
  }()

  static func text(for command: CommandName) -> String {
    let (declaration, own) = (
      command.declaration, command.options.filter { !OptionName.common.contains($0) }
    )
    var parts = ["\(declaration.summary)\n\nusage: sweep \(usage(of: command)) [OPTIONS]"]
    if let details = declaration.details { parts.append(details) }
    if !own.isEmpty { parts.append("options:\n" + options(own, of: command)) }
    parts.append("options of every command:\n" + options(OptionName.common, of: command))
    let width = declaration.examples.map(\.line.count).max() ?? 0
    let examples = declaration.examples.map {
      $0.effect.isEmpty ? "  \($0.line)" : "  \(pad($0.line, width))  \($0.effect)"
    }
    parts.append(
      (examples.count == 1 ? "example:\n" : "examples:\n") + examples.joined(separator: "\n"))
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// `run SPEC [OPTIONS]`.
  static func usage(of command: CommandName) -> String {
    let declaration = command.declaration
    var words = [command.rawValue] + declaration.operands.map(\.name)
    if let operand = declaration.optionalOperand { words.append("[\(operand.name)]") }
    for option in command.options where option.declaration.isRequired {
      words.append(spelling(of: option, command))
    }
    return words.joined(separator: " ")
  }

  /// An option with its short name and its value, and what it does.
  static func row(
    _ option: OptionName, of command: CommandName?
  ) -> (spelling: String, effect: String) {
    let short = option.declaration.short.map { "-\($0), " } ?? ""
    let effect = option.declaration.variant(of: command).summary
    return (short + spelling(of: option, command), effect)
  }

  private static func spelling(of option: OptionName, _ command: CommandName?) -> String {
    let value = option.declaration.variant(of: command).value
    return option.rawValue + (value.placeholder.map { " \($0)" } ?? "")
  }

  private static func options(_ options: [OptionName], of command: CommandName?) -> String {
    let rows = options.map { option in
      let row = row(option, of: command)
      return (option.declaration.short == nil ? "    " + row.spelling : row.spelling, row.effect)
    }
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { "  \(pad($0.0, width))  \($0.1)" }.joined(separator: "\n")
  }

  private static var exits: String {
    exitRows.map { "  \(pad($0.codes, 8))  \($0.meaning)" }.joined(separator: "\n")
  }

  /// The exit statuses, those of one meaning together.
  static var exitRows: [(codes: String, meaning: String)] {
    var rows: [(codes: String, meaning: String)] = []
    for status in ExitStatus.allCases {
      if let last = rows.last, last.meaning == status.meaning {
        rows[rows.count - 1].codes += ", \(status.rawValue)"
      } else {
        rows.append(("\(status.rawValue)", status.meaning))
      }
    }
    return rows
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
