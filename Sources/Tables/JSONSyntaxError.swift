/// A place where a text is not JSON, or not the JSON that we accept.
package struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Fault: Hashable, Sendable {
    case empty
    case invalidUTF8
    case tooDeep(limit: Int)
    case unexpected(found: String, wanted: String)
    case trailingComma
    case comment
    case unterminatedString
    case controlCharacter(UInt8)
    case badEscape(String)
    case loneSurrogate(String)
    case badNumber(String)
    case numberOutOfRange(String)
    /// `NaN`, `Infinity` and their like.
    case notFinite(String)
    case singleQuotes
    case duplicateKey(first: JSONPosition)
    case trailingContent(String)
  }

  package var fault: Fault
  package var position: JSONPosition
  /// Keys and indices from the root, joined by dots; empty at the root.
  package var path: String

  package init(_ fault: Fault, at position: JSONPosition, path: String = "") {
    self.fault = fault
    self.position = position
    self.path = path
  }

  package var description: String {
    let place = "\(position.line):\(position.column): "
    return place + (path.isEmpty ? "" : path + ": ") + fault.description
  }
}

extension JSONSyntaxError.Fault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "the text is empty, expected a JSON value"
    case .invalidUTF8: "not UTF-8, a JSON text must be UTF-8"
    case .tooDeep(let limit): "nested more than \(limit) levels deep"
    case .unexpected(let found, let wanted): "found \(found), expected \(wanted)"
    case .trailingComma: "found a comma after the last item, JSON allows none there"
    case .comment: "found a comment, JSON has none (write it in \"description\")"
    case .unterminatedString: "a string is not closed, expected '\"' before the end of the line"
    case .controlCharacter(let byte):
      "found a control character in a string, write it as \\u00\(hexadecimal(byte))"
    case .badEscape(let text):
      "found '\(text)' in a string, allowed are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX"
    case .loneSurrogate(let text): "found '\(text)', half of a surrogate pair"
    case .badNumber(let text): "found '\(text)', not a JSON number (such as 12, -0.5 or 1e-3)"
    case .numberOutOfRange(let text): "found \(text), too large for a double"
    case .notFinite(let text): "found \(text), JSON has only finite numbers"
    case .singleQuotes: "found a single quote, JSON strings stand in double quotes"
    case .duplicateKey(let first):
      "duplicate key, first at line \(first.line), column \(first.column)"
    case .trailingContent(let found): "found \(found) after the end of the value"
    }
  }

  private func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }
}
