import Sweeping
import Tables

// The commands that only say something.

func performHelp(_ name: CommandName?) throws(Failure) -> ExitStatus {
  try Terminal.print(name.map { HelpText.text(for: $0) } ?? HelpText.program)
  return .done
}

func performVersion() throws(Failure) -> ExitStatus {
  try Terminal.print("sweep \(ProgramVersion.number)\n")
  return .done
}

func performSchema() throws(Failure) -> ExitStatus {
  try Terminal.print(SpecSchema.text)
  return .done
}

func performCompletions(_ shell: Shell) throws(Failure) -> ExitStatus {
  try Terminal.print(Completions.script(for: shell))
  return .done
}
