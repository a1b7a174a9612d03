import LinearModels
import Numerics
import TestSupport
import Testing

/// Rows that are mostly zeros take another way to the same numbers.
struct SparseRowsTests {
  /// Twenty-four columns with every nineteenth element kept; one more is never zero and far from it.
  private static func problem(
    _ loss: PlainProblem.Loss, rows: Int, lambda: Double = 0, hasIntercept: Bool = true
  ) -> PlainProblem {
    var problem = PlainProblem.sample(
      loss, rows: rows, features: 25, lambda: lambda, hasIntercept: hasIntercept)
    for i in problem.rows.indices {
      for j in 0..<24 where (7 * i + 5 * j) % 19 != 0 { problem.rows[i][j] = 0 }
      problem.rows[i][24] += hasIntercept ? 1000 : 0
    }
    return problem
  }

  @Test func `only columns that are mostly zeros count as such`() {
    let problem = Self.problem(.squared, rows: 400)
    let pattern = problem.matrix.zeroPattern
    #expect(pattern.isMostlyZero == [Bool](repeating: true, count: 24) + [false])
    #expect(abs(pattern.density - (24.0 / 19 + 1) / 25) < 0.002)
    #expect(pattern.isSparse)
    let dense = PlainProblem.sample(rows: 400, features: 25)
    #expect(!dense.matrix.zeroPattern.isSparse)
  }

  @Test(arguments: [true, false], [0.001, 0.1])
  func `Newton's method ends where the gradient is zero`(
    hasIntercept: Bool, lambda: Double
  ) throws {
    let problem = Self.problem(.logistic, rows: 400, lambda: lambda, hasIntercept: hasIntercept)
    let fits = newtonMethod(
      rows: problem.scaledRows(), hasIntercept: hasIntercept, lambdas: [lambda], tolerance: 0)
    #expect(fits.outcomes[0].status == .ok)
    #expect(try #require(fits.outcomes[0].gradientNorm) < 1e-14)
    // Scores of a thousand times a weight lose three digits.
    #expect(PlainLinearAlgebra.norm(problem.gradient(fits.fit()).vector) < 1e-10)
  }

