import Datasets
import Results
import Tables

extension CoefficientColumn: SweepTable {
  package static func rows(_ source: TableSource) -> [[UInt8]]? {
    let (plan, results) = (source.plan, source.results)
    let featureNames = source.featureNames
    return source.rows(Self.self, count: plan.jobCount) { job, rows in
      guard let coefficients = results.records[job].coefficients else { return }
      let (point, foldIndex) = job.quotientAndRemainder(dividingBy: plan.foldCount)
      let place = plan.place(ofFold: foldIndex)
      func add(_ name: String, _ coefficient: Double, _ standardized: Double) {
        rows.add { column, cells in
          switch column {
          case .point: cells.cell(point)
          case .repeatIndex: cells.cell(place.repeatIndex)
          case .fold: cells.cell(place.fold)
          case .feature: cells.cell(name)
          case .coefficient: cells.cell(coefficient)
          case .standardizedCoefficient: cells.cell(standardized)
          }
        }
      }
      add(FeatureNames.intercept, coefficients.intercept, coefficients.standardizedIntercept)
      for (index, name) in featureNames[plan.grid[point].degree, default: []].enumerated() {
        add(name, coefficients.weights[index], coefficients.standardizedWeights[index])
      }
    }
  }
}
