import Datasets
import ModelSelection

extension SweepSpec {
  /// Reads the data with the columns and files that the split needs.
  /// - Throws: `DatasetError`; for a file that is not there, or cannot be read, an error with its place in
  ///   the spec.
  func loadData(workers: Int, sizeCheck: SizeCheck) throws -> Dataset {
    do throws(DatasetError) {
      return try Dataset.load(
        data, labelColumn: split.labelColumn, allowedLabels: split.allowedLabels,
        extraFiles: split.extraFiles,
        testRows: { [split, seed] in split.testRows(rowCount: $0, labels: $1, seed: seed) },
        workers: workers, sizeCheck: sizeCheck)
    } catch {
      if case .file(let file) = error { throw located(file) }
      throw error
    }
  }
}

extension SplitPlan {
  /// The column that says which set a row belongs to.
  fileprivate var labelColumn: String? {
    switch kind {
    case .column(let name), .foldColumn(let name): name
    default: nil
    }
  }

  fileprivate var allowedLabels: [String]? {
    if case .column = kind { SplitPlan.columnLabels } else { nil }
  }

  fileprivate var extraFiles: [Dataset.ExtraFile] {
    guard case .files(let validation, let test) = kind else { return [] }
    return [("validation", validation)] + (test.map { [("test", $0)] } ?? [])
  }
}
