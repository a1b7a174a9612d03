import LinearModels
import ModelSelection
import Results
import Sweeping

/// The lists of words that messages give, from the declarations.
enum WordList {
  /// A message with each marker such as `<solvers>` replaced by its words.
  static func filled(_ message: String) -> String {
    let lists = [
      "<solvers>": quoted(Solver.allCases.map(\.rawValue)),
      "<losses>": quoted(Loss.allCases.map(\.rawValue)),
      "<metrics>": quoted(Metric.allCases.map(\.rawValue)),
      "<squared metrics>": quoted(Loss.squared.metrics.map(\.rawValue)),
      "<outputs>": quoted(Output.allCases.map(\.rawValue)),
      "<axes>": Axis.allCases.map(\.rawValue).joined(separator: ", "),
    ]
    return lists.reduce(message) { $0.replacing($1.key, with: $1.value) }
  }

  /// `"a", "b" or "c"`.
  static func quoted(_ words: [String]) -> String {
    let quoted = words.map { "\"\($0)\"" }
    return quoted.dropLast().joined(separator: ", ") + " or " + (quoted.last ?? "")
  }
}
