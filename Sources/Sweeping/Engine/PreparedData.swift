import Datasets
import LinearModels
import ModelSelection
import Numerics
import Tables

/// The data as every fit sees it: features per polynomial degree, the target as numbers or ±1.
struct PreparedData: Sendable {
  let dataset: Dataset
  /// ±1 for the logistic loss.
  let target: [Double]
  /// The two values of a logistic target, the one that became −1 first.
  let classes: [Double]?
  /// The two classes as they are written, in the same order.
  let classNames: [String]?
  let folds: FoldPlan

  init(_ dataset: Dataset, spec: SweepSpec) throws {
    self.dataset = dataset
    switch spec.loss {
    case .squared:
      target = dataset.target
      classes = nil
      classNames = nil
    case .logistic:
      let values = try PreparedData.classes(of: dataset, from: spec.data)
      target = dataset.target.map { $0 == values[1] ? 1 : -1 }
      classes = values
      classNames = dataset.targetTexts ?? values.map(shortest)
    }
    do {
      folds = try FoldPlan(
        plan: spec.split, rowCount: dataset.rowCount, labels: dataset.splitLabels, seed: spec.seed)
    } catch {
      throw spec.errors(error.reason, at: "split.\(spec.split.kind.key.rawValue)")
    }
    if !folds.testRows.isEmpty { dataset.features.judgeZeros(by: folds.allButTest) }
  }

  /// The features of one degree; degree 1 shares the data set's memory.
  func features(degree: Int, workers: Int) throws -> (names: [String], matrix: Matrix) {
    guard degree > 1 else { return (dataset.featureNames, dataset.features) }
    let map = try PolynomialFeatures(degree: degree, featureNames: dataset.featureNames)
    let matrix = try map.expand(dataset.features, workers: workers)
    if !folds.testRows.isEmpty { matrix.judgeZeros(by: folds.allButTest) }
    return (map.names, matrix)
  }

  func featureNames(degree: Int) throws -> [String] {
    guard degree > 1 else { return dataset.featureNames }
    return try PolynomialFeatures(degree: degree, featureNames: dataset.featureNames).names
  }

  private static func classes(
    of dataset: Dataset, from source: DataSource
  ) throws(DatasetError) -> [Double] {
    var values: [Double] = []
    for value in dataset.target where !values.contains(value) {
      values.append(value)
      if values.count > 2 { break }
    }
    guard values.count == 2 else {
      throw .invalid([
        DatasetProblem(
          path: source.targetPath, column: dataset.targetName,
          reason: .notTwoClasses(values.sorted().map(shortest)))
      ])
    }
    return values.sorted()
  }
}

extension DataSource {
  /// Where the target is written.
  fileprivate var targetPath: String {
    switch self {
    case .csv(let csv): csv.path
    case .libsvm(let path): path
    case .npy(_, let target): target
    case .synthetic: "data.synthetic"
    }
  }
}

extension SplitPlan.Kind {
  /// The word of a spec.
  fileprivate var key: SplitKey {
    switch self {
    case .holdout: .holdout
    case .kFold: .kFold
    case .leaveOneOut: .leaveOneOut
    case .column: .column
    case .foldColumn: .foldColumn
    case .files: .files
    }
  }
}
