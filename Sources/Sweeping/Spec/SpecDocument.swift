import Tables

/// What was written: the values of the file with the overrides applied, not yet checked.
struct SpecDocument {
  /// The path as the user typed it.
  let path: String
  let text: String
  let root: JSONNode
  let overrides: [SpecOverride]
  /// What is wrong with the text or the overrides, as far as the rest could still be read.
  let problems: [SpecProblem]

  init(text bytes: [UInt8], path: String, overrides: [SpecOverride]) throws(SpecErrors) {
    let outcome = JSONReader.read(bytes)
    var problems = outcome.errors.map {
      SpecProblem(fault: .syntax($0.fault), position: $0.position, path: $0.path, override: nil)
    }
    text = String(decoding: bytes, as: UTF8.self)
    if let other = SpecDocument.otherFormat(text, path: path), !outcome.errors.isEmpty {
      problems = [
        SpecProblem(
          fault: .conflict(
            "this is \(other), a spec is JSON: {\"data\": {…}, \"grid\": {…}}; "
              + "'sweep init NAME' writes one to start from"),
          position: JSONPosition(line: 1, column: 1), path: "", override: nil)
      ]
      throw SpecErrors(path: path, text: text, problems: problems)
    }
    guard var root = outcome.root else {
      throw SpecErrors(path: path, text: text, problems: problems)
    }
    for (index, override) in overrides.enumerated() {
      let position = JSONPosition.outside(index)
      let keys = override.path.split(separator: ".", omittingEmptySubsequences: false)
      do {
        root = try root.replacing(
          keys.map(String.init)[...], with: override.node(at: position), trail: [])
        if keys.count == 2, keys[0] == SpecKey.split.rawValue {
          root = root.keepingSplitKind(String(keys[1]))
        }
      } catch {
        problems.append(
          SpecProblem(fault: error, position: position, path: "", override: override.path))
      }
    }
    self.path = path
    self.root = root
    self.overrides = overrides
    self.problems = problems
  }
}

extension SpecDocument {
  /// What a text that is no JSON is, from its first line that says something.
  private static func otherFormat(_ text: String, path: String) -> String? {
    let lines = text.split(whereSeparator: \.isNewline).lazy.map { line in
      line.drop { $0 == " " || $0 == "\t" }
    }
    guard let first = lines.first(where: { !$0.isEmpty && !$0.hasPrefix("#") }),
      !first.hasPrefix("{")
    else { return nil }
    let key = first.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" || $0 == "\"" }
    let rest = first.dropFirst(key.count)
    if path.hasSuffix(".yaml") || path.hasSuffix(".yml") || first == "---" { return "YAML" }
    if !key.isEmpty, rest == ":" || rest.hasPrefix(": ") { return "YAML" }
    if path.hasSuffix(".toml") { return "TOML" }
    if !key.isEmpty, rest.drop(while: { $0 == " " }).hasPrefix("=") { return "TOML" }
    return path.hasSuffix(".csv") || key != first && rest.hasPrefix(",") ? "a CSV file" : nil
  }
}

extension SpecFault: Error {}

extension JSONNode {
  /// This value with the part at `keys` replaced, or added where an object lacks the key.
  fileprivate func replacing(
    _ keys: ArraySlice<String>, with replacement: JSONNode, trail: [String]
  ) throws(SpecFault) -> JSONNode {
    guard let key = keys.first else { return replacement }
    if key.isEmpty { throw .noSuchPlace("the path has an empty part, write it like grid.lambda") }
    let place = trail.joined(separator: ".")
    switch value {
    case .object(var members):
      if let index = members.firstIndex(where: { $0.key == key }) {
        members[index].node = try members[index].node.replacing(
          keys.dropFirst(), with: replacement, trail: trail + [key])
        if members[index].node.position.isOutside {
          members[index].keyPosition = members[index].node.position
        }
      } else {
        let empty = JSONNode(.object([]), at: replacement.position)
        let node = try empty.replacing(
          keys.dropFirst(), with: replacement, trail: trail + [key])
        members.append(JSONMember(key: key, keyPosition: replacement.position, node: node))
      }
      return JSONNode(.object(members), at: position)
    case .array(var elements):
      guard let index = Int(key), elements.indices.contains(index) else {
        let last = elements.count - 1
        throw .noSuchPlace(
          elements.isEmpty
            ? "'\(place)' is an empty array, so it has no '\(key)'"
            : "'\(place)' is an array, write \(place).0"
              + (last > 0 ? " to \(place).\(last)" : "") + " in place of \(place).\(key)")
      }
      elements[index] = try elements[index].replacing(
        keys.dropFirst(), with: replacement, trail: trail + [key])
      return JSONNode(.array(elements), at: position)
    case .null, .bool, .number, .string, .invalid:
      throw .noSuchPlace(
        place.isEmpty
          ? "the spec is no object, so it has no '\(key)'"
          : "'\(place)' is \(summary), so it has no '\(key)'")
    }
  }

  /// Drops the other ways to split, so that `--set split.holdout=0.3` replaces a `k_fold`.
  fileprivate func keepingSplitKind(_ kind: String) -> JSONNode {
    let kinds = SplitKey.kinds.map(\.rawValue)
    guard kinds.contains(kind), case .object(var members) = value,
      let index = members.firstIndex(where: { $0.key == SpecKey.split.rawValue }),
      case .object(let parts) = members[index].node.value
    else { return self }
    members[index].node.value = .object(
      parts.filter { $0.key == kind || !kinds.contains($0.key) })
    return JSONNode(.object(members), at: position)
  }
}

extension JSONNode {
  /// The value in a few words, for a message.
  var summary: String {
    switch value {
    case .null, .invalid: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .number(let number): String(number.text.prefix(40))
    case .string(let string):
      JSONText.encode(
        .string(string.count > 40 ? string.prefix(40) + "…" : string), style: .compact)
    case .array(let elements): elements.isEmpty ? "an empty array" : "an array"
    case .object: "an object"
    }
  }
}
