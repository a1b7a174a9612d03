import Charts
import ModelSelection
import Results
import Sweeping
import Tables

/// Compares two result folders as `check` compares a run with its baseline.
struct DiffCommand: Command {
  static let declaration = CommandDeclaration(
    operands: [.folder, .folder], summary: "compare two results folders",
    examples: [("sweep diff results/ridge /tmp/ridge", "what moved, and by how much")])

  let folders: [String]
  let allowsMissing: Bool
  let common: CommonOptions

  init(_ reader: OptionReader) throws(UsageError) {
    folders = try reader.takeOperands()
    allowsMissing = reader.has(.allowMissing)
    common = try reader.common()
  }

  func perform() throws -> ExitStatus {
    let first = try ResultFolder.read(folders[0])
    let second = try ResultFolder.read(folders[1])
    let report = compare(
      baseline: first.curve, current: second.curve, gates: [], metric: second.selectionMetric,
      rule: second.selectionRule, allowsMissing: allowsMissing, name: second.name,
      specPath: folders[1] + "/curve.csv", baselineName: folders[0], currentName: folders[1])
    switch common.format {
    case .json: try Terminal.print(JSONText.encode(report.json(command: "diff")))
    case .text, .github: try Terminal.show(report.markdown())
    }
    return ExitStatus(rawValue: report.exitStatus) ?? .internalError
  }
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
