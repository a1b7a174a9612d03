import Tables

/// GitHub's workflow commands for what failed, at the gate's line of the spec; at most ten, which is what GitHub shows of a step.
package func githubAnnotations(_ reports: [ComparisonReport]) -> String {
  var lines: [String] = []
  for report in reports {
    for check in report.checks where check.outcome != .passed {
      lines.append(
        githubAnnotation(
          file: report.specPath, line: check.line ?? 1, column: check.column,
          title: "\(report.name): \(check.name)", message: check.message))
    }
  }
  return lines.prefix(10).map { $0 + "\n" }.joined()
}

/// One of them; without a file it stands at the job.
package func githubAnnotation(
  file: String?, line: Int?, column: Int?, title: String, message: String
) -> String {
  let properties = [
    file.map { "file=\(property($0))" }, line.map { "line=\($0)" }, column.map { "col=\($0)" },
    "title=\(property(title))",
  ]
  return "::error \(properties.compactMap { $0 }.joined(separator: ","))::\(data(message))"
}

/// A message without control characters, and with the escape of the commands' own `%`.
private func data(_ text: String) -> String {
  printable(text).replacing("%", with: "%25")
}

/// A property ends at a comma or colon too.
private func property(_ text: String) -> String {
  data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
}
