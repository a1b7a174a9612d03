import Datasets
import LinearModels
import ModelSelection
import Numerics
import Platform
import Results
import Tables

/// Writes the tables of a sweep into a folder, each whole.
struct ResultFiles {
  let results: SweepResults
  let refits: [Int: JobRecord]
  let engine: SweepEngine<LinearModelRunner>
  let folder: String
  let workers: Int
  private let names: [Int: [String]]

  init(
    results: SweepResults, refits: [Int: JobRecord], engine: SweepEngine<LinearModelRunner>,
    folder: String,
    workers: Int
  ) throws {
    self.results = results
    self.refits = refits
    self.engine = engine
    self.folder = folder
    self.workers = workers
    names = try engine.featureNames()
  }

  /// - Parameter check: throws when nothing may be written; called once all tables are made, before the first
  ///   is written.
  /// - Returns: the names of the files written, in the order a reader wants them; `nil` when abandoned, which
  ///   leaves the files as they were.
  func write(
    shouldAbandon: @escaping @Sendable () -> Bool, check: () throws -> Void
  ) throws -> [String]? {
    let spec = results.plan.spec
    let tables = ResultTables(results: results, workers: workers)
    var files: [(name: String, pieces: [[UInt8]])] = [
      ("curve.csv", tables.curve()), ("jobs.csv", tables.jobs()),
    ]
    let names = names
    if spec.outputs.contains(.coefficients) {
      files.append(("coefficients.csv", tables.coefficients { names[$0, default: []] }))
    }
    if spec.outputs.contains(.history) { files.append(("history.csv", tables.history())) }
    if spec.outputs.contains(.spectrum) {
      guard let spectra = try engine.spectra(shouldAbandon: shouldAbandon) else { return nil }
      files.append(("spectrum.csv", tables.spectrum(spectra)))
    }
    if spec.outputs.contains(.predictions) {
      files.append(("predictions.csv", try tables.predictions(engine)))
    }
    let best = BestReport(results: results, refits: refits) { names[$0, default: []] }
    files.append(("best.json", [Array(best.text().utf8)]))
    if shouldAbandon() { return nil }
    try check()
    try Folder.create(folder)
    for file in files { try WholeFile.write(file.pieces, to: folder + "/" + file.name) }
    return files.map(\.name)
  }
}

extension ResultTables {
  /// `predictions.csv`: one row per validation row and selected point, named by its place in its
  /// file. Of classes the likelier one, with the probability of the last.
  func predictions(_ engine: SweepEngine<LinearModelRunner>) throws -> [[UInt8]] {
    let plan = results.plan
    let origins = plan.data.dataset.origins
    let setName: String? = if case .files = plan.spec.split.kind { "validation" } else { nil }
    let classes = plan.data.classes
    let loss = plan.spec.loss.function
    var rows = CSVWriter()
    rows.row(
      (setName == nil ? [] : ["set"])
        + ["row", "repeat", "fold", "point", "target", "prediction"]
        + (classes == nil ? [] : ["probability"]))
    let features = try engine.features(of: results.selectedPoints)
    for point in results.selectedPoints {
      guard let matrix = features[plan.grid[point].degree] else { continue }
      for index in 0..<plan.foldCount {
        let record = results.records[plan.jobIndex(point: point, fold: index)]
        guard let coefficients = record.coefficients else { continue }
        let fold = plan.data.folds[index]
        for row in fold.validationRows.sorted() {
          var score = coefficients.intercept
          for j in coefficients.weights.indices {
            score += coefficients.weights[j] * matrix[Int(row), j]
          }
          if let setName { rows.cell(setName) }
          rows.cell(origins.number(of: Int(row)))
          rows.cell(fold.repeatIndex)
          rows.cell(fold.index)
          rows.cell(point)
          if let classes {
            classes[plan.data.target[Int(row)] > 0 ? 1 : 0].write(to: &rows)
            classes[score > 0 ? 1 : 0].write(to: &rows)
            rows.cell(loss.prediction(score))
          } else {
            rows.cell(plan.data.target[Int(row)])
            rows.cell(loss.prediction(score))
          }
          rows.endRow()
        }
      }
    }
    return [rows.bytes]
  }
}
