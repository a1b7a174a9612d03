package import LinearModels
import Tables

extension LearningRateSchedule {
  /// The schedule as a CSV cell: `constant`, `inverse_time(0.1)` or `inverse_sqrt(0.1)`.
  package var cell: String {
    switch self {
    case .constant: "constant"
    case .inverseTime(let decay): "inverse_time(\(shortest(decay)))"
    case .inverseSqrt(let decay): "inverse_sqrt(\(shortest(decay)))"
    }
  }

  /// The schedule that a CSV cell names, or `nil` when it names none.
  package init?(cell: String) {
    if cell == "constant" {
      self = .constant
      return
    }
    guard cell.hasSuffix(")"), let open = cell.firstIndex(of: "("),
      let decay = Double(cell[cell.index(after: open)...].dropLast()), decay.isFinite, decay >= 0
    else { return nil }
    switch ScheduleKey(rawValue: String(cell[..<open])) {
    case .inverseTime: self = .inverseTime(decay)
    case .inverseSqrt: self = .inverseSqrt(decay)
    case nil: return nil
    }
  }
}
