/// Lines of at most 100 characters, broken at blanks outside of what stands between backticks.
package func wrappedLines(_ text: String, indent: String, first: String? = nil) -> [String] {
  var lines: [String] = []
  var line = first ?? indent
  var isCode = false
  var words: [String] = []
  for part in text.split(separator: " ", omittingEmptySubsequences: false) {
    if isCode { words[words.count - 1] += " " + part } else { words.append(String(part)) }
    if part.count(where: { $0 == "`" }) % 2 == 1 { isCode.toggle() }
  }
  for (index, word) in words.enumerated() {
    let isFull = line.count + 1 + word.count > 100
    if index > 0, isFull { lines.append(line) }
    line = index == 0 || isFull ? (index == 0 ? line : indent) + word : line + " " + word
  }
  return lines + [line]
}
