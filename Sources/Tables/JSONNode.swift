/// Where a character stands in a text: both numbers start at 1, a column counts Unicode scalars.
package struct JSONPosition: Hashable, Comparable, Sendable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The place of a value that no file holds, such as one given on the command line: line 0, and
  /// an ordinal that tells which one. It sorts before every real place.
  package static func outside(_ ordinal: Int) -> JSONPosition {
    JSONPosition(line: 0, column: ordinal)
  }

  package var isOutside: Bool { line == 0 }

  package static func < (left: JSONPosition, right: JSONPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A JSON value together with the place where it is written.
package struct JSONNode: Hashable, Sendable {
  package enum Value: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONNode])
    /// Members in the order of the text. A key occurs once.
    case object([JSONMember])
    /// Something that was reported as an error and skipped.
    case invalid
  }

  package var value: Value
  package var position: JSONPosition

  package init(_ value: Value, at position: JSONPosition) {
    self.value = value
    self.position = position
  }
}

/// A number and the text it was written as, since `1e-3` and an integer beyond 2⁵³ are more than
/// their double.
package struct JSONNumber: Hashable, Sendable {
  /// The double nearest to the text; always finite.
  package var value: Double
  package var text: String

  package init(value: Double, text: String) {
    self.value = value
    self.text = text
  }
}

/// A key of an object with its value.
package struct JSONMember: Hashable, Sendable {
  package var key: String
  package var keyPosition: JSONPosition
  package var node: JSONNode

  package init(key: String, keyPosition: JSONPosition, node: JSONNode) {
    self.key = key
    self.keyPosition = keyPosition
    self.node = node
  }
}

extension JSONNode {
  /// The value of a member, or `nil` when this is no object or has no such key.
  package subscript(key: String) -> JSONNode? {
    members?.first { $0.key == key }?.node
  }

  package var members: [JSONMember]? {
    if case .object(let members) = value { members } else { nil }
  }

  package var elements: [JSONNode]? {
    if case .array(let elements) = value { elements } else { nil }
  }

  package var string: String? {
    if case .string(let string) = value { string } else { nil }
  }

  package var number: Double? {
    if case .number(let number) = value { number.value } else { nil }
  }

  package var bool: Bool? {
    if case .bool(let bool) = value { bool } else { nil }
  }
}
