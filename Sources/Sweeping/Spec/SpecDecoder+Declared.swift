import Results
import Tables

/// Values of an object as the declarations of its keys have them: type, range and default.
extension SpecDecoder {
  /// A member that is an object itself, or `nil` where it is not written.
  mutating func object<Outer, Inner: SpecKeyword>(
    _ key: Outer, of object: SpecObject<Outer>?, _: Inner.Type = Inner.self
  ) -> SpecObject<Inner>? {
    object?[key].flatMap { self.object($0, Inner.self) }
  }

  /// A number in the range of its key; the default where none is written or the one is bad.
  mutating func number<Key>(_ key: Key, of object: SpecObject<Key>?) -> Double? {
    guard case .number(let range) = key.declaration.value else {
      preconditionFailure("'\(key.rawValue)' is declared as no number")
    }
    return number(object?[key], in: range) ?? key.defaultNumber
  }

  mutating func whole<Key>(_ key: Key, of object: SpecObject<Key>?) -> Int? {
    number(key, of: object).map { Int($0) }
  }

  mutating func flag<Key>(_ key: Key, of object: SpecObject<Key>?) -> Bool {
    guard case .bool(let standard) = key.declaration.defaultValue else {
      preconditionFailure("'\(key.rawValue)' is declared without a default")
    }
    return bool(object?[key]) ?? standard
  }

  /// A word; the default where none is written or the one is bad.
  mutating func word<Key, Word: RawRepresentable<String> & CaseIterable>(
    _ key: Key, of object: SpecObject<Key>?, _: Word.Type = Word.self
  ) -> Word? {
    if let word = word(object?[key], Word.self) { return word }
    guard case .string(let standard) = key.declaration.defaultValue else { return nil }
    return Word(rawValue: standard)
  }

  /// A text that is not empty.
  mutating func text<Key>(_ key: Key, of object: SpecObject<Key>) -> String? {
    text(object[key], key.declaration.value.words)
  }

  /// A key that must be there, with its example for one who lacks it.
  mutating func require<Key>(_ key: Key, in object: SpecObject<Key>) -> SpecField? {
    require(key, in: object, write: key.written)
  }
}

/// Keys of an object that exclude each other.
extension SpecDecoder {
  /// The first of the keys that is there, of which one has to be and no more may.
  /// - Parameters:
  ///   - missing: the key that a message asks for where none is there.
  ///   - write: what stands for it in the message.
  mutating func choice<Key>(
    of keys: [Key], in object: SpecObject<Key>, missing: Key, write: String
  ) -> (key: Key, field: SpecField)? {
    let present = object.present(keys)
    guard let key = present.first, let field = object[key] else {
      if object.misspelt.isEmpty {
        report(.missing(key: missing.rawValue, write: write), at: object.field)
      }
      return nil
    }
    for other in present.dropFirst() {
      reject(
        other, in: object,
        "'\(other.rawValue)' and '\(key.rawValue)' exclude each other, keep one")
    }
    return (key, field)
  }

  /// Reports a key that is there and must not be.
  mutating func reject<Key>(_ key: Key, in object: SpecObject<Key>, _ reason: String) {
    report(
      .conflict(reason), at: object.keyPositions[key] ?? object.field.node.position,
      path: "\(object.field.path).\(key.rawValue)")
  }
}

extension SpecKeyword {
  /// The first example as a member of its object.
  var written: String {
    let example = declaration.examples.first ?? .null
    return "\"\(rawValue)\": " + JSONText.encode(example, style: .line)
  }

  fileprivate var defaultNumber: Double? {
    switch declaration.defaultValue {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
