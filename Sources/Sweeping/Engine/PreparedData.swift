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
  let folds: FoldPlan

  init(_ dataset: Dataset, spec: SweepSpec) throws {
    self.dataset = dataset
    switch spec.loss {
    case .squared:
      target = dataset.target
      classes = nil
    case .logistic:
      let values = try PreparedData.classes(of: dataset)
      target = dataset.target.map { $0 == values[1] ? 1 : -1 }
      classes = values
    }
    folds = try FoldPlan(
      plan: spec.split, rowCount: dataset.rowCount, labels: dataset.splitLabels, seed: spec.seed)
  }

  /// The features of one degree; degree 1 shares the data set's memory.
  func features(degree: Int, workers: Int) throws -> (names: [String], matrix: Matrix) {
    guard degree > 1 else { return (dataset.featureNames, dataset.features) }
    let map = try PolynomialFeatures(degree: degree, featureNames: dataset.featureNames)
    return (map.names, try map.expand(dataset.features, workers: workers))
  }

  func featureNames(degree: Int) throws -> [String] {
    guard degree > 1 else { return dataset.featureNames }
    return try PolynomialFeatures(degree: degree, featureNames: dataset.featureNames).names
  }

  private static func classes(of dataset: Dataset) throws(DataProblem) -> [Double] {
    var values: [Double] = []
    for value in dataset.target where !values.contains(value) {
      values.append(value)
      if values.count > 2 { break }
    }
    guard values.count == 2 else {
      throw .notTwoClasses(target: dataset.targetName, found: values.sorted())
    }
    return values.sorted()
  }
}

/// What is wrong with readable data for the fit that a spec asks for.
package enum DataProblem: Error, CustomStringConvertible {
  case notTwoClasses(target: String, found: [Double])
  case trainSizeTooLarge(wanted: Int, available: Int, fold: Int)

  package var description: String {
    switch self {
    case .notTwoClasses(let target, let found):
      let values = found.map { shortest($0) }.joined(separator: ", ")
      return found.count < 2
        ? "target '\(target)': the logistic loss needs two distinct values, found only \(values)"
        : "target '\(target)': the logistic loss needs two distinct values, found \(values), …"
    case .trainSizeTooLarge(let wanted, let available, let fold):
      return
        "grid.train_size: \(wanted) rows asked for, but fold \(fold) has \(available) training rows"
    }
  }
}
