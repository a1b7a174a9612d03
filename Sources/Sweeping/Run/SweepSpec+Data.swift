import Datasets
import ModelSelection

extension SweepSpec {
  /// Reads the data with the columns and files that the split needs.
  /// - Throws: `DatasetError`; for a file that is not there, or cannot be read, an error with its place in
  ///   the spec.
  func loadData(workers: Int, sizeCheck: SizeCheck) throws -> Dataset {
    var (column, allowed, extraFiles): (String?, [String]?, [Dataset.ExtraFile]) = (nil, nil, [])
    switch split.kind.declaration.labels {
    case .none: break
    case .folds(let name): column = name
    case .sets(let name): (column, allowed) = (name, SplitPlan.setNames)
    case .files(let validation, let test):
      extraFiles = [("validation", validation)] + (test.map { [("test", $0)] } ?? [])
    }
    do throws(DatasetError) {
      return try Dataset.load(
        data, labelColumn: column, allowedLabels: allowed,
        extraFiles: extraFiles,
        testRows: { [split, seed] in split.testRows(rowCount: $0, labels: $1, seed: seed) },
        workers: workers, sizeCheck: sizeCheck)
    } catch {
      if case .file(let file) = error { throw located(file) }
      throw error
    }
  }
}
