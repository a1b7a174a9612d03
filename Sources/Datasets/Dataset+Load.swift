import Numerics

extension Dataset {
  /// A file that is part of the data beside the main one, and what its rows are called.
  package typealias ExtraFile = (label: String, path: String)

  /// Reads or draws the rows of a source.
  /// - Parameters:
  ///   - labelColumn: the split or fold column: its cells become `splitLabels`; never a feature.
  ///   - extraFiles: other files with the same columns (CSV by name). Their rows come after those
  ///     of the main one, which are then labelled `train`.
  ///   - workers: how many threads read; the result is the same for any number.
  package static func load(
    _ source: DataSource, labelColumn: String? = nil, extraFiles: [ExtraFile] = [], workers: Int
  ) throws(DatasetError) -> Dataset {
    switch source {
    case .csv(let csv):
      return try CSVLoader(
        csv, labelColumn: labelColumn, extraFiles: extraFiles, workers: workers
      ).load()
    default:
      throw .invalid("", .empty)
    }
  }
}
