import Datasets
import ModelSelection

extension SplitPlan {
  /// The column that says which set a row belongs to.
  var labelColumn: String? {
    switch kind {
    case .column(let name), .foldColumn(let name): name
    default: nil
    }
  }

  var allowedLabels: [String]? {
    if case .column = kind { SplitPlan.columnLabels } else { nil }
  }

  var extraFiles: [Dataset.ExtraFile] {
    guard case .files(let validation, let test) = kind else { return [] }
    return [("validation", validation)] + (test.map { [("test", $0)] } ?? [])
  }
}
