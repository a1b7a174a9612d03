import Datasets
import LinearModels
import ModelSelection
import Results
import Tables

/// How often rows count: where they are measured and scaled as the weight column says, in fits times the weight of
/// their class.
struct TrainingWeights: Sendable {
  /// Of the weight column, by row of the data, as the scaling of training rows takes them; `nil` where each
  /// counts once.
  let ofColumn: [Double]?
  /// The same for rows that are measured.
  let ofMeasured: [Double]?
  /// What a weight of 1 stands for in the weights as they were written.
  let unit: Double
  private let classes: ClassFactors?
  /// ±1 where classes have weights.
  private let target: [Double]

  /// What is multiplied to the weights of each class.
  private enum ClassFactors {
    case balanced
    case given(negative: Double, positive: Double)
  }

  /// - Parameters:
  ///   - labels: those of −1 and +1; `nil` where the target is a number.
  ///   - target: ±1 where there are labels.
  init(_ dataset: Dataset, target: [Double], labels: [ClassLabel]?, spec: SweepSpec) throws {
    ofColumn = dataset.weights?.ofLearnedRows
    ofMeasured = dataset.weights?.ofMeasuredRows
    unit = dataset.weights?.unit ?? 1
    self.target = target
    switch spec.classWeight {
    case nil: classes = nil
    case .balanced: classes = .balanced
    case .given(let weights):
      let factors = try weights.factors(of: labels ?? [], spec: spec)
      classes = .given(negative: factors[0], positive: factors[1])
    }
  }

  var hasClasses: Bool { classes != nil }

  /// The weights of a fit on some rows, by row of the data; `nil` where each counts once.
  ///
  /// Balanced classes weigh the same: each of Σv/(classes · Σv of the class), over these rows.
  func fitted(to rows: [Int32]) -> [Double]? {
    guard let classes else { return ofColumn }
    let (negative, positive) = factors(classes, rows)
    return target.indices.map { row in
      (ofColumn?[row] ?? 1) * (target[row] > 0 ? positive : negative)
    }
  }

  private func factors(
    _ classes: ClassFactors, _ rows: [Int32]
  ) -> (negative: Double, positive: Double) {
    if case .given(let negative, let positive) = classes { return (negative, positive) }
    var (negative, positive) = (0.0, 0.0)
    for row in rows {
      let weight = ofColumn?[Int(row)] ?? 1
      if target[Int(row)] > 0 { positive += weight } else { negative += weight }
    }
    // A class that no row has is weighed by nobody.
    let share = (negative + positive) / 2
    return (negative > 0 ? share / negative : 1, positive > 0 ? share / positive : 1)
  }
}

/// The sums of the weights of every training set of a plan, as they were written: what λ is divided by, and what
/// the divisor of a sample's deviation is made of.
struct TrainingTotals: Sendable {
  /// `nil` where a count of rows says it.
  private var totals: TrainingSetValues<Double>?
  private let unit: Double
  /// The smallest of those of the weight column alone, and its fold; `nil` where nobody asks.
  private(set) var smallestOfColumn: (value: Double, fold: Int)?

  init(_ data: PreparedData, spec: SweepSpec, trainSizes: [TrainSize?]) {
    let weights = data.weights
    unit = weights.unit
    func totals(_ weightsOf: (_ rows: [Int32]) -> [Double]?) -> TrainingSetValues<Double> {
      TrainingSetValues(data.folds, trainSizes: trainSizes) { rows in
        totalWeight(of: rows, weightsOf(rows)) * weights.unit
      }
    }
    if spec.lambdaScale != .mean, weights.ofColumn != nil || weights.hasClasses {
      self.totals = totals(weights.fitted)
    }
    if spec.standardization == .sample, data.dataset.weights != nil {
      smallestOfColumn = totals { _ in weights.ofColumn }.smallest()
    }
  }

  /// - Parameter rowCount: how many rows the training set has.
  func total(
    fold: Int, trainSize: @autoclosure () -> TrainSize?, rowCount: @autoclosure () -> Int
  ) -> Double {
    totals?.value(fold: fold, trainSize: trainSize) ?? Double(rowCount()) * unit
  }
}
