enum Shell: String, CaseIterable {
  case bash, zsh, fish
}

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
    let valued = OptionName.allCases.filter(\.declaration.takesValue)
    let values = valued.filter { !$0.declaration.words.isEmpty }.map { option in
      """
          \(option.rawValue)) COMPREPLY=($(compgen -W '\(option.declaration.words.joined(separator: " "))' -- "$word")); return ;;
      """
    }
    let files = valued.filter { isPath($0) }.flatMap(names).joined(separator: "|")
    let texts = valued.filter { !isPath($0) && $0.declaration.words.isEmpty }
      .flatMap(names).joined(separator: "|")
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
    switch operand(of: command)?.kind {
    case .spec: "files"
    case .folder: "folders"
    case .word(let words): words.joined(separator: " ")
    case .text, nil: ""
    }
  }

  // MARK: zsh

  private static var zsh: String {
    let descriptions = commands.map {
      "    '\($0.rawValue):\(zshQuoted($0.declaration.summary).replacing(":", with: "\\:"))'"
    }
    let cases = commands.map { command -> String in
      var parts = command.options.flatMap { option in zshOption(option, of: command) }
      for (index, operand) in command.declaration.operands.enumerated() {
        parts.append("'\(index + 1):\(operand.name):\(zshAction(operand))'")
      }
      if let operand = command.declaration.optionalOperand {
        parts.append("'1::\(operand.name):\(zshAction(operand))'")
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
    let variant = option.declaration.variant(of: command)
    let text = zshQuoted(variant.summary).replacing("[", with: "\\[")
      .replacing("]", with: "\\]")
    let value: String =
      switch variant.value {
      case .none: ""
      case .folder: ":folder:_files -/"
      case .file: ":file:_files"
      case .word(let words): ":word:(\(words.joined(separator: " ")))"
      case .count: ":n: "
      case .text(let name, _): ":\(name.lowercased()): "
      }
    let repeats = option.declaration.isRepeatable ? "*" : ""
    return names(option).map { name in
      let assignment = value.isEmpty ? "" : name.hasPrefix("--") ? "=" : "+"
      return "'\(repeats)\(name)\(assignment)[\(text)]\(value)'"
    }
  }

  private static func zshAction(_ operand: Operand) -> String {
    switch operand.kind {
    case .spec: "_files -g \"*.json\""
    case .folder: "_files -/"
    case .word(let words): "(\(words.joined(separator: " ")))"
    case .text: " "
    }
  }

  // MARK: fish

  private static var fish: String {
    var lines = ["# fish completion for sweep", "complete -c sweep -f"]
    for command in commands {
      lines.append(
        "complete -c sweep -n __fish_use_subcommand -a \(command.rawValue) "
          + "-d '\(fishQuoted(command.declaration.summary))'")
    }
    lines.append("complete -c sweep -n __fish_use_subcommand -l version -d 'show the version'")
    for command in commands {
      let condition = "complete -c sweep -n '__fish_seen_subcommand_from \(command.rawValue)'"
      switch operand(of: command)?.kind {
      case .spec, .folder: lines.append("\(condition) -F")
      case .word(let words): lines.append("\(condition) -a '\(words.joined(separator: " "))'")
      case .text, nil: break
      }
      for option in command.options {
        let (declaration, variant) = (option.declaration, option.declaration.variant(of: command))
        let short = declaration.short.map { " -s \($0)" } ?? ""
        let value: String =
          switch variant.value {
          case .none: ""
          case .folder, .file: " -r -F"
          case .word(let words): " -x -a '\(words.joined(separator: " "))'"
          case .count, .text: " -x"
          }
        lines.append(
          "\(condition)\(short) -l \(option.rawValue.dropFirst(2))\(value) "
            + "-d '\(fishQuoted(variant.summary))'")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Pieces

  private static func names(_ option: OptionName) -> [String] {
    (option.declaration.short.map { ["-\($0)"] } ?? []) + [option.rawValue]
  }

  private static func spellings(of command: CommandName) -> [String] {
    command.options.flatMap(names)
  }

  private static func operand(of command: CommandName) -> Operand? {
    command.declaration.operands.first ?? command.declaration.optionalOperand
  }

  private static func isPath(_ option: OptionName) -> Bool {
    switch option.declaration.value {
    case .folder, .file: true
    case .none, .count, .word, .text: false
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
