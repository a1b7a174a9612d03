import Datasets
import Numerics
import Results
import Tables

/// A class of the target as the data has it.
enum ClassLabel: Hashable, Sendable {
  case number(Double)
  case text(String)

  var json: JSONValue {
    switch self {
    case .number(let number): .number(number)
    case .text(let text): .string(text)
    }
  }

  /// As a message names it.
  var name: String {
    switch self {
    case .number(let number): shortest(number)
    case .text(let text): text
    }
  }

  /// The name, a text in quotes.
  var quoted: String {
    switch self {
    case .number: name
    case .text: "'\(printable(DatasetProblem.excerpt(name)))'"
    }
  }

  func write(to row: inout CSVWriter) {
    switch self {
    case .number(let number): row.cell(number)
    case .text(let text): row.cell(text)
    }
  }
}

/// A class as a spec names it.
package enum ClassName: Hashable, Sendable {
  case number(Double)
  case text(String)
  /// A target of true and false is 1 and 0.
  case truth(Bool)

  /// `nil` for a value that is no class.
  init?(_ node: JSONNode) {
    switch node.value {
    case .number(let number): self = .number(number.value)
    case .string(let text): self = .text(text)
    case .bool(let truth): self = .truth(truth)
    case .null, .array, .object, .invalid: return nil
    }
  }

  /// The place of the class, by value or byte by byte.
  func place(in classes: [ClassLabel]) -> Int? {
    classes.firstIndex { label in
      switch (self, label) {
      case (.number(let wanted), .number(let number)): wanted == number
      case (.text(let wanted), .text(let text)): ExactText(wanted) == ExactText(text)
      case (.truth(let wanted), .number(let number)):
        number == (wanted ? 1 : 0) && classes.allSatisfy { $0 == .number(0) || $0 == .number(1) }
      case (.number, .text), (.text, .number), (.truth, .text): false
      }
    }
  }

  var json: JSONValue {
    switch self {
    case .number(let number): .number(number)
    case .text(let text): .string(text)
    case .truth(let truth): .bool(truth)
    }
  }
}

extension SweepSpec {
  /// The place of the class that `positive` names.
  /// - Throws: where the data have no such class, with those that they have.
  func place(of wanted: ClassName, in classes: [ClassLabel]) throws(SpecErrors) -> Int {
    if let place = wanted.place(in: classes) { return place }
    func json(_ value: JSONValue) -> String { JSONText.encode(value, style: .line) }
    let nearest: String? =
      if case .text(let text) = wanted { nearestName(to: text, among: classes.map(\.name)) } else {
        nil
      }
    throw errors(
      .mismatch(
        found: json(wanted.json),
        allowed: classes.map { json($0.json) }.joined(separator: " or ")
          + ", the classes of the target", nearest: nearest),
      at: ModelKey.positive.path)
  }
}

extension PreparedData {
  /// The classes in order, the last being +1; `nil` where the target is a number.
  var classesJSON: JSONValue? { classes.map { .array($0.map(\.json)) } }

  /// Which class is which, where names or the spec leave it open: `'no' is -1, 'yes' is +1`.
  func classText(_ spec: SweepSpec) -> String? {
    guard let classes, spec.positive != nil || dataset.textClasses != nil else { return nil }
    return zip(classes, ["-1", "+1"]).map { "\($0.quoted) is \($1)" }.joined(separator: ", ")
  }
}
