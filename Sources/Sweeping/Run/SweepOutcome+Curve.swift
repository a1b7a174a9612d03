import LinearModels
import ModelSelection
package import Results

extension SweepOutcome {
  /// What `curve.csv` holds, without its text.
  package var curve: CurveTable {
    let plan = results.plan
    var measures: [(measure: Measure, part: Part, metric: Int)] = []
    for (index, metric) in plan.spec.metrics.enumerated() {
      measures += plan.parts.map { (Measure($0, metric.rawValue), $0, index) }
    }
    return CurveTable(
      measures: measures.map(\.measure),
      points: results.points.indices.map { point in
        let summary = results.points[point]
        var estimates: [Measure: Estimate] = [:]
        for (measure, part, metric) in measures {
          guard let value = summary.metrics[part, metric] else { continue }
          estimates[measure] = Estimate(value.mean, standardError: value.standardError)
        }
        return CurvePoint(
          point: point, setting: plan.grid[point], lambdaMean: plan.lambdaMean(point),
          status: summary.status.rawValue, folds: summary.foldCount, estimates: estimates,
          weightNorm: summary.weightNorm?.finite,
          effectiveDF: summary.effectiveDegreesOfFreedom?.finite,
          selectedBy: results.winningRules[point, default: []].map(\.rawValue))
      })
  }
}

extension Double {
  /// A cell holds no other number.
  fileprivate var finite: Double? { isFinite ? self : nil }
}
