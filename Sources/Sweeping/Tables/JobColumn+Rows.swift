import LinearModels
import Results
import Tables

extension JobColumn: SweepTable {
  package static func rows(_ source: TableSource) -> [[UInt8]]? {
    let (plan, results) = (source.plan, source.results)
    return source.rows(Self.self, count: plan.jobCount) { job, rows in
      let record = results.records[job]
      let (point, foldIndex) = job.quotientAndRemainder(dividingBy: plan.foldCount)
      let place = plan.place(ofFold: foldIndex)
      rows.add { column, cells in
        switch column {
        case .point: cells.cell(point)
        case .repeatIndex: cells.cell(place.repeatIndex)
        case .fold: cells.cell(place.fold)
        case .axes: cells.axes(of: plan.grid[point])
        case .lambdaMean: cells.cell(plan.lambdaMean(point, fold: foldIndex))
        case .status: cells.cell(record.status.rawValue)
        case .epochsRun:
          if let epochs = record.epochsRun { cells.cell(epochs) } else { cells.emptyCell() }
        case .gradientNorm: cells.cell(record.gradientNorm)
        case .objective: cells.cell(record.objective)
        case .measures: cells.measures(record.means, plan.parts, of: job, in: plan)
        case .weightNorm: cells.cell(record.weightNorm)
        case .effectiveDF: cells.cell(record.effectiveDegreesOfFreedom)
        case .multiplier: cells.cell(record.multiplier)
        case .message: cells.cell(record.message ?? "")
        }
      }
    }
  }
}
