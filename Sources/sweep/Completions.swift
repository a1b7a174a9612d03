/// Scripts by which a shell completes command lines, made of the same tables as the parser.
enum Completions {
  static func script(for shell: Shell) -> String {
    switch shell {
    case .bash: bash
    case .zsh: zsh
    case .fish: fish
    }
  }

  private static let commands = CommandName.allCases

  // MARK: bash

  private static var bash: String {
    let cases = commands.map { command in
      """
            \(command.rawValue))
              options='\(spellings(of: command).joined(separator: " "))'
              operand='\(bashOperand(of: command))'
              ;;
      """
    }
    let values = valueWords.map { entry in
      """
          \(entry.option.rawValue)) COMPREPLY=($(compgen -W '\(entry.words.joined(separator: " "))' -- "$word")); return ;;
      """
    }
    let valued = OptionName.allCases.filter(\.takesValue)
    let files = valued.filter { isPath($0) }.flatMap(names).joined(separator: "|")
    let texts = valued.filter { !isPath($0) && !isWord($0) }.flatMap(names).joined(separator: "|")
    return """
      # bash completion for sweep
      _sweep() {
        local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
        local command='' options='' operand='' i
        COMPREPLY=()
        for ((i = 1; i < COMP_CWORD; i++)); do
          case ${COMP_WORDS[i]} in
            \(commands.map(\.rawValue).joined(separator: "|"))) command=${COMP_WORDS[i]}; break ;;
          esac
        done
        case $previous in
      \(values.joined(separator: "\n"))
          \(files)) COMPREPLY=($(compgen -f -- "$word")); return ;;
          \(texts)) return ;;
        esac
        if [[ -z $command ]]; then
          COMPREPLY=($(compgen -W '\(commands.map(\.rawValue).joined(separator: " ")) --help --version' -- "$word"))
          return
        fi
        case $command in
      \(cases.joined(separator: "\n"))
        esac
        if [[ $word == -* ]]; then
          COMPREPLY=($(compgen -W "$options" -- "$word"))
        elif [[ $operand == files ]]; then
          COMPREPLY=($(compgen -f -- "$word"))
        elif [[ $operand == folders ]]; then
          COMPREPLY=($(compgen -d -- "$word"))
        else
          COMPREPLY=($(compgen -W "$operand" -- "$word"))
        fi
      }
      complete -o filenames -F _sweep sweep

      """
  }

  private static func bashOperand(of command: CommandName) -> String {
    switch command.operands.first {
    case "SPEC": "files"
    case "DIR": "folders"
    default: operandWords(of: command).joined(separator: " ")
    }
  }

  // MARK: zsh

  private static var zsh: String {
    let descriptions = commands.map {
      "    '\($0.rawValue):\(zshQuoted($0.summary).replacing(":", with: "\\:"))'"
    }
    let cases = commands.map { command -> String in
      var parts = command.options.flatMap { option in zshOption(option, of: command) }
      for (index, operand) in command.operands.enumerated() {
        parts.append("'\(index + 1):\(operand):\(zshAction(operand, of: command))'")
      }
      if let operand = command.optionalOperand {
        parts.append("'1::\(operand):\(zshAction(operand, of: command))'")
      }
      return "    \(command.rawValue)) _arguments \(parts.joined(separator: " ")) ;;"
    }
    return """
      #compdef sweep
      # zsh completion for sweep
      _sweep() {
        local -a commands
        commands=(
      \(descriptions.joined(separator: "\n"))
        )
        if (( CURRENT == 2 )); then
          _describe command commands
          return
        fi
        local command=$words[2]
        shift words
        (( CURRENT-- ))
        case $command in
      \(cases.joined(separator: "\n"))
        esac
      }
      if [[ $funcstack[1] == _sweep ]]; then _sweep "$@"; else compdef _sweep sweep; fi

      """
  }

  private static func zshOption(_ option: OptionName, of command: CommandName) -> [String] {
    let text = zshQuoted(command.summary(of: option)).replacing("[", with: "\\[")
      .replacing("]", with: "\\]")
    let value: String =
      switch command.value(of: option) {
      case .none: ""
      case .folder: ":folder:_files -/"
      case .file: ":file:_files"
      case .word(let words): ":word:(\(words.joined(separator: " ")))"
      case .text(let name): ":\(name.lowercased()): "
      }
    let repeats = option == .set ? "*" : ""
    return names(option).map { name in
      let assignment = value.isEmpty ? "" : name.hasPrefix("--") ? "=" : "+"
      return "'\(repeats)\(name)\(assignment)[\(text)]\(value)'"
    }
  }

  private static func zshAction(_ operand: String, of command: CommandName) -> String {
    switch operand {
    case "SPEC": "_files -g \"*.json\""
    case "DIR": "_files -/"
    default:
      operandWords(of: command).isEmpty
        ? " " : "(\(operandWords(of: command).joined(separator: " ")))"
    }
  }

  // MARK: fish

  private static var fish: String {
    var lines = ["# fish completion for sweep", "complete -c sweep -f"]
    for command in commands {
      lines.append(
        "complete -c sweep -n __fish_use_subcommand -a \(command.rawValue) "
          + "-d '\(fishQuoted(command.summary))'")
    }
    lines.append("complete -c sweep -n __fish_use_subcommand -l version -d 'show the version'")
    for command in commands {
      let condition = "complete -c sweep -n '__fish_seen_subcommand_from \(command.rawValue)'"
      switch command.operands.first {
      case "SPEC", "DIR": lines.append("\(condition) -F")
      default:
        let words = operandWords(of: command).joined(separator: " ")
        if !words.isEmpty { lines.append("\(condition) -a '\(words)'") }
      }
      for option in command.options {
        let short = option.short.map { " -s \($0)" } ?? ""
        let value: String =
          switch command.value(of: option) {
          case .none: ""
          case .folder, .file: " -r -F"
          case .word(let words): " -x -a '\(words.joined(separator: " "))'"
          case .text: " -x"
          }
        lines.append(
          "\(condition)\(short) -l \(option.rawValue.dropFirst(2))\(value) "
            + "-d '\(fishQuoted(command.summary(of: option)))'")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Pieces

  private static func names(_ option: OptionName) -> [String] {
    (option.short.map { ["-\($0)"] } ?? []) + [option.rawValue]
  }

  private static func spellings(of command: CommandName) -> [String] {
    command.options.flatMap(names)
  }

  /// The words that an operand may be, when they are known.
  private static func operandWords(of command: CommandName) -> [String] {
    switch command {
    case .completions: Shell.allCases.map(\.rawValue)
    case .help: HelpTopic.words
    default: []
    }
  }

  /// Options with a closed set of values; the larger set where commands differ.
  private static var valueWords: [(option: OptionName, words: [String])] {
    OptionName.allCases.compactMap { option in
      guard case .word = option.value, case .word(let words) = CommandName.check.value(of: option)
      else { return nil }
      return (option, words)
    }
  }

  private static func isWord(_ option: OptionName) -> Bool {
    if case .word = option.value { true } else { false }
  }

  private static func isPath(_ option: OptionName) -> Bool {
    switch option.value {
    case .folder, .file: true
    case .none, .word, .text: false
    }
  }

  /// Text between single quotes of zsh, which end for a quote of the text.
  private static func zshQuoted(_ text: String) -> String {
    text.replacing("'", with: "'\\''")
  }

  /// Text between single quotes of fish, where a backslash holds.
  private static func fishQuoted(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
  }
}
