import LinearModels
import ModelSelection
import Results
import Tables

extension SpecDecoder {
  mutating func decodeMetrics(
    _ field: SpecField?, loss: Loss?, split: SplitPlan?
  ) -> [Metric]? {
    guard let field else { return loss.map { $0.measures.defaults } }
    if field.node.elements?.isEmpty == true {
      report(.conflict("is empty, leave it out or name a metric"), at: field)
      return nil
    }
    guard let metrics = words(field, Metric.self) else { return nil }
    guard let loss else { return nil }
    for (metric, element) in zip(metrics, field.elements ?? []) where !loss.metrics.contains(metric)
    {
      report(.conflict(foreignMetric(metric, loss: loss)), at: element)
    }
    if let kind = split?.kind.declaration, kind.folds == .rows {
      let others = loss.metrics.filter { $0.needs == .nothing }
      for (metric, element) in zip(metrics, field.elements ?? [])
      where loss.metrics.contains(metric) && metric.needs != .nothing {
        report(
          .conflict(
            "'\(metric.rawValue)' has no value on the single row that '\(kind.word)' validates on, "
              + "write \"k_fold\" in 'split' or use \(quotedList(others.map(\.rawValue)))"),
          at: element)
      }
    }
    return metrics
  }

  /// A spectrum belongs to one Hessian per fold: that of the squared loss on one set of features.
  mutating func checkSpectrum(_ field: SpecField?, loss: Loss?, grids: [GridSpec]) {
    guard let field = field?.elements?.first(where: { $0.node.string == SpectrumColumn.file.word })
    else { return }
    let (degrees, sizes) = (
      Set(grids.map { $0[.degree] }.joined()), Set(grids.flatMap { $0[.trainSize] })
    )
    if loss?.followsFromMoments == false {
      report(.conflict("'spectrum' needs the squared loss, the logistic Hessian varies"), at: field)
    } else if degrees.count > 1 {
      report(.conflict("'spectrum' needs one degree, the grid has \(degrees.count)"), at: field)
    } else if sizes.count > 1 {
      report(.conflict("'spectrum' needs one train_size, the grid has \(sizes.count)"), at: field)
    } else if !grids.isEmpty, !grids.contains(where: { $0.solvers.contains { $0.uses(.lambda) } }) {
      report(.conflict("'spectrum' needs a solver with 'lambda', such as \"normal\""), at: field)
    }
  }

  mutating func decodeSelectionMetric(
    _ field: SpecField?, metrics: [Metric]?, loss: Loss?
  ) -> Metric? {
    guard let metric = word(field, Metric.self), let field, let metrics, let loss else {
      return nil
    }
    if !loss.metrics.contains(metric) {
      report(.conflict(foreignMetric(metric, loss: loss)), at: field)
    } else if !metrics.contains(metric) {
      report(
        .conflict(
          "'\(metric.rawValue)' is not in 'metrics', add it there or select by "
            + quotedList(metrics.map(\.rawValue))), at: field)
    }
    return metric
  }

  private func foreignMetric(_ metric: Metric, loss: Loss) -> String {
    let allowed = loss.metrics.map(\.rawValue)
    return "'\(metric.rawValue)' is no metric of the \(loss.rawValue) loss, which has "
      + quotedList(allowed)
  }
}
