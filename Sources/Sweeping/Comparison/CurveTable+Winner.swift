import Charts
import LinearModels
package import ModelSelection
package import Results

extension CurveTable {
  /// The point that a rule chooses from the whole table, every solver together; `nil` when no point is `ok`.
  package func winner(metric: Metric, rule: SelectionRule) -> CurvePoint? {
    let candidates = points.indices.compactMap { index -> Candidate? in
      let point = points[index]
      guard point.status == FitStatus.ok.rawValue,
        let estimate = point.estimates[Measure(.validation, metric.rawValue)]
      else { return nil }
      let regularization: Regularization =
        if let radius = point.setting[.radius]?.number {
          .radius(radius)
        } else {
          .lambda(point.setting[.lambda]?.number ?? 0)
        }
      return Candidate(
        point: index,
        validation: Summary(mean: estimate.mean, standardError: estimate.standardError),
        regularization: regularization)
    }
    return rule.winner(among: candidates, largerIsBetter: metric.largerIsBetter).map { points[$0] }
  }
}
