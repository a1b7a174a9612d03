import LinearModels
import ModelSelection
import Results
import Tables

extension CurveColumn: SweepTable {
  package static func rows(_ source: TableSource) -> [[UInt8]]? {
    let (plan, results) = (source.plan, source.results)
    return source.rows(Self.self, count: plan.grid.count) { point, rows in
      let summary = results.points[point]
      rows.add { column, cells in
        switch column {
        case .point: cells.cell(point)
        case .axes: cells.axes(of: plan.grid[point])
        case .lambdaMean: cells.cell(plan.lambdaMean(point))
        case .status: cells.cell(summary.status.rawValue)
        case .folds: cells.cell(summary.foldCount)
        case .measures:
          for metric in plan.spec.metrics.indices {
            for part in plan.parts {
              let value = summary.metrics[part, metric]
              cells.cell(value?.mean)
              cells.cell(value?.standardError)
            }
          }
        case .weightNorm: cells.cell(summary.weightNorm)
        case .effectiveDF: cells.cell(summary.effectiveDegreesOfFreedom)
        case .selected:
          let rules = results.winningRules[point, default: []]
          cells.cell(rules.map(\.rawValue).joined(separator: " "))
        }
      }
    }
  }
}

extension SweepPlan {
  /// The λ of the objective, the mean over folds when these have different numbers of rows.
  func lambdaMean(_ point: Int) -> Double? {
    let first = lambdaMean(point, fold: 0)
    guard spec.lambdaScale != .mean, let first else { return first }
    let values = (0..<foldCount).compactMap { lambdaMean(point, fold: $0) }
    return values.allSatisfy { $0 == first } ? first : Summary(values)?.mean
  }
}
