/// Text from a file as one line that a terminal or a log prints and never obeys.
///
/// Control characters (C0, DEL, C1), line and paragraph separators, and the marks that turn the
/// direction of writing become `\n`, `\t` or `\u{1b}`; everything else stays as it is.
/// - Complexity: O(length).
package func escapedForTerminal(_ text: some StringProtocol) -> String {
  guard text.unicodeScalars.contains(where: \.isUnprintable) else { return String(text) }
  var escaped = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
    case "\r": escaped.append(contentsOf: "\\r".unicodeScalars)
    case "\t": escaped.append(contentsOf: "\\t".unicodeScalars)
    case _ where scalar.isUnprintable:
      escaped.append(
        contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
    default: escaped.append(scalar)
    }
  }
  return String(escaped)
}

extension Unicode.Scalar {
  /// Whether a terminal may act on the character instead of showing it.
  fileprivate var isUnprintable: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0: true
    // Line and paragraph separators; marks, embeddings, overrides and isolates of direction.
    case 0x2028, 0x2029, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
