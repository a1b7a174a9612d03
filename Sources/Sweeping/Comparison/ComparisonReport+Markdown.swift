import Tables

extension ComparisonReport {
  /// For `GITHUB_STEP_SUMMARY` and for a pull request.
  package func markdown(limit: Int = 30) -> String {
    var lines = [
      "### \(sign(outcome)) sweep: \(markdownCell(name))", "",
      markdownCell(conclusion).capitalisedFirst + ".", "",
    ]
    if !checks.isEmpty && outcome != .passed || checks.contains(where: { $0.line != nil }) {
      lines += ["| | check | found |", "|---|---|---|"]
      lines += checks.map { check in
        "| \(sign(check.outcome)) | \(markdownCell(check.name)) | \(markdownCell(check.message)) |"
      }
      lines.append("")
    }
    let table = ComparisonTable(self, limit: limit)
    if !table.rows.isEmpty {
      lines.append("| \(ComparisonTable.header.joined(separator: " | ")) |")
      lines.append("|---|---|--:|--:|--:|--:|---|")
      lines += table.rows.map { row in "| \(row.map(markdownCell).joined(separator: " | ")) |" }
      if table.omitted > 0 { lines += ["", "… and \(table.omitted) more."] }
      lines.append("")
    }
    if !notes.isEmpty { lines += notes.map { "- \(markdownCell($0))" } + [""] }
    return lines.joined(separator: "\n")
  }

  private func sign(_ outcome: Check.Outcome) -> String {
    switch outcome {
    case .passed: "✅"
    case .failed, .jobsFailed: "❌"
    case .notComparable: "⚠️"
    }
  }
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
