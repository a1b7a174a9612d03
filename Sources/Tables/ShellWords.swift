/// Words of a POSIX shell: how to write one safely, and how to read several from a line.
///
/// Works by Unicode scalars: a quote that a combining accent follows is no `Character` of its own,
/// but the shell takes it for a quote.
package enum ShellWords {
  /// The word, quoted so that any shell gives it back to the byte.
  package static func quote(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "_./-=:,@%+".utf8.contains(byte)
        }
      }
    if isPlain { return word }
    var quoted = "'"
    for scalar in word.unicodeScalars {
      if scalar == "'" { quoted += #"'\''"# } else { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "'"
  }

  /// Splits as a shell does: at white space, outside of quotes; nothing is expanded.
  ///
  /// Single quotes keep everything, double quotes all but a backslash before `"`, `\`, `$` or a
  /// backquote, and a backslash keeps the next character.
  package static func split(_ line: String) throws(ShellWordsError) -> [String] {
    var words: [String] = []
    var word: String.UnicodeScalarView?
    var rest = line.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == " " || scalar == "\t" || scalar == "\n" {
        if let whole = word.take() { words.append(String(whole)) }
        continue
      }
      var text = word ?? String.UnicodeScalarView()
      switch scalar {
      case "'":
        guard let end = rest.firstIndex(of: "'") else { throw .unclosed("'", line: line) }
        text += rest[..<end]
        rest = rest[rest.index(after: end)...]
      case "\"":
        text += try takeDoubleQuoted(from: &rest, line: line)
      case "\\":
        guard let next = rest.popFirst() else { throw .unclosed("\\", line: line) }
        text.append(next)
      default:
        text.append(scalar)
      }
      word = text
    }
    if let word { words.append(String(word)) }
    return words
  }

  private static func takeDoubleQuoted(
    from rest: inout Substring.UnicodeScalarView, line: String
  ) throws(ShellWordsError) -> String.UnicodeScalarView {
    var text = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      if scalar == "\"" { return text }
      if scalar == "\\", let next = rest.first, "\"\\$`".unicodeScalars.contains(next) {
        text.append(next)
        rest.removeFirst()
      } else {
        text.append(scalar)
      }
    }
    throw .unclosed("\"", line: line)
  }
}

package enum ShellWordsError: Error, Hashable, CustomStringConvertible {
  case unclosed(Unicode.Scalar, line: String)

  package var description: String {
    switch self {
    case .unclosed("\\", let line): "'\(line)': nothing follows the last backslash"
    case .unclosed(let quote, let line): "'\(line)': a \(quote) is not closed"
    }
  }
}
