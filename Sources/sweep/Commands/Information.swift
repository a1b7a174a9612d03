import Sweeping
import Tables

// The commands that only say something.

func performHelp(_ text: String, _ options: CommonOptions) throws(Failure) -> ExitStatus {
  try options.print(text, command: "help", as: "text")
  return .done
}

func performManual(_ options: CommonOptions) throws(Failure) -> ExitStatus {
  try options.print(ManualPage.text, command: "help", as: "manual")
  return .done
}

func performVersion(_ options: CommonOptions) throws(Failure) -> ExitStatus {
  switch options.format {
  case .json: try options.print(ProgramVersion.number, command: "version", as: "version")
  case .text, .github: try Terminal.print("sweep \(ProgramVersion.number)\n")
  }
  return .done
}

/// The schema is JSON in every format.
func performSchema() throws(Failure) -> ExitStatus {
  try Terminal.print(SpecSchema.text)
  return .done
}

func performCompletions(_ shell: Shell, _ options: CommonOptions) throws(Failure) -> ExitStatus {
  try options.print(Completions.script(for: shell), command: "completions", as: "script")
  return .done
}

extension CommonOptions {
  /// A text as it is, or as one member of an object.
  func print(_ text: String, command: String, as key: String) throws(Failure) {
    switch format {
    case .json:
      try Terminal.print(
        JSONText.encode(
          .object([
            .init("schema_version", 1), .init("command", .string(command)),
            .init(key, .string(text)),
          ])))
    case .text, .github: try Terminal.print(text)
    }
  }
}
