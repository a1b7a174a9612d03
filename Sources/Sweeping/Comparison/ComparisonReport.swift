import Charts
package import ModelSelection
package import Results
import Tables

/// A condition that was put to the result, and how it came out.
package struct Check: Hashable, Sendable {
  package enum Outcome: String, Sendable {
    case passed
    case failed
    /// The baseline lacks what the condition needs.
    case notComparable = "not_comparable"
    /// The jobs of this run gave nothing to hold against anything.
    case jobsFailed = "jobs_failed"
  }

  /// What the condition is about, for the details of a failure.
  package enum Subject: Hashable, Sendable {
    /// A gate of the spec, and so everything that moved.
    case gate
    /// One column of the curve, or `status`.
    case column(String)
    /// What the baseline has and this result has not, by name.
    case gone([String])
    case run
  }
  /// What is demanded: `validation_mse at best <= 3000`.
  package var name: String
  package var outcome: Outcome
  /// What was found, in one line.
  package var message: String
  package var subject: Subject
  /// Where the gate stands in the spec; `nil` for every other check.
  package var line: Int?
  package var column: Int?
}

/// What became of a result since its baseline.
package struct ComparisonReport: Sendable {
  package var name: String
  /// The spec's path, for annotations.
  package var specPath: String
  /// What the two sides are called, e.g. `results/ridge` and `this run`.
  package var baselineName: String
  package var currentName: String
  package var metric: String
  package var rule: String
  package var comparedPoints: Int
  /// Everything that moved, in the order of the current table.
  package var movements: [Movement]
  /// Points of the baseline that the current grid does not have, and the other way round.
  package var missing: [Point]
  package var added: [Point]
  /// Columns of metrics that only the baseline has.
  package var missingColumns: [String]
  package var baselineWinner: CurvePoint?
  package var currentWinner: CurvePoint?
  package var checks: [Check]
  /// The axes worth naming: those on which the points differ.
  package var axes: [Axis]

  /// The worst of the checks: what every output and the exit status go by.
  package var outcome: Check.Outcome {
    for outcome in [Check.Outcome.failed, .notComparable, .jobsFailed]
    where checks.contains(where: { $0.outcome == outcome }) {
      return outcome
    }
    return .passed
  }

  /// 0, 2, 3 or 5: the exit status of `sweep check`.
  package var exitStatus: Int32 {
    switch outcome {
    case .passed: 0
    case .failed: 2
    case .jobsFailed: 3
    case .notComparable: 5
    }
  }

  /// Adds that the jobs themselves failed, which no baseline excuses.
  package mutating func addFailedJobs(_ message: String) {
    checks.append(
      Check(name: "the jobs end well", outcome: .jobsFailed, message: message, subject: .run))
  }

  /// A point by the axes that tell it from the others.
  package func text(of setting: Point) -> String {
    let text = setting.text(of: axes)
    return text.isEmpty ? setting.text : text
  }
}

/// Holds a result against its baseline and the spec's gates.
///
/// Points are joined by their hyperparameters, never by number, so a grown or reordered grid is
/// compared where it overlaps. Without gates every number both tables have must be the same
/// (`isSameResult`) and every status equal; with gates only they decide, and what moved is told.
/// An improvement never fails: a metric in its better direction, a status that became `ok`, and, at
/// a point where a metric improved and none got worse, its standard errors, weight norm and degrees
/// of freedom. Anything else without a better direction fails when it moves. What the baseline has
/// and the current table has not, points or metrics, fails with and without gates.
/// - Parameter allowsMissing: points and metrics of the baseline may be gone.
/// - Complexity: O(points × columns).
package func compare(
  baseline: CurveTable, current: CurveTable, gates: [Gate], metric: Metric, rule: SelectionRule,
  allowsMissing: Bool = false, name: String, specPath: String, baselineName: String,
  currentName: String
) -> ComparisonReport {
  var olds: [Point: CurvePoint] = [:]
  for point in baseline.points { olds[point.setting] = point }
  let columns = ComparedColumn.shared(baseline, current)
  var report = ComparisonReport(
    name: name, specPath: specPath, baselineName: baselineName, currentName: currentName,
    metric: metric.rawValue, rule: rule.rawValue, comparedPoints: 0, movements: [], missing: [],
    added: [],
    missingColumns: baseline.measures.filter { !current.measures.contains($0) }.map(\.column),
    baselineWinner: baseline.winner(metric: metric, rule: rule),
    currentWinner: current.winner(metric: metric, rule: rule), checks: [],
    axes: CurveTable(measures: [], points: baseline.points + current.points).varyingAxes)
  for point in current.points {
    guard let old = olds.removeValue(forKey: point.setting) else {
      report.added.append(point.setting)
      continue
    }
    report.comparedPoints += 1
    report.movements += movements(from: old, to: point, columns: columns)
  }
  report.missing = baseline.points.map(\.setting).filter { olds[$0] != nil }
  report.checks =
    gates.isEmpty
    ? sameNumbersChecks(report, columns: columns)
    : gates.map { $0.check(current: current, report: report) }
  report.checks += presenceChecks(report, allowsMissing: allowsMissing)
  return report
}

