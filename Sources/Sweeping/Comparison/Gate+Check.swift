import Charts
import LinearModels
import Results
import Tables

extension Gate {
  /// Puts the gate to a result; `report` knows both winners.
  func check(current: CurveTable, report: ComparisonReport) -> Check {
    switch rule {
    case .bestWithin(let column, let min, let max):
      bestWithin(column, min, max, winner: report.currentWinner)
    case .againstBaseline(let column, let bounds):
      againstBaseline(column, bounds, report: report)
    case .count(let status, let max):
      count(status, max, points: current.points)
    case .bestAxis(let axis, let withinDecades):
      bestAxis(axis, withinDecades, report: report)
    }
  }

  private func result(_ name: String, _ outcome: Check.Outcome, _ message: String) -> Check {
    Check(
      name: name, outcome: outcome, message: message, subject: .gate, line: line, column: column)
  }

  private func bestWithin(
    _ name: String, _ low: Double?, _ high: Double?, winner: CurvePoint?
  ) -> Check {
    var demand = "\(name) at best"
    if let low { demand += " >= \(shortest(low))" }
    if let high { demand += (low == nil ? "" : " and") + " <= \(shortest(high))" }
    guard let winner else { return result(demand, .failed, "no point was selected") }
    guard let value = winner.number(name) else {
      return result(demand, .failed, "the selected point has no \(name)")
    }
    let found = "\(name) is \(shortest(value)) at \(winner.setting.text)"
    let isInside = value >= (low ?? -.infinity) && value <= (high ?? .infinity)
    return result(demand, isInside ? .passed : .failed, found)
  }

  /// Worsening is an increase, or where larger is better a decrease; it fails when it exceeds every bound.
  /// Standard errors are counted in the larger of the two points'.
  private func againstBaseline(
    _ name: String, _ bounds: ChangeBounds, report: ComparisonReport
  ) -> Check {
    let largerIsBetter = Measure(column: name).map { Results.largerIsBetter($0.metric) } ?? false
    let demand =
      "\(name) at best not \(largerIsBetter ? "below" : "above") the baseline by more than "
      + bounds.words.joined(separator: " and ")
    guard let old = report.baselineWinner?.number(name) else {
      return result(demand, .notComparable, "the baseline's selected point has no \(name)")
    }
    guard let new = report.currentWinner?.number(name) else {
      return result(
        demand, .failed, "no selected point with \(name); the baseline has \(shortest(old))")
    }
    let errors = [report.baselineWinner, report.currentWinner].compactMap {
      $0?.standardError(name)
    }
    let standardError = errors.max()
    if bounds.standardErrors != nil, standardError == nil {
      return result(demand, .notComparable, "\(name) has no standard error, neither now nor then")
    }
    let worsening = largerIsBetter ? old - new : new - old
    let isRegression =
      worsening > 0
      && bounds.limits(of: old, standardError: standardError ?? 0).allSatisfy { worsening > $0 }
    let movement = Movement(
      setting: report.currentWinner?.setting ?? Point(), column: name, baseline: .number(old),
      current: .number(new), standardError: standardError,
      verdict: worsening > 0 ? .worse : .improved)
    return result(demand, isRegression ? .failed : .passed, "\(name) \(movement.summary)")
  }

  private func count(_ status: FitStatus, _ most: Int, points: [CurvePoint]) -> Check {
    let found = points.filter { $0.status == status.rawValue }
    var message = "\(found.count) \(found.count == 1 ? "point" : "points")"
    if let first = found.first, found.count > most { message += ", first \(first.setting.text)" }
    return result(
      "at most \(most) \(status.rawValue)", found.count <= most ? .passed : .failed, message)
  }

  private func bestAxis(_ name: String, _ limit: Double, report: ComparisonReport) -> Check {
    let demand = "best \(name) within \(readable(limit)) decades of the baseline's"
    guard let axis = Axis(rawValue: name), let old = report.baselineWinner?.setting[axis]
    else {
      return result(demand, .notComparable, "the baseline's selected point has no \(name)")
    }
    guard let new = report.currentWinner?.setting[axis] else {
      return result(demand, .failed, "no point was selected that has a \(name)")
    }
    var message = "best \(name) \(old.text) -> \(new.text)"
    if old == new { return result(demand, .passed, message) }
    guard let from = old.number, let to = new.number, from > 0, to > 0 else {
      return result(demand, .failed, message)
    }
    let distance = abs(decades(to / from))
    message += " (\(readable(distance, digits: 2)) decades)"
    // The distance of grid values a whole number of steps apart carries rounding errors.
    return result(demand, distance <= limit + 1e-9 ? .passed : .failed, message)
  }
}

extension ChangeBounds {
  /// As they read in the name of a check.
  fileprivate var words: [String] {
    [
      relative.map { "\(readable($0 * 100)) %" }, absolute.map { shortest($0) },
      standardErrors.map { "\(shortest($0)) standard errors" },
    ].compactMap { $0 }
  }

  /// The bounds in the metric's own unit.
  fileprivate func limits(of baseline: Double, standardError: Double) -> [Double] {
    [
      relative.map { $0 * abs(baseline) }, absolute, standardErrors.map { $0 * standardError },
    ].compactMap { $0 }
  }
}

extension CurvePoint {
  /// The number in a column: a metric's mean, `weight_norm` or `effective_df`.
  func number(_ column: String) -> Double? {
    switch column {
    case "weight_norm": weightNorm
    case "effective_df": effectiveDF
    default: Measure(column: column).flatMap { estimates[$0]?.mean }
    }
  }

  func standardError(_ column: String) -> Double? {
    Measure(column: column).flatMap { estimates[$0]?.standardError }
  }
}
