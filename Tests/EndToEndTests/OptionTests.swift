import TestSupport
import Testing
import sweep

/// Every option of every command, from its declaration.
struct OptionTests {
  /// An option after a command that has it.
  struct Use: CustomTestStringConvertible, Sendable {
    let command: CommandName
    let option: OptionName

    var testDescription: String { "\(command.rawValue) \(option.rawValue)" }
    var value: OptionDeclaration.Value { option.declaration.variant(of: command).value }

    /// The words that give the option a good value.
    var words: [String] {
      switch value {
      case .none: [option.rawValue]
      case .folder, .file: [option.rawValue, "somewhere"]
      case .count: [option.rawValue, "2"]
      case .word(let words): [option.rawValue, words[0]]
      case .text(_, let example): [option.rawValue, example]
      }
    }

    /// The command with operands that name nothing.
    var line: [String] {
      let operands = command.declaration.operands.map { operand in
        switch operand.kind {
        case .spec, .folder: "missing"
        case .text: "no name"
        case .word(let words): words[0]
        }
      }
      let needed = command.options.filter { $0.declaration.isRequired }
      return [command.rawValue] + operands
        + needed.flatMap { Use(command: command, option: $0).words }
    }
  }

  private static let uses = CommandName.allCases.flatMap { command in
    command.known.map { Use(command: command, option: $0) }
  }
  private static let told = uses.filter { !$0.option.declaration.isSilent }

  private let program: BuiltProgram
  private let folder: ScratchFolder

  init() throws {
    program = try BuiltProgram()
    folder = try ScratchFolder()
  }

  private func run(_ arguments: [String]) throws -> BuiltProgram.Outcome {
    try program.run(arguments, in: folder.url)
  }

  /// What the line without any option says, so that the option is all that may be wrong.
  @Test(arguments: uses)
  func `every option is read`(use: Use) throws {
    let plain = try run(use.line)
    let outcome = try run(use.line + use.words)
    let asks = use.option == .help || use.option == .man
    #expect(outcome.exitStatus == (asks ? 0 : plain.exitStatus))
    #expect(!outcome.errors.contains(use.option.rawValue))
  }

  @Test(
    arguments: uses.filter { use in
      switch use.value {
      case .count, .word: true
      default: false
      }
    })
  func `a value that an option does not take is refused`(use: Use) throws {
    let outcome = try run(use.line + [use.option.rawValue, "zzz"])
    #expect(outcome.exitStatus == 64)
    #expect(outcome.errors.contains("found 'zzz', must be "))
  }

  @Test(arguments: told)
  func `every option is in the help of its command`(use: Use) throws {
    let help = try run(["help", use.command.rawValue]).output
    let (value, summary) = use.option.declaration.variant(of: use.command)
    let spelling = use.option.rawValue + (value.placeholder.map { " \($0)" } ?? "") + "  "
    let rows = help.split(separator: "\n").filter { row in
      row.hasPrefix("  ") && row.contains(" " + spelling) && row.hasSuffix("  " + summary)
    }
    #expect(rows.count == 1)
  }

  @Test(arguments: OptionName.allCases.filter { !$0.declaration.isSilent })
  func `every option is in the manual page`(option: OptionName) throws {
    let page = try run(["help", "--man"]).output.replacing("\\-", with: "-")
    #expect(page.contains(option.rawValue))
    #expect(page.contains(option.declaration.summary))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `every option of a command is completed`(shell: String) throws {
    let lines = try run(["completions", shell]).output.split(
      separator: "\n", omittingEmptySubsequences: false)
    for use in Self.told {
      let long = use.option.rawValue
      let word = use.command.rawValue
      let isThere =
        switch shell {
        case "bash":
          lines.firstIndex { $0.hasSuffix(" \(word))") }.map { lines[$0 + 1].contains(long) }
        case "zsh":
          lines.first { $0.contains(" \(word)) _arguments") }?.contains(long)
        default:
          lines.contains {
            $0.contains("from \(word)'") && $0.contains(" -l \(long.dropFirst(2)) ")
          }
        }
      #expect(isThere == true, "\(word) \(long)")
    }
  }
}
