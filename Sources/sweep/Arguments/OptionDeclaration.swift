/// All that there is to know of an option.
package struct OptionDeclaration: Sendable {
  package typealias Variant = (value: Value, summary: String)

  /// What follows the option.
  package enum Value: Sendable {
    case none, folder, file
    /// A whole number from 1 on.
    case count
    case word([String])
    /// Anything else: its name in the help, and one that is good.
    case text(String, example: String)
  }

  package let short: Character?
  package let value: Value
  /// Those that have it; `nil` is every command.
  let commands: [CommandName]?
  /// Whether these commands cannot do without.
  package let isRequired: Bool
  /// Whether it is still taken and no longer told of.
  package let isSilent: Bool
  package let summary: String
  let isRepeatable: Bool
  /// Whether its value may look like an option.
  let beginsWithDash: Bool
  /// Commands after which it takes or means something else.
  private let variants: [CommandName: Variant]

  init(
    short: Character? = nil, takes value: Value = .none, of commands: [CommandName]? = nil,
    isRequired: Bool = false, isSilent: Bool = false, _ summary: String,
    isRepeatable: Bool = false, beginsWithDash: Bool = false,
    variants: [CommandName: Variant] = [:]
  ) {
    self.short = short
    self.value = value
    self.commands = commands
    self.isRequired = isRequired
    self.isSilent = isSilent
    self.summary = summary
    self.isRepeatable = isRepeatable
    self.beginsWithDash = beginsWithDash
    self.variants = variants
  }

  var takesValue: Bool {
    if case .none = value { false } else { true }
  }

  func belongs(to command: CommandName) -> Bool { commands?.contains(command) ?? true }

  /// What it takes and means after a command.
  package func variant(of command: CommandName?) -> Variant {
    command.flatMap { variants[$0] } ?? (value, summary)
  }

  /// The larger set of words where commands differ.
  var words: [String] {
    ([value] + variants.values.map(\.value)).map { value in
      if case .word(let words) = value { words } else { [] }
    }.max { $0.count < $1.count } ?? []
  }
}

extension OptionDeclaration.Value {
  /// What the value is called in the help, or `nil` when there is none.
  package var placeholder: String? {
    switch self {
    case .none: nil
    case .folder: "DIR"
    case .file: "FILE"
    case .count: "N"
    case .word(let words): words.joined(separator: "|")
    case .text(let name, _): name
    }
  }
}

extension CommandName {
  /// The options of the command, those that all commands share last.
  package var options: [OptionName] { known.filter { !$0.declaration.isSilent } }

  /// The same with those that are no longer told of.
  package var known: [OptionName] {
    OptionName.allCases.filter { $0.declaration.belongs(to: self) }
  }
}
