import ModelSelection

/// A value of each training set of a plan: by training size, then by fold.
struct TrainingSetValues<Value: Sendable>: Sendable {
  private let trainSizes: [TrainSize?]
  private let values: [[Value]]

  init(_ folds: FoldPlan, trainSizes: [TrainSize?], _ value: (_ rows: [Int32]) -> Value) {
    self.trainSizes = trainSizes
    var values: [[Value]] = trainSizes.map { _ in [] }
    for fold in 0..<folds.count {
      let rows = folds.trainingRows(fold)
      for (place, size) in trainSizes.enumerated() {
        values[place].append(value(size.prefix(of: rows)))
      }
    }
    self.values = values
  }

  /// That of the points of one training size.
  func value(fold: Int, trainSize: () -> TrainSize?) -> Value {
    // Asking the grid for a point costs more than all else here.
    values[trainSizes.count > 1 ? trainSizes.firstIndex(of: trainSize()) ?? 0 : 0][fold]
  }

  /// The smallest value, and the first fold that has it.
  func smallest() -> (value: Value, fold: Int)? where Value: Comparable {
    var smallest: (value: Value, fold: Int)?
    for (fold, value) in values.flatMap({ $0.enumerated() }) {
      guard let least = smallest, (least.value, least.fold) <= (value, fold) else {
        smallest = (value, fold)
        continue
      }
    }
    return smallest
  }
}
