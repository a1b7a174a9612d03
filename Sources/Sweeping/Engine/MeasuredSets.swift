import ModelSelection
import Results

/// What metrics have to know of the rows on which the jobs of a plan are measured, besides the means that
/// the records hold: it follows from data and split alone.
struct MeasuredSets: Sendable {
  private let trainSizes: [TrainSize?]
  /// By training size, then by fold; empty where no metric asks.
  private var training: [[MeasuredRows]] = []
  /// By fold.
  private var validation: [MeasuredRows] = []
  private var test = MeasuredRows.unknown

  /// - Parameter weights: how often each row of the data counts; once where there are none.
  init(
    _ folds: FoldPlan, target: [Double], weights: [Double]?, metrics: [Metric],
    trainSizes: [TrainSize?]
  ) {
    self.trainSizes = trainSizes
    guard metrics.contains(where: { $0.needs != .nothing }) else { return }
    test = MeasuredRows(target, rows: folds.testRows[...], weights: weights)
    training = [[MeasuredRows]](repeating: [], count: trainSizes.count)
    for index in 0..<folds.count {
      let fold = folds[index]
      for (place, size) in trainSizes.enumerated() {
        let count = size?.rowCount(of: fold.trainingRows.count) ?? fold.trainingRows.count
        training[place].append(
          MeasuredRows(target, rows: fold.trainingRows.prefix(count), weights: weights))
      }
      validation.append(MeasuredRows(target, rows: fold.validationRows[...], weights: weights))
    }
  }

  /// The rows of a part of a fold, for points of one training size.
  func rows(_ part: Part, fold: Int, trainSize: @autoclosure () -> TrainSize?) -> MeasuredRows {
    guard !validation.isEmpty else { return .unknown }
    switch part {
    case .train:
      // Asking the grid for a point costs more than all else here.
      let place = trainSizes.count > 1 ? trainSizes.firstIndex(of: trainSize()) ?? 0 : 0
      return training[place][fold]
    case .validation: return validation[fold]
    case .test: return test
    }
  }
}
