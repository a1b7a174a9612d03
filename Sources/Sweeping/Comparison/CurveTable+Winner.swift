import Charts
import LinearModels
package import ModelSelection
package import Results

extension CurveTable {
  /// The point that a rule chooses from the whole table, every solver together; `nil` when no point is `ok`.
  package func winner(metric: Metric, rule: SelectionRule) -> CurvePoint? {
    let candidates = largestTrainSize.compactMap { index -> Candidate? in
      let point = points[index]
      guard rule.applies(toFoldCount: point.folds) else { return nil }
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
        regularization: regularization,
        effectiveDegreesOfFreedom: point.effectiveDF,
        degree: Int(point.setting[.degree]?.number ?? 1))
    }
    return rule.winner(among: candidates, largerIsBetter: metric.largerIsBetter).map { points[$0] }
  }

  /// The points that train on the most rows. The table has no counts, so a fraction and a number of rows
  /// are not compared; an empty cell means all rows.
  private var largestTrainSize: [Int] {
    let sizes = points.map { $0.setting[.trainSize]?.number }
    let largestFraction = sizes.compactMap { $0 }.filter { $0 < 1 }.max()
    let largestCount = sizes.compactMap { $0 }.filter { $0 >= 1 }.max()
    let hasAll = sizes.contains(nil)
    return points.indices.filter { index in
      guard let size = sizes[index] else { return true }
      return !hasAll && size == (size < 1 ? largestFraction : largestCount)
    }
  }
}
