import Results
import Tables

extension SpectrumColumn: SweepTable {
  package static func rows(_ source: TableSource) throws -> [[UInt8]]? {
    let plan = source.plan
    guard let spectra = try source.engine.spectra(shouldAbandon: source.shouldAbandon)
    else { return nil }
    return source.rows(Self.self, count: plan.foldCount) { foldIndex, rows in
      let place = plan.place(ofFold: foldIndex)
      for lambda in plan.distinctLambdaMeans(fold: foldIndex) {
        for (component, eigenvalue) in spectra[foldIndex].enumerated() {
          rows.add { column, cells in
            switch column {
            case .repeatIndex: cells.cell(place.repeatIndex)
            case .fold: cells.cell(place.fold)
            case .component: cells.cell(component)
            case .eigenvalue: cells.cell(eigenvalue)
            case .lambdaMean: cells.cell(lambda)
            case .shrinkage:
              cells.cell(eigenvalue <= 0 ? 0 : eigenvalue / (eigenvalue + lambda))
            }
          }
        }
      }
    }
  }
}

extension SweepPlan {
  fileprivate func distinctLambdaMeans(fold: Int) -> [Double] {
    var seen: Set<Double> = []
    return slices[0].points.compactMap { lambdaMean($0, fold: fold) }
      .filter { seen.insert($0).inserted }
  }
}
