/// The words of a command line sorted into command, options and operands; nothing is interpreted.
///
/// Understood are `--option value`, `--option=value`, `-j4`, `-j 4`, `-qj4`, and `--`, after which
/// everything is an operand. Options that all commands share may stand before the command.
struct ArgumentScanner {
  var command: CommandName?
  var operands: [String] = []
  private(set) var values: [OptionName: [String]] = [:]
  /// Each option as it was spelt, for messages.
  private(set) var spellings: [OptionName: String] = [:]
  private var onlyOperands = false

  /// - Throws: the first word that cannot be sorted. With `--help` or `--version` among the words
  ///   before it, nothing is wrong any more.
  init(_ arguments: [String]) throws(UsageError) {
    var words = arguments[...]
    while let word = words.popFirst() {
      do {
        try scan(word, &words)
      } catch {
        if has(.help) || has(.version) { return }
        if arguments.contains("--help") || arguments.contains("-h"), command != nil {
          values[.help] = [""]
          return
        }
        throw error
      }
    }
  }

  func has(_ option: OptionName) -> Bool { values[option] != nil }

  /// The last value given.
  func last(_ option: OptionName) -> String? { values[option]?.last }

  private mutating func scan(_ word: String, _ rest: inout ArraySlice<String>) throws(UsageError) {
    if onlyOperands || word == "-" || !word.hasPrefix("-") {
      if command == nil, !onlyOperands {
        guard let name = CommandName(rawValue: word) else { throw .unknownCommand(word) }
        command = name
      } else {
        operands.append(word)
      }
    } else if word == "--" {
      onlyOperands = true
    } else if word.hasPrefix("--") {
      try scanLong(word, &rest)
    } else {
      try scanShort(word.dropFirst(), &rest)
    }
  }

  private var known: [OptionName] {
    (command?.known ?? OptionName.common) + [.version]
  }

  private mutating func scanLong(
    _ word: String, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let option = OptionName(rawValue: name), known.contains(option) else {
      throw .unknownOption(name, command: command)
    }
    if !option.declaration.takesValue {
      guard parts.count == 1 else { throw .needlessValue(option: name) }
      add("", to: option, spelling: name)
    } else if parts.count == 2 {
      add(String(parts[1]), to: option, spelling: name)
    } else {
      add(try next(&rest, for: option, spelling: name), to: option, spelling: name)
    }
  }

  private mutating func scanShort(
    _ letters: Substring, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    var letters = letters
    while let letter = letters.popFirst() {
      let name = "-\(letter)"
      guard let option = known.first(where: { $0.declaration.short == letter }) else {
        throw .unknownOption(name, command: command)
      }
      if !option.declaration.takesValue {
        add("", to: option, spelling: name)
      } else if letters.isEmpty {
        add(try next(&rest, for: option, spelling: name), to: option, spelling: name)
      } else {
        add(
          String(letters.first == "=" ? letters.dropFirst() : letters), to: option, spelling: name)
        return
      }
    }
  }

  /// The word after an option; another option is no value, a lone dash or a negative number is.
  private func next(
    _ rest: inout ArraySlice<String>, for option: OptionName, spelling: String
  ) throws(UsageError) -> String {
    let looksLikeOption =
      rest.first.map { $0.hasPrefix("--") || ($0.hasPrefix("-") && $0.count == 2 && $0 != "--") }
      ?? true
    guard let word = rest.first, !looksLikeOption || option.declaration.beginsWithDash else {
      let value = option.declaration.variant(of: command).value
      throw .missingValue(option: spelling, value: value.placeholder ?? "VALUE")
    }
    rest.removeFirst()
    return word
  }

  private mutating func add(_ value: String, to option: OptionName, spelling: String) {
    values[option, default: []].append(value)
    spellings[option] = spelling
  }
}
