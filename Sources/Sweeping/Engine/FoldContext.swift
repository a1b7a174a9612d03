import LinearModels
import ModelSelection
import Numerics

/// Everything the jobs of one training set share: its rows, their scaling, their moments.
package struct FoldContext: Sendable {
  let identity: FoldIdentity
  let featureNames: [String]
  let training: EvaluationSet
  /// The training rows with the weights of their classes, as the objective takes them; `nil` where it takes
  /// them as they are measured.
  let classWeighted: EvaluationSet?
  /// The sum of the training rows' weights in fits, as they were written.
  let trainingWeight: Double
  let validation: EvaluationSet
  /// Without rows when there is no test set.
  let test: EvaluationSet
  /// `nil` for a loss that does not follow from moments.
  let leastSquares: RotatedLeastSquares?
  /// Features that do not vary over the training rows and were set to 0.
  let constantFeatures: [Int]
  /// Why no solver can fit these rows, where that is so: all of one class have no logistic optimum at any
  /// λ, as the intercept is free.
  let obstacle: String?

  var scaling: FeatureScaling { training.rows.scaling }
  var namesOfConstantFeatures: [String] { constantFeatures.map { featureNames[$0] } }
}

/// Which training set of a sweep: part of a job's key, and of its random streams.
package struct FoldIdentity: Hashable, Sendable {
  package let repeatIndex: Int
  package let fold: Int
  let degree: Int
  let trainSize: TrainSize?

  package init(repeatIndex: Int, fold: Int, degree: Int = 1, trainSize: TrainSize? = nil) {
    self.repeatIndex = repeatIndex
    self.fold = fold
    self.degree = degree
    self.trainSize = trainSize
  }

  /// The fit of a winner on all training and validation rows.
  package static func refit(degree: Int) -> FoldIdentity {
    FoldIdentity(repeatIndex: -1, fold: -1, degree: degree)
  }

  package var isRefit: Bool { fold < 0 }
}

/// Makes fold contexts of one data set and one feature map.
struct FoldContextFactory: Sendable {
  let features: FoldFeatures
  let target: [Double]
  let weights: TrainingWeights
  /// Of a logistic target, that of −1 first.
  let classNames: [String]?
  let testRows: [Int32]
  let standardize: CentredMoments.Divisor?
  let loss: Loss
  let hasIntercept: Bool

  /// - Parameters:
  ///   - trainingMoments, validationMoments: those of exactly these rows, where the ledger has them;
  ///     otherwise the training rows are summed here.
  ///   - workers: for sums over the rows; 1 inside a parallel layer.
  func context(
    _ identity: FoldIdentity, trainingRows: [Int32], validationRows: [Int32],
    trainingMoments: RowMoments? = nil, validationMoments: RowMoments? = nil, workers: Int,
    shouldAbandon: @escaping @Sendable () -> Bool = { false }
  ) -> FoldContext {
    let matrix = features.matrix(trainedOn: trainingRows)
    let scaling: FeatureScaling
    let constantFeatures: [Int]
    var leastSquares: RotatedLeastSquares?
    if loss.followsFromMoments {
      func ownMoments() -> RowMoments {
        RowMoments(
          matrix: matrix, target: target, weights: weights.ofColumn, rows: trainingRows,
          workers: workers, shouldAbandon: shouldAbandon)
      }
      var training = trainingMoments ?? ownMoments()
      if trainingMoments != nil, training.needsOwnBasis { training = ownMoments() }
      let centred = CentredMoments(training, standardize: standardize, hasIntercept: hasIntercept)
      leastSquares = RotatedLeastSquares(
        centred, hasIntercept: hasIntercept, shouldAbandon: shouldAbandon)
      scaling = centred.scaling
      constantFeatures = centred.constantFeatures
    } else if let standardize {
      (scaling, constantFeatures) = FeatureScaling.fitted(
        to: matrix, rows: trainingRows, weights: weights.ofColumn, divisor: standardize,
        workers: workers)
    } else {
      let totals = ColumnTotals(matrix, rows: trainingRows[...])
      constantFeatures =
        hasIntercept ? (0..<matrix.columnCount).filter { totals.ranges.isConstant($0) } : []
      scaling = FeatureScaling(identity: matrix.columnCount, constantFeatures: constantFeatures)
    }
    func set(
      _ rows: [Int32], _ moments: RowMoments? = nil, fitted: [Double]? = nil
    ) -> EvaluationSet {
      let rows = ScaledRows(
        matrix: matrix, target: target, rows: rows, scaling: scaling, weights: fitted)
      return EvaluationSet(rows: rows, moments: moments, weights: weights.ofMeasured)
    }
    let training = set(trainingRows, fitted: weights.fitted(to: trainingRows))
    // Moments cost features² a point, rows rows × features.
    let worthwhile = validationRows.count > 2 * matrix.columnCount
    return FoldContext(
      identity: identity, featureNames: features.names, training: training,
      classWeighted: weights.hasClasses
        ? EvaluationSet(rows: training.rows, weights: training.rows.weights) : nil,
      trainingWeight: training.rows.totalWeight * weights.unit,
      validation: set(validationRows, worthwhile ? validationMoments : nil),
      test: set(testRows), leastSquares: leastSquares, constantFeatures: constantFeatures,
      obstacle: soleClass(of: trainingRows).map { "the training rows hold only class '\($0)'" })
  }

  /// The class of all rows, where they have but one.
  private func soleClass(of rows: [Int32]) -> String? {
    guard hasIntercept, let classNames, let first = rows.first.map({ target[Int($0)] }),
      rows.allSatisfy({ target[Int($0)] == first })
    else { return nil }
    return classNames[first > 0 ? 1 : 0]
  }
}
