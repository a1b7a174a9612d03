import LinearModels
import ModelSelection
package import Results
import Tables

/// Every column of every file of a result folder, as `sweep help tables` and docs/tables.md tell it.
package enum TableReference {
  package static let files: [any ResultField.Type] =
    ResultFile.tables + [BestMember.self, WinnerMember.self, RunMember.self]

  /// Markdown that is read as it stands.
  package static var text: String {
    var lines = ["# Every column of every table", ""]
    lines += wrappedLines(
      """
      What `sweep run` writes into its folder, whole files, when every job is done. Tables are CSV \
      (RFC 4180) with a header, UTF-8, in point, then repeat, then fold order; numbers are the \
      shortest text that reads back as the same number; an empty cell says that there is nothing, \
      and why is said here. The same spec and data give the same bytes, but for run.json. \
      `sweep help tables` prints this page.
      """, indent: "")
    for fields in files { lines += section(fields) }
    lines += ["", "## M, a metric", ""]
    for metric in Metric.allCases {
      let side = metric.largerIsBetter ? "Larger" : "Smaller"
      lines.append("- `\(metric.rawValue)`: \(metric.title). \(side) is better.")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section<Field: ResultField>(_: Field.Type) -> [String] {
    let file = Field.file
    var text = file.text
    if file.need == .output { text += " Written with `\"outputs\": [\"\(file.word)\"]`." }
    var lines = ["", "## \(file.name)", ""] + wrappedLines(text, indent: "") + [""]
    for field in Field.allCases {
      for entry in field.entries {
        lines += wrappedLines(
          "- `\(entry.names.joined(separator: "`, `"))`: \(entry.text)", indent: "  ", first: "")
        lines += wrappedLines(entry.facts, indent: "  ")
      }
    }
    return lines
  }
}

/// What the page has of a column, or of some that have one meaning.
private struct TableEntry {
  let names: [String]
  let text: String
  let type: String
  let unit: String?
  let emptyWord: String
  let emptyWhen: String?
  let example: String

  var facts: String {
    var parts = ["Type: \(type)."]
    if let unit { parts.append("Unit: \(unit).") }
    if let emptyWhen { parts.append("\(emptyWord) when \(emptyWhen).") }
    parts.append("Example: `\(example)`.")
    return parts.joined(separator: " ")
  }
}

extension ResultField {
  fileprivate var entries: [TableEntry] {
    let declaration = declaration
    let emptyWord = Self.file.isTable ? "Empty" : "`null` or absent"
    func entry(_ names: [String], _ type: String) -> TableEntry {
      TableEntry(
        names: names,
        text: [declaration.text, declaration.condition?.text].compactMap(\.self)
          .joined(separator: " "),
        type: type, unit: declaration.unit, emptyWord: emptyWord,
        emptyWhen: declaration.emptyWhen,
        example: declaration.example)
    }
    switch declaration.value {
    case .count: return [entry([rawValue], NumberRange.wholeFromZero.words)]
    case .number: return [entry([rawValue], NumberRange.any.words)]
    case .status: return [entry([rawValue], quotedList(FitStatus.allCases.map(\.rawValue)))]
    case .rules:
      return [
        entry([rawValue], quotedList(SelectionRule.allCases.map(\.rawValue)) + ", or several")
      ]
    case .text(let what): return [entry([rawValue], what)]
    case .measures(let parts, let hasErrors):
      let measures = parts.map { Measure($0, "M") }
      let names = measures.flatMap { hasErrors ? [$0.column, $0.errorColumn] : [$0.column] }
      return [entry(names, NumberRange.any.words)]
    case .axes:
      return Axis.allCases.map { axis in
        TableEntry(
          names: [axis.rawValue], text: axis.about,
          type: axis.range?.words ?? "a word", unit: axis.unit,
          emptyWord: emptyWord, emptyWhen: axis == .solver ? nil : declaration.emptyWhen,
          example: axis.exampleValue.cell)
      }
    }
  }
}

extension JSONValue {
  /// As a cell of a table.
  fileprivate var cell: String {
    if case .string(let text) = self { text } else { JSONText.encode(self, style: .line) }
  }
}
