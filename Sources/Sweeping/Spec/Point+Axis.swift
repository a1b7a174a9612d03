import LinearModels
import Tables

extension Point {
  /// The value on an axis of numbers, or `nil` when the axis has no order or is not used.
  package func number(on axis: Axis) -> Double? {
    switch axis {
    case .solver, .schedule: return nil
    case .degree: return Double(degree)
    case .trainSize:
      switch trainSize {
      case nil: return nil
      case .rows(let count): return Double(count)
      case .fraction(let fraction): return fraction
      }
    case .batchSize: return batchSize.map { Double($0) }
    case .eta: return eta
    case .epochs: return epochs.map { Double($0) }
    case .radius: return radius
    case .lambda: return lambda
    }
  }

  /// Whether both have the same value on an axis, or none.
  func agrees(with other: Point, on axis: Axis) -> Bool {
    switch axis {
    case .solver: solver == other.solver
    case .schedule: schedule == other.schedule
    case .degree, .trainSize, .batchSize, .eta, .epochs, .radius, .lambda:
      number(on: axis) == other.number(on: axis)
    }
  }

  /// The value on an axis as its CSV cell.
  func cell(of axis: Axis) -> String {
    switch axis {
    case .solver: solver.rawValue
    case .schedule: schedule?.cell ?? ""
    case .degree, .trainSize, .batchSize, .eta, .epochs, .radius, .lambda:
      number(on: axis).map { shortest($0) } ?? ""
    }
  }
}