  @Test func `its Hessian is that of dense rows`() throws {
    let problem = Self.problem(.logistic, rows: 400)
    let rows = problem.scaledRows(standardize: .population)
    let point = (0..<26).map { 0.1 * Double($0 % 5) - 0.2 }
    let points = [false, true].map { isSparse in
      LogisticCurvature(rows: rows, hasIntercept: true, tracksMargins: true, isSparse: isSparse)
        .evaluate([point], wantsHessian: [true])[0]
    }
    #expect(relativeDistance(points[0].gradient, points[1].gradient) < 1e-13)
    #expect(
      relativeDistance([points[0].scores.meanCurvature], [points[1].scores.meanCurvature]) < 1e-13)
    #expect(
      relativeDistance([points[0].scores.smallestMargin], [points[1].scores.smallestMargin]) < 1e-13
    )
    let (dense, sparse) = (try #require(points[0].hessian), try #require(points[1].hessian))
    #expect(relativeDistance(dense, sparse) < 1e-13)
  }

  @Test(arguments: [1, 3])
  func `blocks and workers do not change its bits`(workers: Int) {
    let rows = Self.problem(.logistic, rows: 2200).scaledRows(standardize: .population)
    let lambdas = [0.0001, 0.01, 1]
    let fits = newtonMethod(
      rows: rows, hasIntercept: true, blocks: [lambdas], tolerance: 0, workers: workers)[0]
    for (lane, lambda) in lambdas.enumerated() {
      let alone = newtonMethod(rows: rows, hasIntercept: true, lambdas: [lambda], tolerance: 0)
      #expect(fits.bits(lane) == alone.bits(0))
    }
  }

  /// The moments themselves, and what is left of them once the means are taken off.
  @Test func `moments are those of the rows`() {
    let problem = Self.problem(.squared, rows: 400)
    let moments = problem.moments()
    #expect(moments.basis.isSparse)
    #expect(moments.count == 400 && !moments.needsOwnBasis)
    #expect(moments.basis.shifts[..<24].allSatisfy { $0 == 0 })
    #expect(abs(moments.basis.shifts[24] - 1000) < 1)
    let extended = problem.rows.indices.map { i in
      problem.rows[i].indices.map { j in
        (problem.rows[i][j] - moments.basis.shifts[j]) * moments.basis.factors[j]
      } + [problem.target[i] - moments.basis.targetShift, 1]
    }
    for i in 0..<27 {
      for j in 0..<27 {
        let expected = extended.reduce(0) { $0 + $1[i] * $1[j] }
        #expect(abs(moments[i, j] - expected) < 1e-12 * (1 + abs(expected)))
      }
    }
  }

  @Test func `the normal equations have the solution of dense rows`() throws {
    let problem = Self.problem(.squared, rows: 400, lambda: 0.02)
    let fit = normalEquations(problem.rotated(standardize: .none), lambdas: [0.02]).fit()
    #expect(PlainLinearAlgebra.norm(problem.gradient(fit).vector) < 1e-9)
  }

  private static let schedule = LearningRateSchedule.inverseSqrt(0.5)

  private func stochasticFits(
    _ problem: PlainProblem, _ rows: ScaledRows, batchSize: Int, settings: [DescentSettings]
  ) -> LaneFits {
    stochasticGradientDescent(
      loss: problem.libraryLoss, rows: rows, hasIntercept: problem.hasIntercept,
      batchSize: batchSize, settings: settings, rule: StoppingRule(epochs: 3),
      permutation: testOrder(rows.count))
  }

  /// The last batch of 130 rows is short for every size but 1. A learning rate of 0.5 times λ = 2 leaves
  /// nothing of a weight, one of 0.02 times 70 turns its sign: no scale can hold either for long.
  @Test(
    arguments: [PlainProblem.Loss.squared, .logistic],
    [(1, 0.3, 0.02), (3, 0.3, 0.02), (100, 0.3, 0.02), (1, 2, 0.5), (1, 70, 0.02), (3, 100, 0.02)])
  func `every stochastic step is that of the plain loop`(
    loss: PlainProblem.Loss, settings: (batchSize: Int, lambda: Double, eta: Double)
  ) {
    for hasIntercept in [true, false] {
      let problem = Self.problem(
        loss, rows: 130, lambda: settings.lambda, hasIntercept: hasIntercept)
      // Without an intercept rows are not centred.
      let plain = hasIntercept ? problem.standardized() : problem
      let expected = plain.stochasticDescent(
        epochs: 3, batchSize: settings.batchSize, order: testOrder(130)
      ) { Self.schedule.learningRate(settings.eta, epoch: $0) }
      let fits = stochasticFits(
        problem, problem.scaledRows(standardize: hasIntercept ? .population : nil),
        batchSize: settings.batchSize,
        settings: [
          DescentSettings(
            lambda: settings.lambda, learningRate: settings.eta, schedule: Self.schedule)
        ])
      #expect(relativeDistance(fits.fit().vector, expected.vector) < 1e-11)
    }
  }

  @Test(arguments: [1, 7])
  func `stochastic steps do not depend on the neighbours`(batchSize: Int) {
    let problem = Self.problem(.logistic, rows: 130)
    let rows = problem.scaledRows(standardize: .population)
    let settings = [(0.1, 0.02), (2, 0.5), (70, 0.02), (0, 0.1), (1e9, 1), (1e-6, 0.3)].map {
      DescentSettings(lambda: $0.0, learningRate: $0.1)
    }
    let together = stochasticFits(problem, rows, batchSize: batchSize, settings: settings)
    for (lane, setting) in settings.enumerated() {
      let alone = stochasticFits(problem, rows, batchSize: batchSize, settings: [setting])
      #expect(together.bits(lane) == alone.bits(0))
      #expect(together.outcomes[lane].status == alone.outcomes[0].status)
    }
  }

  @Test(arguments: [PlainProblem.Loss.squared, .logistic])
  func `gradient descent over sparse rows is that of the plain loop`(loss: PlainProblem.Loss) {
    let problem = Self.problem(loss, rows: 130, lambda: 0.1)
    let expected = problem.standardized().gradientDescent(epochs: 20) { _ in 0.1 }
    let fits = rowGradientDescent(
      loss: problem.libraryLoss, rows: problem.scaledRows(standardize: .population),
      hasIntercept: true, settings: [DescentSettings(lambda: 0.1, learningRate: 0.1)],
      rule: StoppingRule(epochs: 20))
    #expect(relativeDistance(fits.fit().vector, expected.vector) < 1e-12)
  }

  @Test func `scores are those of the rows`() {
    let problem = Self.problem(.logistic, rows: 130).standardized()
    let rows = Self.problem(.logistic, rows: 130).scaledRows(standardize: .population)
    let fit = PlainProblem.Fit(weights: (0..<25).map { 0.1 * Double($0 % 7) - 0.3 }, intercept: 2)
    let fits = LaneFits(
      weights: fit.weights.map { Lanes(repeating: $0) }, intercepts: Lanes(repeating: 2),
      outcomes: [FitOutcome(status: .ok)])
    let scores = unsafe rows.mapScoredBlocks(fits, workers: 2) { _, scores, _ in
      unsafe scores.map { $0[0] }
    }.flatMap { $0 }
    #expect(relativeDistance(scores, problem.rows.map { fit.score($0) }) < 1e-13)
  }

  /// The same bits, whether zeros are kept in memory or not.
  @Test(arguments: [CentredMoments.Divisor?.none, .population])
  func `a matrix without its zeros gives the same fits`(standardize: CentredMoments.Divisor?) {
    let rule = StoppingRule(epochs: 4)
    let settings = [DescentSettings(lambda: 0.1, learningRate: 1e-4)]
    func fits(storesZeros: Bool) -> [LaneFits] {
      let squared = Self.problem(.squared, rows: 130)
      let classes = Self.problem(.logistic, rows: 130)
      let matrix = storesZeros ? squared.matrix : squared.sparseMatrix
      let moments = RowMoments(
        matrix: matrix, target: squared.target, rows: squared.allRows, workers: 1)
      let rotated = RotatedLeastSquares(
        CentredMoments(moments, standardize: standardize, hasIntercept: true), hasIntercept: true)
      let (rows, signs) = (
        squared.scaledRows(standardize: standardize, storesZeros: storesZeros),
        classes.scaledRows(standardize: standardize, storesZeros: storesZeros)
      )
      return [
        normalEquations(rotated, lambdas: [0.1]),
        minimumNorm(rows: rows, hasIntercept: true, lambdas: [0.1]),
        newtonMethod(rows: signs, hasIntercept: true, lambdas: [0.1], tolerance: 0),
        rowGradientDescent(
          loss: .logistic, rows: signs, hasIntercept: true, settings: settings, rule: rule),
        stochasticFits(squared, rows, batchSize: 1, settings: settings),
        stochasticFits(classes, signs, batchSize: 9, settings: settings),
      ]
    }
    for (dense, sparse) in zip(fits(storesZeros: true), fits(storesZeros: false)) {
      #expect(dense.bits(0) == sparse.bits(0))
    }
  }

  /// Zero in most rows of the matrix, far from zero in every row that is fitted: a mean taken off afterwards
  /// would cancel eight digits.
  @Test(arguments: [2e3, 1e8])
  func `a column without zeros in the rows that are fitted is centred`(mean: Double) throws {
    var problem = Self.problem(.squared, rows: 300)
    let rows = (0..<120).map { Int32($0) }
    for i in problem.rows.indices {
      problem.rows[i][24] = 0
      problem.rows[i][0] = i < 120 ? mean + Double(i * i % 11) / 4 : 0
      problem.target[i] += i < 120 ? problem.rows[i][0] - mean : 0
    }
    #expect(problem.matrix.zeroPattern.isSparse && problem.matrix.zeroPattern.isMostlyZero[0])
    let moments = CentredMoments(
      RowMoments(matrix: problem.matrix, target: problem.target, rows: rows, workers: 1),
      standardize: .population, hasIntercept: true)
    let scaled = ScaledRows(
      matrix: problem.matrix, target: problem.target, rows: rows, scaling: moments.scaling)
    let fits = normalEquations(
      RotatedLeastSquares(moments, hasIntercept: true), lambdas: [0.1])
    let exact = minimumNorm(rows: scaled, hasIntercept: true, lambdas: [0.1])
    // Without corrections: only the sums are tried.
    #expect(relativeDistance(fits.fit().vector, exact.fit().vector) < 1e-13)
    let scores = unsafe scaled.mapScoredBlocks(exact, workers: 1) { _, scores, targets in
      unsafe zip(scores, targets).reduce(0) { $0 + ($1.0[0] - $1.1) * ($1.0[0] - $1.1) }
    }
    let meanSquare = scores.reduce(0, +) / 120
    #expect(relativeDistance(meanSquare, try #require(fits.outcomes[0].trainingMeanSquare)) < 1e-12)
  }
}
