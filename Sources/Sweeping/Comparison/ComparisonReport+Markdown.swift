import Tables

extension ComparisonReport {
  /// For `GITHUB_STEP_SUMMARY` and for a pull request.
  package func markdown(limit: Int = 30) -> String {
    var lines = [
      "### \(sign(outcome)) sweep: \(cell(name))", "", cell(conclusion).capitalisedFirst + ".", "",
    ]
    if !checks.isEmpty && outcome != .passed || checks.contains(where: { $0.line != nil }) {
      lines += ["| | check | found |", "|---|---|---|"]
      lines += checks.map { check in
        "| \(sign(check.outcome)) | \(cell(check.name)) | \(cell(check.message)) |"
      }
      lines.append("")
    }
    let table = ComparisonTable(self, limit: limit)
    if !table.rows.isEmpty {
      lines.append("| \(ComparisonTable.header.joined(separator: " | ")) |")
      lines.append("|---|---|--:|--:|--:|--:|---|")
      lines += table.rows.map { row in "| \(row.map(cell).joined(separator: " | ")) |" }
      if table.omitted > 0 { lines += ["", "… and \(table.omitted) more."] }
      lines.append("")
    }
    if !notes.isEmpty { lines += notes.map { "- \(cell($0))" } + [""] }
    return lines.joined(separator: "\n")
  }

  private func sign(_ outcome: Check.Outcome) -> String {
    switch outcome {
    case .passed: "✅"
    case .failed, .jobsFailed: "❌"
    case .notComparable: "⚠️"
    }
  }

  /// Text that stays in its table cell and means nothing to Markdown or HTML.
  private func cell(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "|", "*", "_", "`", "[", "]", "\\", "~", "#": result += "\\\(character)"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\n", "\r", "\r\n": result += " "
      default: result.append(character)
      }
    }
    return printable(result)
  }
}

extension String {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
