import Sweeping
import Tables

// The commands that only say something.

struct HelpCommand: Command {
  static let declaration = CommandDeclaration(
    optionalOperand: Operand(
      name: (["COMMAND"] + HelpTopic.allCases.map(\.rawValue)).joined(separator: "|"),
      kind: .word(HelpTopic.words)),
    summary: "show help for a command, or what a spec may hold",
    examples: [("sweep help run", "one command")]
      + HelpTopic.allCases.map { ("sweep help \($0.rawValue)", $0.summary) }
      + [("sweep help --man | man -l -", "everything")])

  private let text: String
  private let isManual: Bool
  let common: CommonOptions

  /// What `--help` asks for, of one command or of the program.
  init(of command: CommandName?) {
    text = command.map { HelpText.text(for: $0) } ?? HelpText.program
    isManual = false
    common = CommonOptions()
  }

  init(_ reader: OptionReader) throws(UsageError) {
    common = try reader.common()
    isManual = reader.has(.man)
    let words = reader.scanned.operands
    if let extra = words.dropFirst(isManual ? 0 : 1).first {
      throw .extraOperand(extra, command: .help)
    }
    if isManual {
      text = ManualPage.text
    } else if let operand = Self.declaration.optionalOperand, let first = words.first {
      let word = try reader.word(first, of: operand)
      text =
        HelpTopic(rawValue: word)?.text
        ?? CommandName(rawValue: word).map { HelpText.text(for: $0) } ?? HelpText.program
    } else {
      text = HelpText.program
    }
  }

  func perform() throws -> ExitStatus {
    try common.print(text, command: "help", as: isManual ? "manual" : "text")
    return .done
  }
}

/// What `--version` asks for; no word of its own.
struct VersionCommand: Command {
  static let declaration = CommandDeclaration(summary: "show the version", examples: [])

  let common: CommonOptions

  init(common: CommonOptions) { self.common = common }

  init(_ reader: OptionReader) throws(UsageError) { common = try reader.common() }

  func perform() throws -> ExitStatus {
    switch common.format {
    case .json: try common.print(ProgramVersion.number, command: "version", as: "version")
    case .text, .github: try Terminal.print("sweep \(ProgramVersion.number)\n")
    }
    return .done
  }
}

/// The schema is JSON in every format.
struct SchemaCommand: Command {
  static let declaration = CommandDeclaration(
    summary: "print the JSON Schema of a spec",
    examples: [("sweep schema > sweep.schema.json", "for an editor's completion")])

  let common: CommonOptions

  init(_ reader: OptionReader) throws(UsageError) {
    _ = try reader.takeOperands()
    common = try reader.common()
  }

  func perform() throws -> ExitStatus {
    try Terminal.print(SpecSchema.text)
    return .done
  }
}

struct CompletionsCommand: Command {
  static let declaration = CommandDeclaration(
    operands: [Operand(name: "SHELL", kind: .word(Shell.allCases.map(\.rawValue)))],
    summary: "print completions for bash, zsh or fish",
    examples: [
      ("eval \"$(sweep completions bash)\"", "in ~/.bashrc"),
      ("mkdir -p ~/.zfunc && sweep completions zsh > ~/.zfunc/_sweep", ""),
      ("sweep completions fish > sweep.fish", "to be sourced by config.fish"),
    ])

  let shell: Shell
  let common: CommonOptions

  init(_ reader: OptionReader) throws(UsageError) {
    let word = try reader.word(try reader.takeOperands()[0], of: Self.declaration.operands[0])
    shell = Shell(rawValue: word) ?? .bash
    common = try reader.common()
  }

  func perform() throws -> ExitStatus {
    try common.print(Completions.script(for: shell), command: "completions", as: "script")
    return .done
  }
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
