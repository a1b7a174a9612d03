import Results
import Tables

/// Every key of a spec with its declaration, as `sweep help spec` and docs/spec.md tell it.
package enum SpecReference {
  /// The keys of one kind of object.
  package struct Section: Sendable {
    /// The object's path; `AXIS` stands for any axis of numbers.
    package let place: String
    package let entries: [Entry]
  }

  /// A key; values are JSON.
  package struct Entry: Sendable {
    package let word: String
    package let path: String
    package let text: String
    package let type: String
    package let isRequired: Bool
    package let defaultValue: String?
    package let unit: String?
    package let examples: [String]
  }

  /// Each kind of object once, an outer one before those in it.
  package static let sections: [Section] = {
    var sections: [Section] = []
    var seen: Set<String> = []
    func visit(_ keys: any SpecKeyword.Type) {
      guard seen.insert(keys.place).inserted else { return }
      sections.append(keys.section)
      for inner in keys.innerKeys { visit(inner) }
    }
    visit(SpecKey.self)
    return sections
  }()

  /// Markdown that is read as it stands.
  package static var text: String {
    var lines = ["# Every key of a spec", ""]
    lines += wrappedLines(
      """
      A spec is one JSON object. A path such as `split.k_fold` is what `--set` takes; in an array \
      an index stands between, as in `grid.0.lambda`. Paths of files are relative to the spec. \
      `sweep help spec` prints this page, `sweep schema` the same for editors.
      """, indent: "")
    for section in sections {
      lines += ["", section.place.isEmpty ? "## The spec" : "## `\(section.place)`", ""]
      for entry in section.entries {
        lines += wrappedLines("- `\(entry.path)`: \(entry.text)", indent: "  ", first: "")
        lines += wrappedLines(entry.facts, indent: "  ")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension SpecReference.Entry {
  /// Type, default, unit and examples in one paragraph.
  fileprivate var facts: String {
    var parts = ["Type: \(type)."]
    if isRequired { parts.append("Required.") }
    if let defaultValue { parts.append("Default: `\(defaultValue)`.") }
    if let unit { parts.append("Unit: \(unit).") }
    parts.append(
      "Example: " + examples.map { "`\"\(word)\": \($0)`" }.joined(separator: " or ") + ".")
    return parts.joined(separator: " ")
  }
}

extension SpecKeyword {
  fileprivate static var section: SpecReference.Section {
    SpecReference.Section(
      place: place,
      entries: allCases.map { key in
        let declaration = key.declaration
        func json(_ value: JSONValue) -> String { JSONText.encode(value, style: .line) }
        return SpecReference.Entry(
          word: key.rawValue, path: key.path, text: declaration.text,
          type: declaration.value.type, isRequired: required.contains(key),
          defaultValue: declaration.defaultValue.map(json), unit: declaration.unit,
          examples: declaration.examples.map(json))
      })
  }

  fileprivate static var innerKeys: [any SpecKeyword.Type] {
    allCases.compactMap { $0.declaration.value.keys }
  }
}
