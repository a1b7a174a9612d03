import Charts
import Results
import Tables

extension ComparisonReport {
  /// For a terminal: what moved, the checks, and one closing line.
  package func text(limit: Int = 20) -> String {
    var lines: [String] = []
    let table = ComparisonTable(self, limit: limit)
    if !table.rows.isEmpty {
      lines += alignedLines([ComparisonTable.header] + table.rows) { (2...5).contains($0) }
      if table.omitted > 0 { lines.append("… and \(table.omitted) more") }
      lines.append("")
    }
    lines += notes
    for check in checks {
      let sign =
        switch check.outcome {
        case .passed: "pass"
        case .failed: "FAIL"
        case .jobsFailed: "FAIL"
        case .notComparable: "n/a "
        }
      let place = check.line.map { "\(specPath):\($0): " } ?? ""
      lines.append("\(sign)  \(check.name): \(place)\(check.message)")
    }
    lines.append("\(name): \(conclusion)")
    return lines.map(printable).joined(separator: "\n") + "\n"
  }

  /// `28 points compared with results/ridge: 2 of 5 checks failed`
  package var conclusion: String {
    let points = comparedPoints == 1 ? "1 point" : "\(comparedPoints) points"
    let start = "\(points) compared with \(baselineName): "
    let failed = checks.count { $0.outcome == .failed }
    if failed > 0 { return start + "\(failed) of \(counted(checks.count, "check")) failed" }
    let unknown = checks.filter { $0.outcome == .notComparable }
    if comparedPoints == 0, let first = unknown.first { return first.message }
    if !unknown.isEmpty {
      return start + "\(unknown.count) of \(counted(checks.count, "check")) cannot be compared"
    }
    if let jobs = checks.first(where: { $0.outcome == .jobsFailed }) { return start + jobs.message }
    if movements.isEmpty { return start + "nothing moved" }
    let improved = movements.count { $0.verdict == .improved }
    let worse = movements.count(where: \.isRegression)
    return start + "\(counted(movements.count, "number")) moved, \(improved) for the better, "
      + (worse == 0 ? "none for the worse" : "\(worse) otherwise, within the gates")
  }

  /// What the table does not say: grown grids, another winner.
  var notes: [String] {
    var lines: [String] = []
    if !added.isEmpty {
      lines.append("\(counted(added.count, "point")) not in \(baselineName): \(list(added))")
    }
    if let old = baselineWinner, let new = currentWinner, old.setting != new.setting {
      lines.append(
        "selected point (\(ruleText)): \(text(of: old.setting)) -> \(text(of: new.setting))")
    }
    return lines
  }

  var ruleText: String { "\(rule.replacing("_", with: " ")), \(metric)" }

  private func list(_ settings: [Point]) -> String {
    let shown = settings.prefix(3).map { text(of: $0) }.joined(separator: "; ")
    return settings.count > 3 ? shown + "; …" : shown
  }
}

func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)" + (count == 1 ? "" : "s")
}
