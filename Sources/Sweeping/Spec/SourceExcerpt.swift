import Tables

/// The line of a text that a message is about, and a caret below the place.
struct SourceExcerpt {
  /// The line and the caret, or nothing where the text has no such line.
  /// - Parameters:
  ///   - position: line and column from 1; a column counts Unicode scalars.
  ///   - width: the columns of the terminal; of a longer line the part around the place is shown.
  static func lines(of text: String, at position: JSONPosition, width: Int) -> [String] {
    let found = text.utf8.split(
      separator: UInt8(ascii: "\n"), maxSplits: position.line, omittingEmptySubsequences: false
    ).dropFirst(position.line - 1).first
    guard let found, position.line > 0 else { return [] }
    let scalars = Array(String(Substring(found)).unicodeScalars)
    let place = min(position.column - 1, scalars.count)
    let room = max(width - 2 * margin.count, 20)
    let start = scalars.count <= room ? 0 : max(0, place - room / 2)
    let end = min(scalars.count, start + room)
    func shown(_ range: Range<Int>) -> String {
      scalars[range].map { $0 == "\t" ? " " : $0 == "\r" ? "" : printable(String($0)) }.joined()
    }
    let before = (start > 0 ? "…" : "") + shown(start..<place)
    let after = shown(place..<end) + (end < scalars.count ? "…" : "")
    return [
      margin + before + after,
      margin + String(repeating: " ", count: before.count) + "^",
    ]
  }

  private static let margin = "  "
}