/// The report of a check that came to no comparison.
/// - Parameter check: what would have been needed.
package func incomparable(
  _ check: String, reason: String, metric: Metric, rule: SelectionRule, name: String,
  specPath: String,
  baselineName: String
) -> ComparisonReport {
  let nothing = CurveTable(measures: [], points: [])
  var report = compare(
    baseline: nothing, current: nothing, gates: [], metric: metric, rule: rule, name: name,
    specPath: specPath, baselineName: baselineName, currentName: "this run")
  report.checks = [
    Check(name: check, outcome: .notComparable, message: reason, subject: .run)
  ]
  return report
}

/// Whether everything that the baseline has is still there to be compared.
private func presenceChecks(_ report: ComparisonReport, allowsMissing: Bool) -> [Check] {
  if report.comparedPoints == 0 {
    let reason =
      "no point of \(report.currentName) is in \(report.baselineName), nothing can be compared"
    return [
      Check(name: "points in common", outcome: .notComparable, message: reason, subject: .run)
    ]
  }
  func check(_ name: String, _ gone: [String], _ noun: String) -> Check {
    let shown = gone.prefix(3).joined(separator: "; ") + (gone.count > 3 ? "; …" : "")
    let message =
      gone.isEmpty
      ? "none is gone" : "\(counted(gone.count, noun)) only in \(report.baselineName): \(shown)"
    return Check(
      name: name, outcome: gone.isEmpty || allowsMissing ? .passed : .failed, message: message,
      subject: .gone(gone))
  }
  return [
    check("every point of the baseline", report.missing.map { report.text(of: $0) }, "point"),
    check("every metric of the baseline", report.missingColumns, "column"),
  ]
}

/// Without gates: one check for the statuses and one for each column.
private func sameNumbersChecks(
  _ report: ComparisonReport, columns: [ComparedColumn]
) -> [Check] {
  if report.comparedPoints == 0 { return [] }
  return (["status"] + columns.map(\.name)).map { column in
    let moved = report.movements.filter { $0.column == column }
    let regressions = moved.filter(\.isRegression)
    let demand = column == "status" ? "status equal" : "\(column) within 1e-9"
    guard let worst = regressions.max(by: { $0.severity < $1.severity }) else {
      let improved = moved.isEmpty ? "" : ", \(moved.count) improved or excused"
      return Check(
        name: demand, outcome: .passed,
        message: counted(report.comparedPoints, "point") + improved, subject: .column(column))
    }
    return Check(
      name: demand, outcome: .failed,
      message: "\(regressions.count) of \(counted(report.comparedPoints, "point")) moved, most at"
        + " \(report.text(of: worst.setting)): \(worst.summary)", subject: .column(column))
  }
}

extension Movement {
  /// For ranking: how far it moved as a fraction of the baseline.
  var severity: Double { relativeDifference.map(abs) ?? .infinity }

  /// `3057.1 -> 3362.8 (+10 %, 2.1 standard errors)`
  var summary: String {
    var text = "\(cell(baseline)) -> \(cell(current))"
    var notes: [String] = []
    if let relativeDifference { notes.append(percentText(relativeDifference)) }
    if let standardErrors {
      notes.append("\(signedText(standardErrors, digits: 2)) standard errors")
    }
    if !notes.isEmpty { text += " (\(notes.joined(separator: ", ")))" }
    return text
  }

  private func cell(_ value: AxisValue?) -> String {
    switch value {
    case .number(let number): readable(number, digits: 6)
    case .word(let word): excerpt(word)
    case nil: "empty"
    }
  }
}

/// `+10 %`, `−0.012 %`
func percentText(_ fraction: Double) -> String { signedText(fraction * 100, digits: 2) + " %" }

func signedText(_ value: Double, digits: Int) -> String {
  (value > 0 ? "+" : "") + readable(value, digits: digits)
}
