import Datasets
import LinearModels
import ModelSelection
import Results
import Tables

/// Turns a document into a spec, collecting every problem on the way.
///
/// A function that decodes a value reports what is wrong with it and then goes on with a value
/// that raises no further complaint, so that one mistake gives one message.
struct SpecDecoder {
  let document: SpecDocument
  var problems: [SpecProblem]
  /// What is no error but hardly meant.
  private(set) var remarks: [SpecProblem] = []

  init(_ document: SpecDocument) {
    self.document = document
    problems = document.problems
  }

  // MARK: Reporting

  mutating func report(_ fault: SpecFault, at position: JSONPosition, path: String) {
    problems.append(problem(fault, at: position, path: path))
  }

  /// Says something that is no error.
  mutating func remark(_ text: String, at position: JSONPosition, path: String) {
    remarks.append(problem(.conflict(text), at: position, path: path))
  }

  private func problem(
    _ fault: SpecFault, at position: JSONPosition, path: String
  ) -> SpecProblem {
    let override = position.isOutside ? document.overrides[position.column].path : nil
    return SpecProblem(fault: fault, position: position, path: path, override: override)
  }

  mutating func report(_ fault: SpecFault, at field: SpecField) {
    if case .invalid = field.node.value { return }
    report(fault, at: field.node.position, path: field.path)
  }

  /// Reports that a field is not what is allowed there.
  mutating func mismatch(_ field: SpecField, allowed: String, nearest: String? = nil) {
    report(
      .mismatch(found: field.node.summary, allowed: allowed, nearest: nearest), at: field)
  }

  // MARK: Objects

  /// The members of an object, after unknown keys are reported; `nil` when it is no object.
  mutating func object<Key: SpecKeyword>(
    _ field: SpecField, _: Key.Type = Key.self
  ) -> SpecObject<Key>? {
    guard let members = field.node.members else {
      mismatch(field, allowed: KeyValue.object(Key.self).words)
      return nil
    }
    let names = Key.allCases.map(\.rawValue)
    var fields: [Key: SpecField] = [:]
    var keyPositions: [Key: JSONPosition] = [:]
    var misspelt: Set<String> = []
    for member in members {
      let path = field.path.isEmpty ? member.key : "\(field.path).\(member.key)"
      if let key = Key(rawValue: member.key) {
        fields[key] = SpecField(node: member.node, path: path)
        keyPositions[key] = member.keyPosition
      } else {
        if let remedy = remedy(for: member.key, among: names) {
          misspelt.insert("lambda")
          report(.conflict(remedy), at: member.keyPosition, path: path)
          continue
        }
        let nearest = likelyName(for: member.key, among: names)
        if let nearest { misspelt.insert(nearest) }
        report(.unknownKey(allowed: names, nearest: nearest), at: member.keyPosition, path: path)
      }
    }
    return SpecObject(
      field: field, fields: fields, keyPositions: keyPositions, misspelt: misspelt)
  }

  /// Reports a key that must be there, unless it seems to be there misspelt.
  mutating func require<Key>(_ key: Key, in object: SpecObject<Key>, write: String) -> SpecField? {
    if let field = object[key] { return field }
    if !object.misspelt.contains(key.rawValue) {
      report(.missing(key: key.rawValue, write: write), at: object.field)
    }
    return nil
  }

  // MARK: Scalars

  mutating func number(_ field: SpecField?, in range: NumberRange) -> Double? {
    guard let field else { return nil }
    guard let value = field.node.number, range.accepts(value) else {
      let isTooLarge = range.isWhole && (field.node.number ?? 0) > NumberRange.largestWhole
      mismatch(
        field,
        allowed: isTooLarge
          ? "a whole number of at most 9007199254740992 (2^53), larger ones are not exact"
          : range.words)
      return nil
    }
    return value
  }

  mutating func whole(_ field: SpecField?, in range: NumberRange) -> Int? {
    number(field, in: range).map { Int($0) }
  }

  mutating func bool(_ field: SpecField?) -> Bool? {
    guard let field else { return nil }
    if let bool = field.node.bool { return bool }
    mismatch(field, allowed: KeyValue.flag.words)
    return nil
  }

  /// A string that is not empty.
  mutating func text(_ field: SpecField?, _ what: String) -> String? {
    guard let field else { return nil }
    if let string = field.node.string, !string.isEmpty, !string.utf8.contains(0) { return string }
    mismatch(field, allowed: what)
    return nil
  }

  /// A word that an enum knows.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ field: SpecField?, _: Word.Type
  ) -> Word? {
    guard let field else { return nil }
    if let word = field.node.string.flatMap({ Word(rawValue: $0) }) { return word }
    let words = Word.allCases.map(\.rawValue)
    let nearest = field.node.string.flatMap { likelyName(for: $0, among: words) }
    mismatch(field, allowed: quotedList(words), nearest: nearest)
    return nil
  }

  /// The words of an array, each once; `nil` when one of them was reported.
  mutating func words<Word: RawRepresentable<String> & CaseIterable & Hashable>(
    _ field: SpecField?, _: Word.Type
  ) -> [Word]? {
    guard let field else { return nil }
    guard let elements = field.elements else {
      mismatch(field, allowed: "an array of \(quotedList(Word.allCases.map(\.rawValue)))")
      return nil
    }
    var words: [Word] = []
    for element in elements {
      guard let word = word(element, Word.self) else { continue }
      if words.contains(word) {
        report(.conflict("'\(word.rawValue)' is listed twice"), at: element)
      }
      words.append(word)
    }
    return words.count == elements.count ? words : nil
  }

  /// A path, made relative to where the program runs instead of to the spec's folder.
  mutating func path(_ field: SpecField?) -> String? {
    guard let path = text(field, KeyValue.path.words) else { return nil }
    // By bytes: a slash before a combining accent is no `Character` of its own.
    guard path != "-", path.utf8.first != UInt8(ascii: "/"),
      let slash = document.path.utf8.lastIndex(of: UInt8(ascii: "/"))
    else { return path }
    return String(document.path[...slash]) + path
  }

}

/// A value of the document and its path.
struct SpecField {
  let node: JSONNode
  let path: String

  /// The elements of an array, with their paths.
  var elements: [SpecField]? {
    node.elements?.enumerated().map { SpecField(node: $0.element, path: "\(path).\($0.offset)") }
  }
}

/// An object whose keys are known.
struct SpecObject<Key: SpecKeyword> {
  let field: SpecField
  let fields: [Key: SpecField]
  let keyPositions: [Key: JSONPosition]
  /// Known keys that an unknown key was taken for.
  let misspelt: Set<String>

  subscript(key: Key) -> SpecField? { fields[key] }

  /// Whether the key is neither there nor seems to be there misspelt.
  func lacks(_ key: Key) -> Bool {
    fields[key] == nil && !misspelt.contains(key.rawValue)
  }

  /// Those of the keys that are there, in their order.
  func present(_ keys: [Key]) -> [Key] { keys.filter { fields[$0] != nil } }
}
