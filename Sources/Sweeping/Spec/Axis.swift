package import LinearModels

/// A hyperparameter that a grid varies, in nesting order: the last one runs fastest.
package enum Axis: String, CaseIterable, Sendable {
  case solver
  case degree
  case trainSize = "train_size"
  case schedule
  case batchSize = "batch_size"
  case eta
  case epochs
  case radius
  case lambda

  /// What a value of the axis may be; `nil` for the axes of words.
  var range: NumberRange? {
    switch self {
    case .solver, .schedule: nil
    case .degree, .batchSize, .epochs: .wholeFromOne
    case .trainSize: .trainSize
    case .eta, .radius: .positive
    case .lambda: .nonNegative
    }
  }

  /// Whether values are magnitudes, so that a distance in decades means something.
  package var isMagnitude: Bool {
    switch self {
    case .solver, .schedule, .trainSize: false
    case .degree, .batchSize, .eta, .epochs, .radius, .lambda: true
    }
  }
}

extension Solver {
  /// Whether a fit may end so; what never happens cannot be counted by a gate.
  func mayEnd(as status: FitStatus, tolerance: Double) -> Bool {
    switch status {
    case .ok, .diverged: true
    case .singular: self == .normal
    case .notConverged: self == .newton || (tolerance > 0 && uses(.epochs))
    case .failed: false
    }
  }

  /// Whether the axis changes what the solver does; if not, the axis collapses to one point.
  package func uses(_ axis: Axis) -> Bool {
    switch axis {
    case .solver, .degree, .trainSize: true
    case .schedule, .eta, .epochs: self == .gd || self == .sgd || self == .projectedGD
    case .batchSize: self == .sgd
    case .radius: self == .projectedGD
    case .lambda: self != .projectedGD
    }
  }
}
