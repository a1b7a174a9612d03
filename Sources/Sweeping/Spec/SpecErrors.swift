package import Tables

/// Everything that is wrong with a spec, in the order of the file.
package struct SpecErrors: Error, Sendable, CustomStringConvertible {
  /// The file as the user typed it.
  package let path: String
  package let problems: [SpecProblem]
  /// The file's text, to show the lines that the problems are on.
  private let text: String

  init(path: String, text: String, problems: [SpecProblem]) {
    self.path = path
    self.text = text
    self.problems = problems.enumerated().sorted {
      ($0.element.position, $0.offset) < ($1.element.position, $1.offset)
    }.map(\.element)
  }

  /// One problem per line, `file:line:column: path: what was found, what is allowed`.
  package var description: String {
    problems.map { $0.text(in: path) }.joined(separator: "\n")
  }

  /// The line that a problem is on, with a caret below its column, for a terminal of so many columns.
  package func excerpt(of problem: SpecProblem, width: Int) -> [String] {
    SourceExcerpt.lines(of: text, at: problem.position, width: width)
  }
}

/// One thing that is wrong, and where.
package struct SpecProblem: Hashable, Sendable {
  package let fault: SpecFault
  package let position: JSONPosition
  /// Keys and indices from the root, joined by dots, as `--set` takes them; empty at the root.
  package let path: String
  /// The path of the `--set` that brought the value, when it is not in the file.
  package let override: String?

  package func text(in file: String) -> String {
    let place =
      if let override {
        path == override || path.isEmpty ? "--set \(override): " : "--set \(override): \(path): "
      } else {
        "\(file):\(position.line):\(position.column): " + (path.isEmpty ? "" : "\(path): ")
      }
    return place + fault.description
  }
}

/// What can be wrong with a spec.
package enum SpecFault: Hashable, Sendable {
  case syntax(JSONSyntaxError.Fault)
  case unknownKey(allowed: [String], nearest: String?)
  case mismatch(found: String, allowed: String, nearest: String? = nil)
  /// A key that must be there; `write` is an example.
  case missing(key: String, write: String)
  /// Values that are good by themselves but not together; the text says what to write.
  case conflict(String)
  /// A `--set` whose path leads nowhere.
  case noSuchPlace(String)
}

extension SpecFault: CustomStringConvertible {
  /// The nearest known name, or what to write where something is missing.
  package var suggestion: String? {
    switch self {
    case .unknownKey(_, let nearest), .mismatch(_, _, let nearest): nearest
    case .missing(_, let write): write
    case .syntax, .conflict, .noSuchPlace: nil
    }
  }

  package var description: String {
    switch self {
    case .syntax(let fault): return fault.description
    case .unknownKey(let allowed, let nearest):
      if let nearest { return "unknown key (did you mean '\(nearest)'?)" }
      return "unknown key, allowed: \(allowed.joined(separator: ", "))"
    case .mismatch(let found, let allowed, let nearest):
      let hint = nearest.map { " (did you mean '\($0)'?)" } ?? ""
      return "found \(found), must be \(allowed)\(hint)"
    case .missing(let key, let write): return "'\(key)' is missing, write \(write)"
    case .conflict(let text), .noSuchPlace(let text): return text
    }
  }
}
