import Sweeping
import Tables

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
}
