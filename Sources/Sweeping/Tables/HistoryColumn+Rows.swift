import Results
import Tables

extension HistoryColumn: SweepTable {
  package static func rows(_ source: TableSource) -> [[UInt8]]? {
    let (plan, results) = (source.plan, source.results)
    return source.rows(Self.self, count: plan.jobCount) { job, rows in
      let (point, foldIndex) = job.quotientAndRemainder(dividingBy: plan.foldCount)
      let place = plan.place(ofFold: foldIndex)
      for entry in results.records[job].history ?? [] {
        rows.add { column, cells in
          switch column {
          case .point: cells.cell(point)
          case .repeatIndex: cells.cell(place.repeatIndex)
          case .fold: cells.cell(place.fold)
          case .epoch: cells.cell(entry.epoch)
          case .objective: cells.cell(entry.objective)
          case .measures: cells.measures(entry.means, [.train, .validation], of: job, in: plan)
          case .weightNorm: cells.cell(entry.weightNorm)
          }
        }
      }
    }
  }
}
