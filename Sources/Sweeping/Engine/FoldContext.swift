import LinearModels
import ModelSelection
import Numerics

/// Everything the jobs of one training set share: its rows, their scaling, their moments.
struct FoldContext: Sendable {
  let identity: FoldIdentity
  let featureNames: [String]
  let training: EvaluationSet
  let validation: EvaluationSet
  /// Without rows when there is no test set.
  let test: EvaluationSet
  /// `nil` for the logistic loss.
  let leastSquares: RotatedLeastSquares?
  /// Features that do not vary over the training rows and were set to 0.
  let constantFeatures: [Int]
  /// Why no solver can fit these rows, where that is so: all of one class have no logistic optimum at any
  /// λ, as the intercept is free.
  let obstacle: String?

  var scaling: FeatureScaling { training.rows.scaling }
}

/// Which training set of a sweep: part of a job's key, and of its random streams.
package struct FoldIdentity: Hashable, Sendable {
  let repeatIndex: Int
  package let fold: Int
  let degree: Int
  let trainSize: TrainSize?

  /// The fit of a winner on all training and validation rows.
  static func refit(degree: Int) -> FoldIdentity {
    FoldIdentity(repeatIndex: -1, fold: -1, degree: degree, trainSize: nil)
  }

  var isRefit: Bool { fold < 0 }
}

/// Makes fold contexts of one data set and one feature map.
struct FoldContextFactory: Sendable {
  let matrix: Matrix
  let featureNames: [String]
  let target: [Double]
  /// Of a logistic target, that of −1 first.
  let classNames: [String]?
  let testRows: [Int32]
  let standardize: CentredMoments.Divisor?
  let loss: Loss
  let hasIntercept: Bool
  let metrics: [Metric]

  /// - Parameters:
  ///   - trainingMoments, validationMoments: those of exactly these rows, where the ledger has them;
  ///     otherwise the training rows are summed here.
  ///   - workers: for sums over the rows; 1 inside a parallel layer.
  func context(
    _ identity: FoldIdentity, trainingRows: [Int32], validationRows: [Int32],
    trainingMoments: RowMoments? = nil, validationMoments: RowMoments? = nil, workers: Int
  ) -> FoldContext {
    let scaling: FeatureScaling
    let constantFeatures: [Int]
    var leastSquares: RotatedLeastSquares?
    switch loss {
    case .squared:
      var training =
        trainingMoments
        ?? RowMoments(matrix: matrix, target: target, rows: trainingRows, workers: workers)
      if trainingMoments != nil, training.needsOwnBasis {
        training = RowMoments(matrix: matrix, target: target, rows: trainingRows, workers: workers)
      }
      let centred = CentredMoments(training, standardize: standardize, hasIntercept: hasIntercept)
      leastSquares = RotatedLeastSquares(centred, hasIntercept: hasIntercept)
      scaling = centred.scaling
      constantFeatures = centred.constantFeatures
    case .logistic:
      if let standardize {
        (scaling, constantFeatures) = FeatureScaling.fitted(
          to: matrix, rows: trainingRows, divisor: standardize, workers: workers)
      } else {
        (scaling, constantFeatures) = unstandardised(trainingRows, workers: workers)
      }
    }
    func set(_ rows: [Int32], _ moments: RowMoments? = nil) -> EvaluationSet {
      let rows = ScaledRows(matrix: matrix, target: target, rows: rows, scaling: scaling)
      return EvaluationSet(rows: rows, moments: moments, metrics: metrics)
    }
    // Moments cost features² a point, rows rows × features.
    let worthwhile = validationRows.count > 2 * matrix.columnCount
    return FoldContext(
      identity: identity, featureNames: featureNames, training: set(trainingRows),
      validation: set(validationRows, worthwhile ? validationMoments : nil),
      test: set(testRows), leastSquares: leastSquares, constantFeatures: constantFeatures,
      obstacle: soleClass(of: trainingRows).map { "the training rows hold only class '\($0)'" })
  }

  /// Features on their own scale; those that do not vary are set to 0 where an intercept does their work.
  private func unstandardised(
    _ rows: [Int32], workers: Int
  ) -> (scaling: FeatureScaling, constantFeatures: [Int]) {
    let identity = FeatureScaling(identity: matrix.columnCount)
    guard hasIntercept else { return (identity, []) }
    let constant = FeatureScaling.fitted(
      to: matrix, rows: rows, divisor: .population, workers: workers
    ).constantFeatures
    guard !constant.isEmpty else { return (identity, []) }
    var factors = identity.factors
    for j in constant { factors[j] = 0 }
    return (FeatureScaling(offsets: identity.offsets, factors: factors), constant)
  }

  /// The class of all rows, where they have but one.
  private func soleClass(of rows: [Int32]) -> String? {
    guard hasIntercept, let classNames, let first = rows.first.map({ target[Int($0)] }),
      rows.allSatisfy({ target[Int($0)] == first })
    else { return nil }
    return classNames[first > 0 ? 1 : 0]
  }
}
