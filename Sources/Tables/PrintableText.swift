/// Text that comes from a file, a path or a name, made safe for a terminal or a log: the one place
/// that does so.
///
/// Control characters (C0, C1, delete), line and paragraph separators and the marks that turn the
/// direction of writing become `\n`, `\t`, `\u001b` and the like, so that a text stays one line and
/// says what is in it. A start that GitHub would take for a workflow command, `::error::`, or
/// `##[error]` anywhere, gets a backslash. Anything else is left as it is.
package func printable(_ text: String) -> String {
  var result = ""
  if isCommand(text) { result = "\\" }
  var previous: [Unicode.Scalar] = []
  for scalar in text.unicodeScalars {
    if let escape = escape(scalar) {
      result += escape
    } else {
      if scalar == "[", previous.suffix(2) == ["#", "#"] { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    previous = previous.suffix(1) + [scalar]
  }
  return result
}

/// Whether the first thing on the line is the `::` that begins a workflow command.
private func isCommand(_ text: String) -> Bool {
  text.unicodeScalars.drop { $0.properties.isWhitespace }.starts(with: "::".unicodeScalars)
}

/// What stands for a character that must not be printed; `nil` for every other one.
func escape(_ scalar: Unicode.Scalar) -> String? {
  switch scalar {
  case "\n": return "\\n"
  case "\r": return "\\r"
  case "\t": return "\\t"
  default: break
  }
  switch scalar.value {
  case 0..<0x20, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069:
    return unicodeEscape(scalar)
  default: return nil
  }
}

/// `\u001b`, as JSON writes it.
func unicodeEscape(_ scalar: Unicode.Scalar) -> String {
  String(scalar).utf16.map { unit in
    let digits = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }.joined()
}
