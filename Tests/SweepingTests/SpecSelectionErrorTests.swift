import LinearModels
import ModelSelection
import Results
import Sweeping
import Testing

/// Metrics and rules that a split makes meaningless.
struct SpecSelectionErrorTests {
  private func messages(split: String, rest: String) -> [String] {
    let text = """
      {"data": {"csv": "d.csv", "target": "y"}, "split": \(split), \(rest)}
      """
    do {
      _ = try SpecReader.read(text: Array(text.utf8), path: "s.json")
      return []
    } catch {
      return error.problems.map { "\($0.path): \($0.fault)" }
    }
  }

  @Test(arguments: [
    (Loss.squared, "normal", Metric.r2), (.logistic, "newton", .auc),
  ])
  func `a metric of several rows does not go with one row`(
    loss: Loss, solver: String, metric: Metric
  ) {
    let (word, first) = (metric.rawValue, loss.measures.defaults[0].rawValue)
    let others = WordList.quoted(
      loss.metrics.filter { $0.needs == .nothing }.map(\.rawValue))
    let rest = """
      "model": {"loss": "\(loss.rawValue)"}, "grid": {"solver": "\(solver)", "lambda": 1},
      "metrics": ["\(first)", "\(word)"]
      """
    #expect(
      messages(split: #"{"leave_one_out": true}"#, rest: rest) == [
        "metrics.1: '\(word)' has no value on the single row that 'leave_one_out' validates on, write "
          + "\"k_fold\" in 'split' or use \(others)"
      ])
    #expect(messages(split: #"{"k_fold": 5}"#, rest: rest).isEmpty)
  }

  @Test(arguments: [
    (#"{"holdout": 0.2}"#, true), (#"{"column": "s"}"#, true),
    (#"{"files": {"validation": "v.csv"}}"#, true), (#"{"holdout": 0.2, "repeats": 3}"#, false),
    (#"{"k_fold": 2}"#, false), (#"{"leave_one_out": true}"#, false),
    (#"{"fold_column": "f"}"#, false),
  ])
  func `a standard error needs two folds where it is asked for`(split: String, isRefused: Bool) {
    let grid = #""grid": {"solver": "normal", "lambda": 1}"#
    let asked = messages(split: split, rest: grid + #", "select": {"rule": "one_standard_error"}"#)
    #expect(
      asked
        == (isRefused
          ? [
            "select.rule: 'one_standard_error' needs two or more folds and the split makes one, write "
              + "\"min\", or \"k_fold\": 5 or \"repeats\": 10 in 'split'"
          ] : []))
    #expect(messages(split: split, rest: grid).isEmpty)
  }
}
