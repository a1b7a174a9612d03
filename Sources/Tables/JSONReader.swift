/// Reads JSON (RFC 8259) strictly, with the place of every value, and collects what is wrong.
///
/// Refused beyond the grammar: duplicate keys, numbers that overflow a double, lone surrogates,
/// more than 200 levels. A leading byte order mark is skipped. Faults after which the rest can
/// still be understood (duplicate keys, trailing commas, comments, bad escapes, `NaN`) are
/// collected; any other ends the reading. No input traps.
/// - Complexity: O(bytes).
package struct JSONReader {
  package static let depthLimit = 200

  /// What was read: no root when a fault made the rest unreadable.
  package struct Outcome: Sendable {
    package var root: JSONNode?
    /// In the order of the text.
    package var errors: [JSONSyntaxError]
  }

  package static func read(_ bytes: [UInt8]) -> Outcome {
    var reader = JSONReader(bytes)
    if let offset = firstInvalidUTF8(in: bytes) {
      reader.offset = offset
      return Outcome(
        root: nil, errors: [JSONSyntaxError(.invalidUTF8, at: reader.currentPosition())])
    }
    do {
      let root = try reader.readDocument()
      return Outcome(root: root, errors: reader.errors)
    } catch {
      return Outcome(root: nil, errors: reader.errors + [error])
    }
  }

  /// The root of a text without any fault.
  package static func node(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONNode {
    let outcome = read(bytes)
    if let error = outcome.errors.first { throw error }
    guard let root = outcome.root else {
      throw JSONSyntaxError(.empty, at: JSONPosition(line: 1, column: 1))
    }
    return root
  }

  let bytes: [UInt8]
  var offset = 0
  var errors: [JSONSyntaxError] = []
  private var path: [String] = []
  /// The place of `markOffset`, moved forward on demand.
  private var mark = JSONPosition(line: 1, column: 1)
  private var markOffset = 0

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      offset = 3
      markOffset = 3
    }
  }

  /// The byte at the offset, or `nil` at the end.
  var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  /// The place of the offset. Cheap as long as the offset only grows between calls.
  mutating func currentPosition() -> JSONPosition {
    if offset < markOffset {
      mark = JSONPosition(line: 1, column: 1)
      markOffset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? min(3, offset) : 0
    }
    while markOffset < offset {
      let byte = bytes[markOffset]
      if byte == UInt8(ascii: "\n") {
        mark = JSONPosition(line: mark.line + 1, column: 1)
      } else if byte & 0xC0 != 0x80 {
        mark.column += 1
      }
      markOffset += 1
    }
    return mark
  }

  mutating func error(_ fault: JSONSyntaxError.Fault) -> JSONSyntaxError {
    JSONSyntaxError(fault, at: currentPosition(), path: path.joined(separator: "."))
  }

  mutating func report(_ fault: JSONSyntaxError.Fault) {
    errors.append(error(fault))
  }

  // MARK: Values

  private mutating func readDocument() throws(JSONSyntaxError) -> JSONNode {
    skipSpace()
    guard current != nil else { throw error(.empty) }
    let root = try readValue(depth: 0)
    skipSpace()
    guard current == nil else { throw error(.trailingContent(found())) }
    return root
  }

  private mutating func readValue(depth: Int) throws(JSONSyntaxError) -> JSONNode {
    guard depth <= Self.depthLimit else { throw error(.tooDeep(limit: Self.depthLimit)) }
    let position = currentPosition()
    switch current {
    case UInt8(ascii: "{"):
      return JSONNode(.object(try readMembers(depth: depth)), at: position)
    case UInt8(ascii: "["):
      return JSONNode(.array(try readElements(depth: depth)), at: position)
    case UInt8(ascii: "\""):
      return JSONNode(try readString().map { .string($0) } ?? .invalid, at: position)
    case UInt8(ascii: "'"):
      throw error(.singleQuotes)
    default:
      return JSONNode(try readScalar(), at: position)
    }
  }

  private mutating func readMembers(depth: Int) throws(JSONSyntaxError) -> [JSONMember] {
    var members: [JSONMember] = []
    // By bytes: a `String` takes an accent in one character and in two for the same.
    var firstPositions: [[UInt8]: JSONPosition] = [:]
    let close = UInt8(ascii: "}")
    offset += 1
    skipSpace()
    while current != close {
      let keyPosition = currentPosition()
      guard current == UInt8(ascii: "\"") else {
        if current == UInt8(ascii: "'") { throw error(.singleQuotes) }
        let wanted = members.isEmpty ? "a key in double quotes or '}'" : "a key in double quotes"
        throw error(.unexpected(found: found(), wanted: wanted))
      }
      let key = try readString()
      path.append(key ?? "?")
      skipSpace()
      guard current == UInt8(ascii: ":") else {
        throw error(.unexpected(found: found(), wanted: "':' after the key"))
      }
      offset += 1
      skipSpace()
      let node = try readValue(depth: depth + 1)
      if let key {
        if let first = firstPositions[Array(key.utf8)] {
          errors.append(
            JSONSyntaxError(
              .duplicateKey(first: first), at: keyPosition, path: path.joined(separator: ".")))
        } else {
          firstPositions[Array(key.utf8)] = keyPosition
          members.append(JSONMember(key: key, keyPosition: keyPosition, node: node))
        }
      }
      path.removeLast()
      try readSeparator(before: close)
    }
    offset += 1
    return members
  }

  private mutating func readElements(depth: Int) throws(JSONSyntaxError) -> [JSONNode] {
    var elements: [JSONNode] = []
    let close = UInt8(ascii: "]")
    offset += 1
    skipSpace()
    while current != close {
      path.append(String(elements.count))
      elements.append(try readValue(depth: depth + 1))
      path.removeLast()
      try readSeparator(before: close)
    }
    offset += 1
    return elements
  }

  /// Steps over a comma, or up to the closing bracket.
  private mutating func readSeparator(before close: UInt8) throws(JSONSyntaxError) {
    skipSpace()
    if current == close { return }
    guard current == UInt8(ascii: ",") else {
      let bracket = Character(Unicode.Scalar(close))
      throw error(.unexpected(found: found(), wanted: "',' or '\(bracket)'"))
    }
    let commaPosition = currentPosition()
    offset += 1
    skipSpace()
    if current == close {
      errors.append(
        JSONSyntaxError(.trailingComma, at: commaPosition, path: path.joined(separator: ".")))
    }
  }

  /// Steps over white space, and over comments, which it reports.
  private mutating func skipSpace() {
    while let byte = current {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
        offset += 1
      case UInt8(ascii: "#"):
        report(.comment)
        skipLine()
      case UInt8(ascii: "/"):
        switch offset + 1 < bytes.count ? bytes[offset + 1] : 0 {
        case UInt8(ascii: "/"):
          report(.comment)
          skipLine()
        case UInt8(ascii: "*"):
          report(.comment)
          skipBlockComment()
        default:
          return
        }
      default:
        return
      }
    }
  }

  private mutating func skipLine() {
    while let byte = current, byte != UInt8(ascii: "\n") { offset += 1 }
  }

  private mutating func skipBlockComment() {
    offset += 2
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "/"), bytes[offset - 1] == UInt8(ascii: "*") {
        offset += 1
        return
      }
      offset += 1
    }
  }

  /// The character at the offset in words.
  func found() -> String {
    guard offset < bytes.count else { return "the end of the text" }
    let rest = bytes[offset..<min(offset + 4, bytes.count)]
    guard let scalar = String(decoding: rest, as: UTF8.self).unicodeScalars.first else {
      return "the end of the text"
    }
    if scalar.value < 0x20 || scalar.value == 0x7F {
      return "a control character"
    }
    return "'\(Character(scalar))'"
  }
}
