/// GitHub's workflow commands for what failed, at the gate's line of the spec; at most ten, which is what GitHub shows of a step.
package func githubAnnotations(_ reports: [ComparisonReport]) -> String {
  var lines: [String] = []
  for report in reports {
    for check in report.checks where check.outcome != .passed {
      lines.append(
        annotation(
          file: report.specPath, line: check.line ?? 1, column: check.column,
          title: "\(report.name): \(check.name)", message: check.message))
    }
    if report.comparedPoints == 0 {
      lines.append(
        annotation(
          file: report.specPath, line: 1, column: nil, title: "\(report.name): no baseline",
          message: report.conclusion))
    }
  }
  return lines.prefix(10).map { $0 + "\n" }.joined()
}

private func annotation(
  file: String, line: Int, column: Int?, title: String, message: String
) -> String {
  var properties = "file=\(property(file)),line=\(line)"
  if let column { properties += ",col=\(column)" }
  return "::error \(properties),title=\(property(title))::\(data(message))"
}

/// A message: the three characters that end or escape a command.
private func data(_ text: String) -> String {
  text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
}

/// A property ends at a comma or colon too.
private func property(_ text: String) -> String {
  data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
}
