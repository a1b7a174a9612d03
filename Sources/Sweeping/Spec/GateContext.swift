import Charts
import LinearModels
import ModelSelection
import Results
import Tables

/// What the gates need to know of the rest of the spec; `nil` where that was reported as bad.
struct GateContext {
  let metrics: [Metric]?
  let hasTestSet: Bool?
  let hasOneFold: Bool?
  /// Empty, or with grids without solvers, where they were reported as bad.
  let grids: [GridSpec]
  /// The axes that some grid names.
  let writtenAxes: Set<Axis>
  let tolerance: Double

  private var solvers: Set<Solver> { Set(grids.flatMap(\.solvers)) }
  private var isKnown: Bool { !grids.isEmpty && grids.allSatisfy { !$0.solvers.isEmpty } }

  /// Why no point has a value on the axis to hold against a baseline, or `nil` when one has.
  func lack(of axis: Axis) -> String? {
    guard isKnown else { return nil }
    if !writtenAxes.contains(axis) {
      return "no grid has '\(axis.rawValue)', so there is no best one, name an axis of the grid"
    }
    guard !solvers.contains(where: { $0.uses(axis) }) else { return nil }
    return "no solver of the grid uses '\(axis.rawValue)', so there is no best one, "
      + "name an axis that one uses"
  }

  /// Why the gate passes whatever comes out, or `nil` when it can fail.
  func reasonToPass(_ rule: Gate.Rule) -> String? {
    switch rule {
    case .bestWithin(let column, let low, let high):
      guard let metric = metric(of: column) else { return nil }
      let lowHolds = low.map { $0 <= metric.bounds.lowerBound } ?? true
      let highHolds = high.map { $0 >= metric.bounds.upperBound } ?? true
      guard lowHolds, highHolds, low != nil || high != nil else { return nil }
      let bounds = [
        low.map {
          "\(metric.rawValue) is never below \(shortest(max(metric.bounds.lowerBound, $0)))"
        },
        high.map {
          "\(metric.rawValue) is never above \(shortest(min(metric.bounds.upperBound, $0)))"
        },
      ]
      return bounds.compactMap { $0 }.joined(separator: " and ")
    case .againstBaseline(let column, let bounds):
      guard let metric = metric(of: column) else { return nil }
      let width = metric.bounds.upperBound - metric.bounds.lowerBound
      if let absolute = bounds.absolute, absolute >= width {
        return "\(metric.rawValue) has a range of \(shortest(width))"
      }
      if let relative = bounds.relative, relative >= 1, metric.largerIsBetter,
        metric.bounds.lowerBound == 0
      {
        return "\(metric.rawValue) is never below 0"
      }
      return nil
    case .count(let status, let most):
      guard isKnown else { return nil }
      if !solvers.contains(where: { $0.mayEnd(as: status, tolerance: tolerance) }) {
        return "no fit of this spec can end as '\(status.rawValue)'"
      }
      let points = grids.reduce(0.0) { sum, grid in sum + grid.largestCount }
      return Double(most) >= points ? "the grid has no more than \(shortest(points)) points" : nil
    case .bestAxis(let name, let allowed):
      guard isKnown, let axis = Axis(rawValue: name) else { return nil }
      let values = grids.filter { grid in grid.solvers.contains { $0.uses(axis) } }
        .flatMap { $0.numbers(on: axis) }
      guard let low = values.min(), let high = values.max(), low > 0 else { return nil }
      let span = low == high ? 0 : decades(high / low)
      guard allowed >= span else { return nil }
      return "the grid's '\(name)' spans \(shortest((span * 100).rounded() / 100)) decades"
    }
  }

  private func metric(of column: String) -> Metric? {
    Measure(column: column).flatMap { Metric(rawValue: $0.metric) }
  }
}

extension GridSpec {
  /// The points of the grid if none is excluded and every solver used every axis.
  fileprivate var largestCount: Double {
    solvers.reduce(0.0) { sum, solver in
      sum
        + Axis.allCases.filter { $0 != .solver && solver.uses($0) }
        .reduce(1.0) { $0 * Double(max(1, self[$1].count)) }
    }
  }

  /// The values on an axis of magnitudes.
  fileprivate func numbers(on axis: Axis) -> [Double] {
    axis.isMagnitude ? self[axis].compactMap(\.number) : []
  }
}
