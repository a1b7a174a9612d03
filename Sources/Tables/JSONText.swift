/// A JSON value to be written: members keep their order.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// Written in its shortest round-trip form; JSON has no NaN or infinity, they become `null`.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])
  /// Text that is JSON already, written as it is, such as a number of 20 digits.
  case literal(String)

  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: JSONValue

    package init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(nilLiteral: ()) { self = .null }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }

  /// A value as it was read, numbers as they were written.
  package init(_ node: JSONNode) {
    self =
      switch node.value {
      case .null, .invalid: .null
      case .bool(let bool): .bool(bool)
      case .number(let number): .literal(number.text)
      case .string(let string): .string(string)
      case .array(let elements): .array(elements.map { JSONValue($0) })
      case .object(let members):
        .object(members.map { Member($0.key, JSONValue($0.node)) })
      }
  }
}

/// Writes JSON: pretty with two spaces, one value per line, short lists of scalars on one line;
/// folded, where whatever fits is one line; or compact on one line.
package struct JSONText {
  package enum Style: Sendable {
    case pretty, compact
    /// One line, with blanks behind commas and colons.
    case line
    /// As a person writes a spec: pretty, but objects and lists that fit on a line stand on one.
    case folded

    fileprivate var hasLines: Bool { self == .pretty || self == .folded }
  }

  /// The text of a value; a pretty or folded one ends with a line feed.
  package static func encode(_ value: JSONValue, style: Style = .pretty) -> String {
    var text = JSONText(style: style)
    text.write(value, indent: 0)
    if style.hasLines { text.bytes.append(UInt8(ascii: "\n")) }
    return String(decoding: text.bytes, as: UTF8.self)
  }

  private static let lineWidth = 100
  private let style: Style
  /// Whether this is a part that is to stand on one line.
  private let isFolded: Bool
  private var bytes: [UInt8] = []

  private init(style: Style, isFolded: Bool = false) {
    self.style = style
    self.isFolded = isFolded
  }

  private mutating func write(_ value: JSONValue, indent: Int) {
    if style == .folded, !isFolded, indent > 0, let line = foldedLine(value) {
      bytes.append(contentsOf: line)
      return
    }
    switch value {
    case .null: append("null")
    case .bool(let bool): append(bool ? "true" : "false")
    case .integer(let integer): append(String(integer))
    case .number(let number):
      if number.isFinite { appendShortest(number, to: &bytes) } else { append("null") }
    case .string(let string): write(string)
    case .literal(let text): append(text)
    case .array(let elements):
      if let line = oneLine(elements, indent: indent) {
        bytes.append(contentsOf: line)
      } else {
        writeItems(
          elements, brackets: ("[", "]"), indent: indent,
          fillsLines: style == .folded && !isFolded && elements.allSatisfy(\.isScalar)
        ) { text, element in
          text.write(element, indent: indent + 2)
        }
      }
    case .object(let members):
      writeItems(members, brackets: ("{", "}"), indent: indent) { text, member in
        text.write(member.key)
        text.append(text.style == .compact ? ":" : ": ")
        text.write(member.value, indent: indent + 2)
      }
    }
  }

  private mutating func writeItems<Item>(
    _ items: [Item], brackets: (String, String), indent: Int, fillsLines: Bool = false,
    _ writeItem: (inout JSONText, Item) -> Void
  ) {
    append(brackets.0)
    for (index, item) in items.enumerated() {
      if index > 0 { append(style == .line || isFolded ? ", " : ",") }
      if index > 0, fillsLines, column < Self.lineWidth - 20 {
        append(" ")
      } else {
        breakLine(indent: indent + 2)
      }
      // An object is set off by blanks: `{ "k_fold": 5 }`.
      if index == 0, isFolded, brackets.0 == "{" { append(" ") }
      writeItem(&self, item)
    }
    if !items.isEmpty {
      breakLine(indent: indent)
      if isFolded, brackets.0 == "{" { append(" ") }
    }
    append(brackets.1)
  }

  /// The text of an object or a list when it fits on the rest of the line.
  private func foldedLine(_ value: JSONValue) -> [UInt8]? {
    switch value {
    case .array(let elements): guard elements.count < Self.lineWidth else { return nil }
    case .object(let members): guard members.count < Self.lineWidth else { return nil }
    default: return nil
    }
    var line = JSONText(style: .folded, isFolded: true)
    line.write(value, indent: 0)
    return column + line.bytes.count < Self.lineWidth ? line.bytes : nil
  }

  /// How many bytes the line has so far.
  private var column: Int { bytes.reversed().prefix { $0 != UInt8(ascii: "\n") }.count }

  /// The text of a list of scalars when it fits on the rest of the line.
  private func oneLine(_ elements: [JSONValue], indent: Int) -> [UInt8]? {
    guard style == .pretty, elements.count <= Self.lineWidth else { return nil }
    var line = JSONText(style: .compact)
    line.append("[")
    for (index, element) in elements.enumerated() {
      guard element.isScalar else { return nil }
      if index > 0 { line.append(", ") }
      line.write(element, indent: 0)
    }
    line.append("]")
    return line.bytes.count + indent <= Self.lineWidth ? line.bytes : nil
  }

  private mutating func write(_ string: String) {
    bytes.append(UInt8(ascii: "\""))
    if !string.utf8.allSatisfy({ $0 < 0x7F }) { return writeScalars(string) }
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x08: append("\\b")
      case 0x09: append("\\t")
      case 0x0A: append("\\n")
      case 0x0C: append("\\f")
      case 0x0D: append("\\r")
      case 0..<0x20, 0x7F:
        append("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// The rest of a string with other characters than ASCII: those that a terminal would obey, and
  /// not show, as escapes.
  private mutating func writeScalars(_ string: String) {
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": append("\\\"")
      case "\\": append("\\\\")
      case "\u{08}": append("\\b")
      case "\u{0C}": append("\\f")
      default: append(escape(scalar) ?? String(scalar))
      }
    }
    append("\"")
  }

  private mutating func breakLine(indent: Int) {
    guard style.hasLines, !isFolded else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
  }

  private mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }
}

extension JSONValue {
  fileprivate var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }
}
