package import LinearModels
package import Results

/// What a loss has to do with metrics.
extension Loss {
  package var target: TargetKind {
    switch self {
    case .squared: .number
    case .logistic: .classOfTwo
    }
  }

  /// The mean that is the mean loss up to its factor: J = factor · mean + (λ/2)‖w‖².
  package var objective: (mean: RowMean, factor: Double) {
    switch self {
    case .squared: (.square, 0.5)
    case .logistic: (.logLoss, 1)
    }
  }

  /// The metrics a spec without `metrics` gets.
  package var defaultMetrics: [Metric] {
    switch self {
    case .squared: [.mse]
    case .logistic: [.logLoss, .errorRate]
    }
  }

  /// All that say something of its predictions.
  package var metrics: [Metric] { Metric.allCases.filter { $0.target == target } }

  /// The means that jobs keep where some metrics are asked for: theirs, that of the objective, and what
  /// the pass over the rows gives besides.
  package func means(for metrics: [Metric]) -> RowMeans {
    let companions: RowMeans =
      switch self {
      case .squared: []
      case .logistic: RowMeans(.error)
      }
    return metrics.reduce(companions.union(RowMeans(objective.mean))) { $0.union($1.means) }
  }
}
