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
  }
  /// What is demanded: `validation_mse at best <= 3000`.
  package var name: String
  package var outcome: Outcome
  /// What was found, in one line.
  package var message: String
  /// Where the gate stands in the spec; `nil` for the checks of a spec without gates.
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
  package var baselineWinner: CurvePoint?
  package var currentWinner: CurvePoint?
  package var checks: [Check]
  /// The axes worth naming: those on which the points differ.
  package var axes: [Axis]

  package enum Outcome: String, Sendable {
    case passed
    case failed
    case notComparable = "not_comparable"
  }

  package var outcome: Outcome {
    if checks.contains(where: { $0.outcome == .failed }) { return .failed }
    if comparedPoints == 0 || checks.contains(where: { $0.outcome == .notComparable }) {
      return .notComparable
    }
    return .passed
  }

  /// 0, 2 or 5: the exit status of `sweep check`.
  package var exitStatus: Int32 {
    switch outcome {
    case .passed: 0
    case .failed: 2
    case .notComparable: 5
    }
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
/// of freedom. Anything else without a better direction fails when it moves.
/// - Complexity: O(points × columns).
package func compare(
  baseline: CurveTable, current: CurveTable, gates: [Gate], metric: Metric, rule: SelectionRule,
  name: String, specPath: String, baselineName: String, currentName: String
) -> ComparisonReport {
  var olds: [Point: CurvePoint] = [:]
  for point in baseline.points { olds[point.setting] = point }
  let columns = ComparedColumn.shared(baseline, current)
  var report = ComparisonReport(
    name: name, specPath: specPath, baselineName: baselineName, currentName: currentName,
    metric: metric.rawValue, rule: rule.rawValue, comparedPoints: 0, movements: [], missing: [],
    added: [],
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
  return report
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
        name: demand, outcome: .passed, message: "\(report.comparedPoints) points\(improved)")
    }
    return Check(
      name: demand, outcome: .failed,
      message: "\(regressions.count) of \(report.comparedPoints) points moved, most at"
        + " \(report.text(of: worst.setting)): \(worst.summary)")
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
    case .word(let word): word
    case nil: "empty"
    }
  }
}

/// `+10 %`, `−0.012 %`
func percentText(_ fraction: Double) -> String { signedText(fraction * 100, digits: 2) + " %" }

func signedText(_ value: Double, digits: Int) -> String {
  (value > 0 ? "+" : "") + readable(value, digits: digits)
}
