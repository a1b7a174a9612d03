import Charts
package import Results

/// A number or status of one point that is not what it was.
package struct Movement: Hashable, Sendable {
  package enum Verdict: String, Sendable {
    /// A metric moved in its better direction, or came into being with a better status.
    case improved
    /// A metric moved in its worse direction, or the status is no longer `ok`.
    case worse
    /// A number without a better direction moved.
    case changed
    /// The same, at a point where a metric improved and none got worse: it had to move too.
    case excused
  }
  package var setting: Point
  /// The column of `curve.csv`: `validation_mse`, `weight_norm`, `status`, ….
  package var column: String
  package var baseline: AxisValue?
  package var current: AxisValue?
  /// The baseline's standard error of the number, where it has one.
  package var standardError: Double?
  package var verdict: Verdict

  package var isRegression: Bool { verdict == .worse || verdict == .changed }

  /// Current minus baseline, when both are numbers.
  package var difference: Double? {
    guard let current = current?.number, let baseline = baseline?.number else { return nil }
    return current - baseline
  }

  /// The difference as a fraction of the baseline's size.
  package var relativeDifference: Double? {
    guard let difference, let baseline = baseline?.number, baseline != 0 else { return nil }
    return difference / abs(baseline)
  }

  package var standardErrors: Double? {
    guard let difference, let standardError, standardError > 0 else { return nil }
    return difference / standardError
  }
}

/// Whether two numbers are the same result: within 1e-9 of the baseline's size, or within 1e-12.
///
/// Wide enough for another compiler or machine of the same arithmetic, far below anything a
/// change of the model would do.
package func isSameResult(_ current: Double, _ baseline: Double) -> Bool {
  abs(current - baseline) <= max(1e-12, 1e-9 * abs(baseline))
}

/// What moved between two rows of the same point, in the order of the columns.
func movements(
  from baseline: CurvePoint, to current: CurvePoint, columns: [ComparedColumn]
) -> [Movement] {
  var moved: [Movement] = []
  if baseline.status != current.status {
    moved.append(
      Movement(
        setting: current.setting, column: "status", baseline: .word(baseline.status),
        current: .word(current.status), verdict: current.status == "ok" ? .improved : .worse))
  }
  for column in columns {
    let old = column.value(baseline)
    let new = column.value(current)
    if let old, let new, isSameResult(new, old) { continue }
    if old == nil && new == nil { continue }
    moved.append(
      Movement(
        setting: current.setting, column: column.name, baseline: old.map { .number($0) },
        current: new.map { .number($0) }, standardError: column.standardError(baseline),
        verdict: verdict(
          old, new, column,
          statusImproved: moved.first?.column == "status"
            && moved.first?.verdict == .improved)))
  }
  let isBetterPoint =
    moved.contains { $0.verdict == .improved } && !moved.contains { $0.verdict == .worse }
  if isBetterPoint {
    let fixed = columns.filter(\.isFixed).map(\.name)
    for index in moved.indices
    where moved[index].verdict == .changed && !fixed.contains(moved[index].column) {
      moved[index].verdict = .excused
    }
  }
  return moved
}

private func verdict(
  _ old: Double?, _ new: Double?, _ column: ComparedColumn, statusImproved: Bool
) -> Movement.Verdict {
  guard let metric = column.metric else { return .changed }
  guard let old else { return statusImproved ? .improved : .changed }
  // A status that got worse has been reported; the metric it emptied is the same news.
  guard let new else { return .worse }
  return isBetter(new, than: old, metric: metric) ? .improved : .worse
}

/// A number of `curve.csv` that two tables can be compared in.
struct ComparedColumn: Hashable {
  enum Content: Hashable {
    case mean(Measure)
    case standardError(Measure)
    case lambdaMean
    case folds
    case weightNorm
    case effectiveDF
  }
  let content: Content

  /// The numbers that both tables have, in the order of the current one.
  static func shared(_ baseline: CurveTable, _ current: CurveTable) -> [ComparedColumn] {
    var columns = [
      ComparedColumn(content: .lambdaMean), ComparedColumn(content: .folds),
    ]
    for measure in current.measures where baseline.measures.contains(measure) {
      columns.append(ComparedColumn(content: .mean(measure)))
      columns.append(ComparedColumn(content: .standardError(measure)))
    }
    columns.append(ComparedColumn(content: .weightNorm))
    columns.append(ComparedColumn(content: .effectiveDF))
    return columns
  }

  var name: String {
    switch content {
    case .mean(let measure): measure.column
    case .standardError(let measure): measure.column + "_se"
    case .lambdaMean: "lambda_mean"
    case .folds: "folds"
    case .weightNorm: "weight_norm"
    case .effectiveDF: "effective_df"
    }
  }

  /// Whether the grid and the split alone decide it: no better fit moves it.
  var isFixed: Bool { content == .lambdaMean || content == .folds }

  /// The metric whose direction tells better from worse; `nil` for a number without a direction.
  var metric: String? {
    if case .mean(let measure) = content { measure.metric } else { nil }
  }

  func value(_ point: CurvePoint) -> Double? {
    switch content {
    case .mean(let measure): point.estimates[measure]?.mean
    case .standardError(let measure): point.estimates[measure]?.standardError
    case .lambdaMean: point.lambdaMean
    case .folds: Double(point.folds)
    case .weightNorm: point.weightNorm
    case .effectiveDF: point.effectiveDF
    }
  }

  func standardError(_ point: CurvePoint) -> Double? {
    if case .mean(let measure) = content { return point.estimates[measure]?.standardError }
    return nil
  }
}
