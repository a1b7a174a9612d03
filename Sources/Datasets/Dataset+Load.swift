import Numerics

extension Dataset {
  /// A file that is part of the data beside the main one, and what its rows are called.
  package typealias ExtraFile = (label: String, path: String)

  /// Which rows are held out as a test set, from the number of rows and their labels.
  package typealias TestRows = @Sendable (_ rowCount: Int, _ labels: [String]?) -> [Int32]

  /// Reads or draws the rows of a source.
  /// - Parameters:
  ///   - labelColumn: the split or fold column: its cells become `splitLabels`; never a feature.
  ///   - allowedLabels: what the cells of that column may be; `nil` allows any.
  ///   - extraFiles: other files with the same columns (CSV by name). Their rows come after those
  ///     of the main one, which are then labelled `train`.
  ///   - testRows: whose levels and classes are not to be learned.
  ///   - workers: how many threads read; the result is the same for any number.
  ///   - sizeCheck: asked as soon as rows and columns are known.
  package static func load(
    _ source: DataSource, labelColumn: String? = nil, allowedLabels: [String]? = nil,
    extraFiles: [ExtraFile] = [], testRows: @escaping TestRows = { _, _ in [] }, workers: Int,
    sizeCheck: SizeCheck = .none
  ) throws(DatasetError) -> Dataset {
    let dataset = try read(
      source, labelColumn: labelColumn, allowedLabels: allowedLabels, extraFiles: extraFiles,
      testRows: testRows, workers: workers, sizeCheck: sizeCheck)
    try dataset.checkFiles()
    return dataset
  }

  private static func read(
    _ source: DataSource, labelColumn: String?, allowedLabels: [String]?,
    extraFiles: [ExtraFile], testRows: @escaping TestRows, workers: Int, sizeCheck: SizeCheck
  ) throws(DatasetError) -> Dataset {
    var dataset: Dataset
    var weights: (path: String, written: [Double])?
    switch source {
    case .csv(let csv):
      return try CSVLoader(
        csv, labelColumn: labelColumn, allowedLabels: allowedLabels, extraFiles: extraFiles,
        testRows: testRows, workers: workers, sizeCheck: sizeCheck
      ).load()
    case .libsvm(let path):
      try refuse(labelColumn, path)
      dataset = try LibsvmLoader(
        path: path, extraFiles: extraFiles, workers: workers, sizeCheck: sizeCheck
      ).load()
    case .npy(let features, let target, let weightPath):
      try refuse(labelColumn, features)
      if !extraFiles.isEmpty { throw .invalid(features, .noExtraFiles) }
      var written: [Double]?
      (dataset, written) = try NpyLoader(
        features: features, target: target, weights: weightPath, workers: workers,
        sizeCheck: sizeCheck
      ).load()
      weights = written.map { (weightPath ?? features, $0) }
    case .synthetic(let synthetic):
      try refuse(labelColumn, "data.synthetic")
      if !extraFiles.isEmpty { throw .invalid("data.synthetic", .noExtraFiles) }
      dataset = try SyntheticLoader(
        source: synthetic, workers: workers, sizeCheck: sizeCheck
      ).load()
    }
    guard dataset.rowCount <= largestRowCount else {
      throw .invalid(dataset.origins.path(of: 0), .tooManyRows(limit: largestRowCount))
    }
    dataset.learningRows = LearningRows(
      mainRowCount: dataset.origins.mainRowCount, rowCount: dataset.rowCount,
      testRows: testRows(dataset.rowCount, dataset.splitLabels))
    if let weights {
      dataset.weights = try RowWeights(weights.written, learning: dataset.learningRows) { reason in
        .invalid(weights.path, reason)
      }
    }
    return dataset
  }

  private static func refuse(_ labelColumn: String?, _ path: String) throws(DatasetError) {
    if let labelColumn { throw .invalid(path, .noColumns(asked: labelColumn)) }
  }
}
