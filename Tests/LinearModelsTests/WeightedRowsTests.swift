import LinearModels
import Numerics
import TestSupport
import Testing

/// A row of weight 2 is the row twice, for every solver and every way in which rows are stored.
struct WeightedRowsTests {
  /// How features are stored and fitted.
  struct Form: CustomTestStringConvertible {
    var standardize: CentredMoments.Divisor?
    var hasIntercept = true
    var isSparse = false

    var testDescription: String {
      "\(standardize.map { "\($0)" } ?? "raw"), \(hasIntercept ? "intercept" : "no intercept"), "
        + (isSparse ? "sparse" : "dense")
    }

    static let all = [CentredMoments.Divisor?.none, .population, .sample(unit: 1)].flatMap {
      divisor in
      [true, false].flatMap { hasIntercept in
        [true, false].map {
          Form(standardize: divisor, hasIntercept: hasIntercept, isSparse: $0)
        }
      }
    }

    /// 70 rows of six columns, of which each counts one, two or three times; sparse ones have more.
    func problem(_ loss: PlainProblem.Loss, lambda: Double = 0.1) -> PlainProblem {
      var problem = PlainProblem.sample(
        loss, rows: 70, features: isSparse ? 25 : 6, lambda: lambda, hasIntercept: hasIntercept)
      problem.weights = problem.rows.indices.map { Double(1 + (5 * $0) % 3) }
      guard isSparse else { return problem }
      for i in problem.rows.indices {
        for j in 0..<24 where (7 * i + 5 * j) % 19 != 0 { problem.rows[i][j] = 0 }
      }
      return problem
    }

    func rows(_ problem: PlainProblem) -> ScaledRows {
      problem.scaledRows(standardize: standardize, storesZeros: !isSparse)
    }

    func rotated(_ problem: PlainProblem) -> RotatedLeastSquares {
      problem.rotated(standardize: standardize, storesZeros: !isSparse)
    }
  }

