package import LinearModels
package import Results

/// What a loss has to do with targets and metrics.
package struct LossMeasures: Sendable {
  package let target: TargetKind
  /// The mean that is the mean loss up to a factor: J = factor · mean + (λ/2)‖w‖².
  package let objective: (mean: RowMean, factor: Double)
  /// What a spec without `metrics` gets.
  package let defaults: [Metric]
  /// The means that the pass over the rows gives at no cost.
  fileprivate let companions: RowMeans
}

extension Loss {
  package var measures: LossMeasures {
    switch self {
    case .squared:
      LossMeasures(
        target: .number, objective: (.square, 0.5), defaults: [.mse], companions: [])
    case .logistic:
      LossMeasures(
        target: .classOfTwo, objective: (.logLoss, 1), defaults: [.logLoss, .errorRate],
        companions: RowMeans(.error))
    }
  }

  /// All metrics that say something of its predictions.
  package var metrics: [Metric] {
    let target = measures.target
    return Metric.allCases.filter { $0.target == target }
  }

  /// The means that jobs keep where some metrics are asked for: theirs, that of the objective, and what
  /// comes with them.
  package func means(for metrics: [Metric]) -> RowMeans {
    let kept = measures.companions.union(RowMeans(measures.objective.mean))
    return metrics.reduce(kept) { $0.union($1.means) }
  }
}
