import Charts

/// JUnit's XML for several reports: a suite for each spec, a case for each check.
///
/// A check that cannot be compared is an error, a failed one a failure. No time or host, so that
/// the same result gives the same bytes.
package func junitXML(_ reports: [ComparisonReport]) -> String {
  func count(_ outcome: Check.Outcome, _ checks: [Check]) -> Int {
    checks.count { $0.outcome == outcome }
  }
  func totals(_ checks: [Check]) -> String {
    "tests=\"\(checks.count)\" failures=\"\(count(.failed, checks))\""
      + " errors=\"\(count(.notComparable, checks))\""
  }
  let suites = reports.map { report in (report: report, checks: report.junitChecks) }
  var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  xml += "<testsuites name=\"sweep check\" \(totals(suites.flatMap(\.checks)))>\n"
  for (report, checks) in suites {
    xml += "  <testsuite name=\"\(escaped(report.name))\" \(totals(checks))>\n"
    for check in checks {
      xml += "    <testcase classname=\"\(escaped("sweep.\(report.name)"))\""
      xml += " name=\"\(escaped(check.name))\" file=\"\(escaped(report.specPath))\""
      if let line = check.line { xml += " line=\"\(line)\"" }
      let message = "message=\"\(escaped(check.message))\""
      let details = escaped(report.details(of: check))
      switch check.outcome {
      case .passed: xml += "/>\n"
      case .failed: xml += ">\n      <failure type=\"regression\" \(message)>\(details)</failure>\n"
      case .notComparable:
        xml += ">\n      <error type=\"not comparable\" \(message)>\(details)</error>\n"
      }
      if check.outcome != .passed { xml += "    </testcase>\n" }
    }
    xml += "  </testsuite>\n"
  }
  return xml + "</testsuites>\n"
}

extension ComparisonReport {
  /// The checks, and one more when nothing overlaps, so that the suite is not silently empty.
  fileprivate var junitChecks: [Check] {
    if comparedPoints > 0 { return checks }
    return checks + [
      Check(name: "points in common", outcome: .notComparable, message: conclusion)
    ]
  }

  /// What moved in the column that the check is about, or everything for a gate.
  fileprivate func details(of check: Check) -> String {
    var copy = self
    if check.line == nil {
      let column = check.name.split(separator: " ").first.map(String.init)
      copy.movements = movements.filter { $0.column == column && $0.isRegression }
    }
    let table = ComparisonTable(copy, limit: 20)
    let rows = table.rows.map { $0.filter { !$0.isEmpty }.joined(separator: "  ") }
    return ([check.message] + rows).joined(separator: "\n")
  }
}