  /// What a solver finds for the weighted rows, and for the repeated ones.
  private func check(
    _ problem: PlainProblem, within bound: Double = 1e-12, comparesFreedom: Bool = true,
    location: SourceLocation = #_sourceLocation, _ fit: (PlainProblem) -> LaneFits
  ) {
    let (weighted, repeated) = (fit(problem), fit(problem.repeated))
    for lane in weighted.outcomes.indices {
      let (one, two) = (weighted.outcomes[lane], repeated.outcomes[lane])
      #expect(one.status == .ok && two.status == .ok, sourceLocation: location)
      #expect(
        relativeDistance(weighted.fit(lane).vector, repeated.fit(lane).vector) < bound,
        sourceLocation: location)
      // How many rows there are decides which of these a solver knows.
      let pairs =
        [
          (one.trainingMeanSquare, two.trainingMeanSquare), (one.rawIntercept, two.rawIntercept),
          (one.multiplier, two.multiplier),
        ]
        + (comparesFreedom ? [(one.effectiveDegreesOfFreedom, two.effectiveDegreesOfFreedom)] : [])
      for case (let found?, let expected?) in pairs {
        #expect(
          abs(found - expected) < 10 * bound * max(1, abs(expected)), sourceLocation: location)
      }
    }
  }

  @Test(arguments: Form.all) func `the scaling is that of the repeated rows`(form: Form) {
    let problem = form.problem(.squared)
    let (weighted, repeated) = (form.rows(problem).scaling, form.rows(problem.repeated).scaling)
    #expect(relativeDistance(weighted.offsets, repeated.offsets) < 1e-14)
    #expect(relativeDistance(weighted.factors, repeated.factors) < 1e-14)
  }

  @Test(arguments: Form.all) func `the normal equations see a row of weight 2 twice`(form: Form) {
    check(form.problem(.squared)) { problem in
      normalEquations(form.rotated(problem), rows: form.rows(problem), lambdas: [0, 0.001, 0.1, 5])
    }
  }

  @Test(arguments: Form.all) func `the minimum norm sees a row of weight 2 twice`(form: Form) {
    check(form.problem(.squared)) { problem in
      minimumNorm(
        rows: form.rows(problem), hasIntercept: form.hasIntercept, lambdas: [0, 0.001, 0.1, 5])
    }
  }

  @Test func `the minimum norm of fewer rows than columns is that of the repeated rows`() {
    var problem = PlainProblem.sample(rows: 10, features: 30)
    problem.weights = (0..<10).map { Double(1 + $0 % 3) }
    let form = Form(standardize: .population)
    check(problem, within: 1e-11) {
      minimumNorm(rows: form.rows($0), hasIntercept: true, lambdas: [0, 0.01])
    }
  }

  @Test func `corrections by the rows are weighted`() {
    // Columns that all but agree: the moments alone lose ten digits.
    var problem = Form().problem(.squared)
    for i in problem.rows.indices {
      problem.rows[i][1] = problem.rows[i][0] + 1e-5 * problem.rows[i][1]
    }
    let form = Form(standardize: .population)
    check(problem, comparesFreedom: false) { problem in
      normalEquations(form.rotated(problem), rows: form.rows(problem), lambdas: [0, 1e-9])
    }
    check(problem) {
      minimumNorm(rows: form.rows($0), hasIntercept: true, lambdas: [0, 1e-9])
    }
  }

  @Test(arguments: Form.all) func `descents see a row of weight 2 twice`(form: Form) {
    let settings = [
      DescentSettings(lambda: 0.1, learningRate: 0.05),
      DescentSettings(lambda: 0, learningRate: 0.05, radius: 0.3),
    ]
    check(form.problem(.squared)) {
      gradientDescent(form.rotated($0), settings: settings, rule: StoppingRule(epochs: 30))
    }
    check(form.problem(.logistic)) {
      rowGradientDescent(
        loss: .logistic, rows: form.rows($0), hasIntercept: form.hasIntercept,
        settings: settings, rule: StoppingRule(epochs: 6))
    }
  }

  @Test(arguments: Form.all) func `Newton's method sees a row of weight 2 twice`(form: Form) {
    check(form.problem(.logistic)) {
      newtonMethod(
        rows: form.rows($0), hasIntercept: form.hasIntercept, lambdas: [0.001, 0.1, 5],
        tolerance: 0)
    }
  }

  @Test(arguments: [PlainProblem.Loss.squared, .logistic], [1, 3, 32, 64, 100, 130])
  func `a stochastic step takes a row as often as it counts on average`(
    loss: PlainProblem.Loss, batchSize: Int
  ) {
    for isSparse in [false, true] {
      var problem = PlainProblem.sample(loss, rows: 130, features: 25, lambda: 0.3)
      problem.weights = problem.rows.indices.map { 0.25 + Double($0 % 7) }
      if isSparse {
        for i in problem.rows.indices {
          for j in 0..<25 where (7 * i + 5 * j) % 19 != 0 { problem.rows[i][j] = 0 }
        }
      }
      let expected = problem.stochasticDescent(
        epochs: 3, batchSize: batchSize, order: testOrder(130)
      ) { _ in 0.01 }
      for storesZeros in isSparse ? [true, false] : [true] {
        let fits = stochasticGradientDescent(
          loss: problem.libraryLoss, rows: problem.scaledRows(storesZeros: storesZeros),
          hasIntercept: true, batchSize: batchSize,
          settings: [DescentSettings(lambda: 0.3, learningRate: 0.01)],
          rule: StoppingRule(epochs: 3), permutation: testOrder(130))
        #expect(relativeDistance(fits.fit().vector, expected.vector) < 1e-12)
        let gradient = PlainLinearAlgebra.norm(problem.gradient(fits.fit()).vector)
        #expect(relativeDistance([fits.outcomes[0].gradientNorm ?? 0], [gradient]) < 1e-9)
      }
    }
  }

  /// The gradient of one full batch, as what the step takes off, against differences of the weighted loss.
  @Test(arguments: [PlainProblem.Loss.squared, .logistic])
  func `one full batch moves by the difference quotient of the weighted objective`(
    loss: PlainProblem.Loss
  ) {
    var problem = PlainProblem.sample(loss, rows: 90, features: 4, lambda: 0.2)
    problem.weights = problem.rows.indices.map { 0.5 + Double($0 % 5) }
    let fit = stochasticGradientDescent(
      loss: problem.libraryLoss, rows: problem.scaledRows(), hasIntercept: true, batchSize: 90,
      settings: [DescentSettings(lambda: 0.2, learningRate: 1)],
      rule: StoppingRule(epochs: 1), permutation: testOrder(90)
    ).fit()
    let quotients = fit.vector.indices.map { j -> Double in
      let values = [1e-5, -1e-5].map { h -> Double in
        var point = problem.zero
        if j < 4 { point.weights[j] = h } else { point.intercept = h }
        return problem.objective(point)
      }
      return (values[0] - values[1]) / 2e-5
    }
    #expect(relativeDistance(fit.vector.map { -$0 }, quotients) < 1e-8)
  }

  @Test(arguments: [true, false]) func `means of any size of weights are the same bits`(
    isSparse: Bool
  ) {
    let form = Form(standardize: .population, isSparse: isSparse)
    for loss in [PlainProblem.Loss.squared, .logistic] {
      var problem = form.problem(loss)
      problem.weights = problem.rows.indices.map { 0.3 + Double($0 % 7) }
      var larger = problem
      larger.weights = problem.weights?.map { 4 * $0 }
      func bits(_ problem: PlainProblem) -> [[UInt64]] {
        let rows = form.rows(problem)
        let descent = stochasticGradientDescent(
          loss: problem.libraryLoss, rows: rows, hasIntercept: true, batchSize: 7,
          settings: [DescentSettings(lambda: 0.3, learningRate: 0.01)],
          rule: StoppingRule(epochs: 2), permutation: testOrder(70))
        let optimum =
          loss == .squared
          ? [
            normalEquations(form.rotated(problem), rows: rows, lambdas: [0.1]),
            minimumNorm(rows: rows, hasIntercept: true, lambdas: [0.1]),
          ] : [newtonMethod(rows: rows, hasIntercept: true, lambdas: [0.1], tolerance: 0)]
        return ([descent] + optimum).map { $0.bits(0) }
      }
      #expect(bits(problem) == bits(larger))
    }
  }
}
