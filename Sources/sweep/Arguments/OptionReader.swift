import Sweeping
import Tables

/// Turns the scanned words of one command into its options.
struct OptionReader {
  let name: CommandName
  let declaration: CommandDeclaration
  let scanned: ArgumentScanner
  let environment: [String: String]

  func has(_ option: OptionName) -> Bool { scanned.has(option) }

  /// The operands, as many as the command needs.
  func takeOperands() throws(UsageError) -> [String] {
    let wanted = declaration.operands.map(\.name)
    if let missing = wanted.dropFirst(scanned.operands.count).first {
      throw .missingOperand(missing, command: name)
    }
    if let extra = scanned.operands.dropFirst(wanted.count).first {
      throw .extraOperand(extra, command: name)
    }
    if let index = scanned.operands.firstIndex(of: "") {
      throw .missingOperand(wanted[index], command: name)
    }
    return scanned.operands
  }

  func spec() throws(UsageError) -> SpecArgument {
    let path = try takeOperands()[0]
    var overrides: [SpecOverride] = []
    for text in scanned.values[.set] ?? [] {
      guard let override = SpecOverride(argument: text) else {
        throw .badValue(
          option: OptionName.set.rawValue, found: text,
          allowed: "PATH=VALUE such as grid.lambda=0.1", nearest: nil)
      }
      overrides.append(override)
    }
    return SpecArgument(path: path, overrides: overrides)
  }

  func common() throws(UsageError) -> CommonOptions {
    var options = CommonOptions()
    options.isQuiet = scanned.has(.quiet)
    if let progress = try choice(.progress, ProgressStyle.self) {
      options.progress = progress
    }
    if let color = try choice(.color, CommonOptions.Color.self) { options.color = color }
    // A command may have formats of its own; what it says besides is text then.
    if let word = try word(.format) {
      options.format = CommonOptions.Format(rawValue: word) ?? .text
    }
    return options
  }

  func shard() throws(UsageError) -> Shard? {
    do {
      return try Shard.resolve(flag: scanned.last(.shard), environment: environment)
    } catch {
      throw .shard(error)
    }
  }

  // MARK: Values

  func path(_ option: OptionName) throws(UsageError) -> String? {
    guard let path = scanned.last(option) else { return nil }
    if path.isEmpty {
      throw .missingValue(
        option: scanned.spellings[option] ?? option.rawValue,
        value: option.declaration.variant(of: name).value.placeholder ?? "PATH")
    }
    return path
  }

  /// A whole number from 1 to 100,000.
  func whole(_ option: OptionName) throws(UsageError) -> Int? {
    guard let text = scanned.last(option) else { return nil }
    guard let value = Int(text), (1...100_000).contains(value) else {
      throw .badValue(
        option: scanned.spellings[option] ?? option.rawValue, found: text,
        allowed: "a whole number from 1 to 100000", nearest: nil)
    }
    return value
  }

  /// One of the words that the option takes after this command.
  func choice<Word: RawRepresentable<String>>(
    _ option: OptionName, _: Word.Type
  ) throws(UsageError) -> Word? {
    try word(option).flatMap { Word(rawValue: $0) }
  }

  private func word(_ option: OptionName) throws(UsageError) -> String? {
    guard let text = scanned.last(option) else { return nil }
    guard case .word(let words) = option.declaration.variant(of: name).value else { return nil }
    if words.contains(text) { return text }
    throw .badValue(
      option: option.rawValue, found: text, allowed: words.listed,
      nearest: nearestName(to: text, among: words))
  }

  /// The operand as one of the words that it may be.
  func word(_ text: String, of operand: Operand) throws(UsageError) -> String {
    guard case .word(let words) = operand.kind, !words.contains(text) else { return text }
    throw .badOperand(
      found: text, allowed: words.listed, nearest: nearestName(to: text, among: words))
  }
}
