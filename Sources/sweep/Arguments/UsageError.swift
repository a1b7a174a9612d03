import Sweeping
import Tables

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

extension UsageError: CustomStringConvertible {
  var description: String {
    switch self {
    case .noCommand:
      return "no command, write one of " + CommandName.allCases.map(\.rawValue).listed
    case .unknownCommand(let word):
      let names = CommandName.allCases.map(\.rawValue)
      // A spec in place of a command is the commonest slip.
      if word.hasSuffix(".json") {
        return "unknown command '\(word)' (did you mean 'sweep run \(word)'?)"
      }
      if let nearest = nearestName(to: word, among: names) {
        return "unknown command '\(word)' (did you mean '\(nearest)'?)"
      }
      return "unknown command '\(word)', write one of \(names.listed)"
    case .unknownOption(let option, let command):
      let known = command?.options ?? OptionName.common + [.version]
      let after = command.map { " of 'sweep \($0.rawValue)'" } ?? ""
      if let other = CommandName.allCases.first(where: { command in
        command.options.contains { $0.rawValue == option }
      }) {
        return "'\(option)' is no option\(after), it belongs to 'sweep \(other.rawValue)'"
      }
      if let nearest = nearestName(to: option, among: known.map(\.rawValue)) {
        return "unknown option '\(option)'\(after) (did you mean '\(nearest)'?)"
      }
      return "unknown option '\(option)'\(after), which has \(known.map(\.rawValue).listed)"
    case .missingValue(let option, let value):
      return "'\(option)' needs a value, \(value)"
    case .needlessValue(let option):
      return "'\(option)' takes no value"
    case .badValue(let option, let found, let allowed, let nearest):
      return "\(option): found '\(found)', must be \(allowed)" + hint(nearest)
    case .missingOperand(let operand, let command):
      let example = command.declaration.examples.first.map { ", as in: \($0.line)" } ?? ""
      return "'sweep \(command.rawValue)' needs \(operand)\(example)"
    case .extraOperand(let operand, let command):
      let operands = command.declaration.operands.map(\.name)
      let wanted = operands.isEmpty ? "nothing" : operands.joined(separator: " ")
      return "unexpected '\(operand)', 'sweep \(command.rawValue)' takes \(wanted)"
    case .badOperand(let found, let allowed, let nearest):
      return "found '\(found)', must be \(allowed)" + hint(nearest)
    case .missingOption(let option, let command):
      let example = command.declaration.examples.first.map { ", as in: \($0.line)" } ?? ""
      return "'sweep \(command.rawValue)' needs \(option.rawValue)\(example)"
    case .optionWithout(let option, let needed):
      return "'\(option.rawValue)' goes with '\(needed.rawValue)' only"
    case .shard(let error):
      return error.description
    }
  }

  private func hint(_ nearest: String?) -> String {
    nearest.map { " (did you mean '\($0)'?)" } ?? ""
  }

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
