import Sweeping

/// What is wrong with a command line.
enum UsageError: Error, Hashable {
  case noCommand
  case unknownCommand(String)
  case unknownOption(String, command: CommandName?)
  case missingValue(option: String, value: String)
  case needlessValue(option: String)
  case badValue(option: String, found: String, allowed: String, nearest: String?)
  case missingOperand(String, command: CommandName)
  case extraOperand(String, command: CommandName)
  case badOperand(found: String, allowed: String, nearest: String?)
  case missingOption(OptionName, command: CommandName)
  case optionWithout(OptionName, needed: OptionName)
  case shard(ShardError)
}

extension UsageError {
  /// The command whose help would help.
  var command: CommandName? {
    switch self {
    case .unknownOption(_, let command): command
    case .missingOperand(_, let command), .extraOperand(_, let command),
      .missingOption(_, let command):
      command
    default: nil
    }
  }
}

extension [String] {
  /// `a, b or c`.
  var listed: String {
    guard count > 1, let last else { return joined() }
    return dropLast().joined(separator: ", ") + " or " + last
  }
}
