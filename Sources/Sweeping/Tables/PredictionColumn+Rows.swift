import Datasets
import LinearModels
import ModelSelection
import Numerics
import Results
import Tables

extension PredictionColumn: SweepTable {
  package static func rows(_ source: TableSource) throws -> [[UInt8]]? {
    let (plan, results) = (source.plan, source.results)
    let (origins, target) = (plan.data.dataset.origins, plan.data.target)
    let isFromFiles = plan.tableShape.conditions.contains(.fileSplit)
    let classes = plan.data.classes
    let loss = plan.spec.loss
    var rows = TableRows<Self>()
    let features = try source.engine.features(of: results.selectedPoints)
    for point in results.selectedPoints {
      let setting = plan.grid[point]
      guard let features = features[setting.degree] else { continue }
      for index in 0..<plan.foldCount {
        let record = results.records[plan.jobIndex(point: point, fold: index)]
        guard let coefficients = record.coefficients else { continue }
        let fold = plan.data.folds[index]
        let matrix = features.matrix(
          trainedOn: setting.trainSize.prefix(of: fold.trainingRows))
        let reader = RowReader(matrix)
        for row in fold.validationRows.sorted() {
          var score = coefficients.intercept
          let values = unsafe reader.row(Int(row))
          // SAFETY: a row has a value for each weight.
          for j in coefficients.weights.indices {
            unsafe score += coefficients.weights[j] * values[j]
          }
          rows.add { column, cells in
            switch column {
            case .set: if isFromFiles { cells.cell(Part.validation.rawValue) }
            case .row: cells.cell(origins.number(of: Int(row)))
            case .repeatIndex: cells.cell(fold.repeatIndex)
            case .fold: cells.cell(fold.index)
            case .point: cells.cell(point)
            case .target:
              if let classes {
                classes[target[Int(row)] > 0 ? 1 : 0].write(to: &cells)
              } else {
                cells.cell(target[Int(row)])
              }
            case .prediction:
              if let classes {
                classes[score > 0 ? 1 : 0].write(to: &cells)
              } else {
                cells.cell(loss.prediction(score))
              }
            case .probability: if classes != nil { cells.cell(loss.prediction(score)) }
            }
          }
        }
      }
    }
    return [rows.cells.bytes]
  }
}
