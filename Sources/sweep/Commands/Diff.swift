import Charts
import ModelSelection
import Results
import Sweeping
import Tables

/// Compares two result folders as `check` compares a run with its baseline.
func performDiff(_ options: DiffOptions) throws -> ExitStatus {
  let first = try ResultFolder.read(options.first)
  let second = try ResultFolder.read(options.second)
  let report = compare(
    baseline: first.curve, current: second.curve, gates: [], metric: second.selectionMetric,
    rule: second.selectionRule, allowsMissing: options.allowsMissing, name: second.name,
    specPath: options.second + "/curve.csv",
    baselineName: options.first, currentName: options.second)
  switch options.common.format {
  case .json: try Terminal.print(JSONText.encode(report.json(command: "diff")))
  case .text, .github: try Terminal.show(report.markdown())
  }
  return ExitStatus(rawValue: report.exitStatus) ?? .internalError
}

extension ResultFolder {
  fileprivate var name: String {
    run?["name"]?.string ?? String(path.split(separator: "/").last ?? "results")
  }

  /// The metric that decided, from `best.json`; without it the first of the table.
  fileprivate var selectionMetric: Metric {
    let written = best?["metric"]?.string.flatMap { text in
      text.hasPrefix("validation_") ? Metric(rawValue: String(text.dropFirst(11))) : nil
    }
    let first = curve.measures.lazy.compactMap { Metric(rawValue: $0.metric) }.first
    return written ?? first ?? .mse
  }

  fileprivate var selectionRule: SelectionRule {
    best?["rule"]?.string.flatMap { SelectionRule(rawValue: $0) } ?? .min
  }
}
