import ModelSelection
import Results

/// What metrics have to know of the rows on which the jobs of a plan are measured, besides the means that
/// the records hold: it follows from data and split alone.
struct MeasuredSets: Sendable {
  /// `nil` where no metric asks.
  private var training: TrainingSetValues<MeasuredRows>?
  /// By fold.
  private var validation: [MeasuredRows] = []
  private var test = MeasuredRows.unknown

  /// - Parameter weights: how often each row of the data counts; once where there are none.
  init(
    _ folds: FoldPlan, target: [Double], weights: [Double]?, metrics: [Metric],
    trainSizes: [TrainSize?]
  ) {
    guard metrics.contains(where: { $0.needs != .nothing }) else { return }
    test = MeasuredRows(target, rows: folds.testRows[...], weights: weights)
    training = TrainingSetValues(folds, trainSizes: trainSizes) {
      MeasuredRows(target, rows: $0[...], weights: weights)
    }
    validation = (0..<folds.count).map {
      MeasuredRows(target, rows: folds.validationRows($0)[...], weights: weights)
    }
  }

  /// The rows of a part of a fold, for points of one training size.
  func rows(_ part: Part, fold: Int, trainSize: @autoclosure () -> TrainSize?) -> MeasuredRows {
    guard let training else { return .unknown }
    switch part {
    case .train: return training.value(fold: fold, trainSize: trainSize)
    case .validation: return validation[fold]
    case .test: return test
    }
  }
}
