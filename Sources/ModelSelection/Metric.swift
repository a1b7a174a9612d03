package import LinearModels

/// A number that says how well predictions fit, computed on one set of rows.
package enum Metric: String, CaseIterable, Sendable {
  case mse
  case halfMSE = "half_mse"
  case rmse
  case mae
  case r2
  case logLoss = "log_loss"
  case errorRate = "error_rate"
  case auc

  package var loss: Loss {
    switch self {
    case .mse, .halfMSE, .rmse, .mae, .r2: .squared
    case .logLoss, .errorRate, .auc: .logistic
    }
  }

  package var largerIsBetter: Bool { self == .r2 || self == .auc }

  /// Whether it says nothing of rows whose targets are all equal, and so of a single row.
  package var needsVariedTarget: Bool { self == .r2 || self == .auc }

  /// The metrics a spec without `metrics` gets.
  package static func defaults(for loss: Loss) -> [Metric] {
    loss == .squared ? [.mse] : [.logLoss, .errorRate]
  }
}

/// How the winner is chosen from the validation means.
package enum SelectionRule: String, CaseIterable, Sendable {
  case min
  /// The most regularised point whose mean is within one standard error of the best.
  case oneStandardError = "one_standard_error"
}
