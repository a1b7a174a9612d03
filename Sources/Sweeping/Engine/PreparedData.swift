import Datasets
import LinearModels
import ModelSelection
import Numerics
import Results
import Tables

/// The data as every fit sees it: features per polynomial degree, the target as numbers or ±1.
struct PreparedData: Sendable {
  let dataset: Dataset
  /// ±1 for the logistic loss.
  let target: [Double]
  /// The two classes of a logistic target, the one that became −1 first.
  let classes: [ClassLabel]?
  /// Whether the class that is +1 is another than it would be unasked.
  let hasChosenClass: Bool
  let weights: TrainingWeights
  let folds: FoldPlan

  init(_ dataset: Dataset, spec: SweepSpec) throws {
    self.dataset = dataset
    switch spec.loss.measures.target {
    case .number:
      if let texts = dataset.textClasses {
        throw DatasetError.invalid([
          DatasetProblem(
            path: dataset.origins.path(of: 0), column: dataset.targetName,
            reason: .textTarget(texts))
        ])
      }
      target = dataset.target
      classes = nil
      hasChosenClass = false
    case .classOfTwo:
      let values = try PreparedData.classes(of: dataset)
      let labels = dataset.textClasses?.map { .text($0) } ?? values.map { ClassLabel.number($0) }
      let positive = try spec.positive.map { try spec.place(of: $0, in: labels) } ?? 1
      target = dataset.target.map { $0 == values[positive] ? 1 : -1 }
      hasChosenClass = positive == 0
      classes = hasChosenClass ? labels.reversed() : labels
    }
    weights = try TrainingWeights(dataset, target: target, labels: classes, spec: spec)
    do {
      folds = try FoldPlan(
        plan: spec.split, rowCount: dataset.rowCount, labels: dataset.splitLabels, seed: spec.seed)
    } catch {
      throw spec.errors(error.reason, at: "split.\(spec.split.kind.declaration.word)")
    }
    if !folds.testRows.isEmpty { dataset.features.judgeZeros(by: folds.allButTest) }
  }

  /// The features of one degree; degree 1 shares the data set's memory.
  func features(degree: Int, workers: Int) throws -> FoldFeatures {
    try FoldFeatures(
      dataset, map: degree > 1 ? try featureMap(degree: degree) : nil, folds: folds,
      workers: workers)
  }

  func featureNames(degree: Int) throws(DatasetError) -> [String] {
    guard degree > 1 else { return dataset.featureNames }
    return try featureMap(degree: degree).names
  }

  private func featureMap(degree: Int) throws(DatasetError) -> PolynomialFeatures {
    try PolynomialFeatures(
      degree: degree, featureNames: dataset.featureNames, levelGroups: dataset.levelGroups,
      indicatorCount: dataset.indicatorCount)
  }

  /// The two values of the rows to learn from; all others must have one of them.
  private static func classes(of dataset: Dataset) throws(DatasetError) -> [Double] {
    let learning = dataset.learningRows
    var values: [Double] = []
    for row in 0..<dataset.rowCount where learning.contain(row) {
      let value = dataset.target[row]
      if !values.contains(value) { values.append(value) }
      if values.count > 2 { break }
    }
    func problem(_ row: Int, _ reason: DatasetProblem.Reason) -> DatasetError {
      .invalid([
        DatasetProblem(
          path: dataset.origins.path(of: row), column: dataset.targetName, reason: reason)
      ])
    }
    guard values.count == 2 else {
      throw problem(
        0,
        .notTwoClasses(values.sorted().map(shortest), dropped: dataset.dropText))
    }
    values.sort()
    let others = dataset.target.indices.filter { !values.contains(dataset.target[$0]) }
    if let first = others.first {
      let unknown = dataset.target[first]
      throw problem(
        first,
        .unknownClass(
          shortest(unknown), classes: values.map(shortest),
          rows: others.count { dataset.target[$0] == unknown }))
    }
    return values
  }
}
