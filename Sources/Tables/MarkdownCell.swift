/// Text that stays in its cell of a Markdown table and means nothing to Markdown or HTML.
package func markdownCell(_ text: String) -> String {
  var result = ""
  for character in text {
    switch character {
    case "|", "*", "_", "`", "[", "]", "\\", "~", "#": result += "\\\(character)"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "&": result += "&amp;"
    case "\n", "\r", "\r\n": result += " "
    default: result.append(character)
    }
  }
  return printable(result)
}
