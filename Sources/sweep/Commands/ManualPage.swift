import Sweeping

/// The manual page `sweep.1`, made of the same tables as the help.
enum ManualPage {
  static var text: String {
    var lines = [
      ".TH SWEEP 1 \"\" \"sweep \(ProgramVersion.number)\" \"User Commands\"",
      ".SH NAME", "sweep \\- sweep the hyperparameters of regularised linear models",
      ".SH SYNOPSIS", ".B sweep", ".I COMMAND", "[\\fIOPTIONS\\fR]",
      ".SH DESCRIPTION",
      roff(
        "sweep fits regularised linear models over a grid of hyperparameters and writes tables of "
          + "training and validation error: write the grid down once, see where overfitting ends."),
      ".SH COMMANDS",
    ]
    for command in CommandName.allCases { lines += section(command) }
    lines += [".SH OPTIONS OF EVERY COMMAND"]
    lines += (OptionName.common + [.version]).flatMap { option($0, of: nil) }
    lines += [".SH EXIT STATUS"]
    for row in HelpText.exitRows { lines += [".TP", ".B \(roff(row.codes))", roff(row.meaning)] }
    lines += [
      ".SH FILES", ".TP", ".I results/\\fRname\\fI/",
      roff("the tables of an experiment, and below journal/ what is done of it"),
      ".SH EXAMPLES", ".nf", roff("sweep init demo && sweep run demo.json"), ".fi",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ command: CommandName) -> [String] {
    var lines = [
      ".SS sweep \(roff(HelpText.usage(of: command)))", roff(command.declaration.summary),
    ]
    if let details = command.declaration.details {
      lines += [".PP"] + details.split(separator: "\n").map { roff(String($0)) }
    }
    for name in command.options where !OptionName.common.contains(name) {
      lines += option(name, of: command)
    }
    lines += [".PP", ".nf"] + command.declaration.examples.map { "    " + roff($0.line) } + [".fi"]
    return lines
  }

  private static func option(_ option: OptionName, of command: CommandName?) -> [String] {
    let row = HelpText.row(option, of: command)
    return [".TP", ".B \(roff(row.spelling))", roff(row.effect)]
  }

  /// Text that roff takes as it is: backslashes and dashes escaped, no control line by accident.
  private static func roff(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
  }
}
