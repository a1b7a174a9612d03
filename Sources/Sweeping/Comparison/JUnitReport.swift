import Charts

/// JUnit's XML for several reports: a suite for each spec, a case for each check.
///
/// A check that cannot be compared, or whose jobs failed, is an error, a failed one a failure: there
/// is one or the other exactly when the exit status is not 0. No time or host, so that the same
/// result gives the same bytes.
package func junitXML(_ reports: [ComparisonReport]) -> String {
  func totals(_ checks: [Check]) -> String {
    let failures = checks.count { $0.outcome == .failed }
    let errors = checks.count { $0.outcome == .notComparable || $0.outcome == .jobsFailed }
    return "tests=\"\(checks.count)\" failures=\"\(failures)\" errors=\"\(errors)\""
  }
  var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  xml += "<testsuites name=\"sweep check\" \(totals(reports.flatMap(\.checks)))>\n"
  for report in reports {
    xml += "  <testsuite name=\"\(escaped(report.name))\" \(totals(report.checks))>\n"
    for check in report.checks {
      xml += "    <testcase classname=\"\(escaped("sweep.\(report.name)"))\""
      xml += " name=\"\(escaped(check.name))\" file=\"\(escaped(report.specPath))\""
      if let line = check.line { xml += " line=\"\(line)\"" }
      let message = "message=\"\(escaped(check.message))\""
      let details = escaped(report.details(of: check))
      switch check.outcome {
      case .passed: xml += "/>\n"
      case .failed: xml += ">\n      <failure type=\"regression\" \(message)>\(details)</failure>\n"
      case .jobsFailed:
        xml += ">\n      <error type=\"jobs failed\" \(message)>\(details)</error>\n"
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
  /// What moved in the column that the check is about, or everything for a gate; or what is gone.
  fileprivate func details(of check: Check) -> String {
    var copy = self
    switch check.subject {
    case .gate: break
    case .column(let column):
      copy.movements = movements.filter { $0.column == column && $0.isRegression }
    case .gone(let names):
      let more = names.count > 20 ? ["… and \(names.count - 20) more"] : []
      return ([check.message] + names.prefix(20) + more).joined(separator: "\n")
    case .run: return check.message
    }
    let table = ComparisonTable(copy, limit: 20)
    let rows = table.rows.map { $0.filter { !$0.isEmpty }.joined(separator: "  ") }
    return ([check.message] + rows).joined(separator: "\n")
  }
}
