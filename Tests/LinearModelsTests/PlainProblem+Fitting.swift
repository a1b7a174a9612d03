import LinearModels
import Numerics
import TestSupport

extension PlainProblem {
  var matrix: Matrix { Matrix(rows: rows) }

  /// The same matrix without its zeros.
  var sparseMatrix: Matrix {
    var (starts, columns, values) = ([0], [Int32](), [Double]())
    for row in rows {
      for (j, value) in row.enumerated() where value != 0 {
        columns.append(Int32(j))
        values.append(value)
      }
      starts.append(columns.count)
    }
    return Matrix(
      SparseElements(columnCount: featureCount, starts: starts, columns: columns, values: values))
  }

  var allRows: [Int32] { (0..<Int32(rows.count)).map { $0 } }

  /// The loss in the library's words.
  var libraryLoss: LinearModels.Loss { loss == .squared ? .squared : .logistic }

  /// The rows as a solver over rows wants them, on their own scale unless `standardize` says more.
  func scaledRows(
    standardize: CentredMoments.Divisor? = nil, storesZeros: Bool = true
  ) -> ScaledRows {
    let matrix = storesZeros ? matrix : sparseMatrix
    let scaling =
      standardize.map {
        FeatureScaling.fitted(to: matrix, rows: allRows, weights: weights, divisor: $0).scaling
      }
      ?? FeatureScaling(identity: featureCount)
    return ScaledRows(
      matrix: matrix, target: target, rows: allRows, scaling: scaling, weights: weights)
  }

  /// The moments of all rows in a basis of their own.
  func moments(workers: Int = 1, storesZeros: Bool = true) -> RowMoments {
    RowMoments(
      matrix: storesZeros ? matrix : sparseMatrix, target: target, weights: weights,
      rows: allRows, workers: workers)
  }

  /// The problem as the solvers of the squared loss want it.
  func rotated(
    standardize: CentredMoments.Divisor? = nil, storesZeros: Bool = true
  ) -> RotatedLeastSquares {
    RotatedLeastSquares(
      CentredMoments(
        moments(storesZeros: storesZeros), standardize: standardize, hasIntercept: hasIntercept),
      hasIntercept: hasIntercept)
  }

  func with(lambda: Double) -> PlainProblem {
    var copy = self
    copy.lambda = lambda
    return copy
  }
}

extension LaneFits {
  func fit(_ lane: Int = 0) -> PlainProblem.Fit {
    PlainProblem.Fit(weights: weights(lane: lane), intercept: intercepts[lane])
  }

  /// Every bit that a lane's result has.
  func bits(_ lane: Int) -> [UInt64] {
    let outcome = outcomes[lane]
    let numbers = [
      outcome.gradientNorm, outcome.multiplier, outcome.effectiveDegreesOfFreedom,
      outcome.trainingMeanSquare,
    ]
    return fit(lane).vector.map(\.bitPattern) + numbers.map { ($0 ?? .nan).bitPattern }
      + [UInt64(bitPattern: Int64(outcome.epochsRun ?? -1))]
  }
}

/// The shuffles of a test: by epoch alone.
func testOrder(_ count: Int) -> (_ epoch: Int) -> [Int32] {
  { epoch in
    var generator = RandomGenerator(seed: 5, stream: [UInt64(epoch)])
    return generator.permutation(count: count)
  }
}
