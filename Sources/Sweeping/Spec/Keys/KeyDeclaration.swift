import Results
import Tables

/// All that there is to know of one key of a spec, once: the reader, its messages, the JSON Schema,
/// `sweep help spec` and docs/spec.md read it.
struct KeyDeclaration: Sendable {
  let value: KeyValue
  /// What the key is for.
  let text: String
  /// The value of a key that is not written; `nil` where there is none, or where the text says from
  /// what it follows.
  let defaultValue: JSONValue?
  let unit: String?
  /// Values that are good as they stand.
  let examples: [JSONValue]

  init(
    _ value: KeyValue, _ text: String, default defaultValue: JSONValue? = nil,
    unit: String? = nil, examples: JSONValue...
  ) {
    self.value = value
    self.text = text
    self.defaultValue = defaultValue
    self.unit = unit
    self.examples = examples
  }

  /// The text and the unit.
  var description: String { unit.map { "\(text) Unit: \($0)." } ?? text }
}

/// The keys of one kind of object in a spec, each with its declaration.
protocol SpecKeyword: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  var declaration: KeyDeclaration { get }
  /// The path of the object; empty for the spec itself.
  static var place: String { get }
  /// An object of such keys, for a message.
  static var example: JSONValue { get }
  /// The keys without which there is no such object.
  static var required: [Self] { get }
  /// The schema of such an object.
  static var schema: JSONValue { get }
}

extension SpecKeyword {
  /// Keys from the root, joined by dots, as `--set` takes them.
  var path: String { Self.place.isEmpty ? rawValue : "\(Self.place).\(rawValue)" }

  static var required: [Self] { [] }
  static var schema: JSONValue { SpecSchema.object(Array(allCases), required: required) }
}

/// What a key holds.
indirect enum KeyValue: Sendable {
  case number(NumberRange)
  case flag
  /// Nothing but this value.
  case only(JSONValue)
  /// A whole number of 64 bits, also one that a double cannot hold.
  case seed
  /// A text that is not empty, and what it is.
  case text(String)
  /// The path of a file, relative to the spec's folder.
  case path
  case words([String])
  case list(KeyValue, minimum: Int = 0, unique: Bool = false)
  case oneOrMore(KeyValue)
  case object(any SpecKeyword.Type)
  /// Something of its own: what it is, its schema, and the keys of the objects that it may hold.
  case other(String, JSONValue, keys: (any SpecKeyword.Type)? = nil)

  static func words<Word: RawRepresentable<String> & CaseIterable>(_: Word.Type) -> KeyValue {
    .words(Word.allCases.map(\.rawValue))
  }

  /// What is allowed, for messages and the help.
  var words: String {
    switch self {
    case .number(let range): range.words
    case .flag: "true or false"
    case .only(let value): JSONText.encode(value, style: .line)
    case .seed: "a whole number from 0 to \(UInt64.max)"
    case .text(let what), .other(let what, _, _): what
    case .path: "a path, relative to the spec's folder"
    case .words(let words): quotedList(words)
    case .list(let element, _, _): "an array, each element " + element.words
    case .oneOrMore(let element): element.words + ", or an array of them"
    case .object(let keys): "an object such as " + JSONText.encode(keys.example, style: .line)
    }
  }

  /// What it is, for the help: an object's keys have entries of their own.
  var type: String {
    switch self {
    case .object: "an object"
    case .list(.object, _, _): "an array of objects"
    default: words
    }
  }

  var schema: JSONValue {
    switch self {
    case .number(let range): range.schema
    case .flag: ["type": "boolean"]
    case .only(let value): ["const": value]
    case .seed: ["type": "integer", "minimum": 0, "maximum": .literal("\(UInt64.max)")]
    case .text, .path: ["type": "string", "minLength": 1]
    case .words(let words): ["enum": .array(words.map { .string($0) })]
    case .list(let element, let minimum, let unique):
      .object(
        [.init("type", "array"), .init("items", element.schema)]
          + (minimum > 0 ? [.init("minItems", .integer(minimum))] : [])
          + (unique ? [.init("uniqueItems", true)] : []))
    case .oneOrMore(let element):
      ["anyOf": [element.schema, KeyValue.list(element, minimum: 1).schema]]
    case .object(let keys): keys.schema
    case .other(_, let schema, _): schema
    }
  }

  /// The keys of the object, or of those in the list.
  var keys: (any SpecKeyword.Type)? {
    switch self {
    case .object(let keys): keys
    case .list(let element, _, _), .oneOrMore(let element): element.keys
    case .other(_, _, let keys): keys
    default: nil
    }
  }
}

/// `"a", "b" or "c"`.
func quotedList(_ words: [String]) -> String {
  let quoted = words.map { "\"\($0)\"" }
  guard quoted.count > 1, let last = quoted.last else { return quoted.joined() }
  return quoted.dropLast().joined(separator: ", ") + " or " + last
}
