import LinearModels
import Numerics
import TestSupport
import Testing

struct NormalEquationsTests {
  @Test(arguments: [true, false], [1e-6, 1e-2, 1, 100])
  func `the answer is that of Gaussian elimination`(hasIntercept: Bool, lambda: Double) {
    let problem = PlainProblem.sample(
      rows: 50, features: 7, lambda: lambda, hasIntercept: hasIntercept)
    let fits = normalEquations(problem.rotated(), lambdas: [lambda])
    // Condition numbers are below 1e3, so 1e-11 is rounding in both.
    #expect(relativeDistance(fits.fit().vector, problem.closedForm().vector) < 1e-11)
    #expect(fits.outcomes[0].status == .ok)
  }

  @Test(arguments: [CentredMoments.Divisor.population, .sample(unit: 1)])
  func `standardised features are fitted in their own units`(divisor: CentredMoments.Divisor) {
    let problem = PlainProblem.sample(rows: 40, features: 5, lambda: 0.3)
    let expected = problem.standardized(sample: divisor == .sample(unit: 1)).closedForm()
    let fits = normalEquations(problem.rotated(standardize: divisor), lambdas: [0.3])
    #expect(relativeDistance(fits.fit().vector, expected.vector) < 1e-11)
  }

  @Test func `unscaled weights predict the same on the features as read`() {
    let problem = PlainProblem.sample(rows: 40, features: 5, lambda: 0.3)
    let standardized = problem.standardized()
    let centred = CentredMoments(
      problem.moments(), standardize: .population, hasIntercept: true)
    let rotated = RotatedLeastSquares(centred, hasIntercept: true)
    let fit = normalEquations(rotated, lambdas: [0.3]).fit()
    let raw = centred.scaling.unscaled(weights: fit.weights, intercept: fit.intercept)
    let onRaw = PlainProblem.Fit(weights: raw.weights, intercept: raw.intercept)
    for (row, standardizedRow) in zip(problem.rows, standardized.rows) {
      #expect(relativeDistance(onRaw.score(row), fit.score(standardizedRow)) < 1e-12)
    }
  }

  @Test func `the intercept is not penalised`() {
    // A target far from zero: a penalised intercept would be pulled down by λ = 100.
    var problem = PlainProblem.sample(rows: 40, features: 3, lambda: 100)
    problem.target = problem.target.map { $0 + 1e4 }
    let fit = normalEquations(problem.rotated(standardize: .population), lambdas: [100]).fit()
    let mean = problem.target.reduce(0, +) / 40
    #expect(relativeDistance(fit.intercept, mean) < 1e-14)
  }

  @Test func `the gradient norm it reports is that of the objective there`() throws {
    let problem = PlainProblem.sample(rows: 40, features: 4, lambda: 0.1)
    let fits = normalEquations(problem.rotated(), lambdas: [0.1])
    let norm = try #require(fits.outcomes[0].gradientNorm)
    // Both are rounding at the optimum: the gradient of the start is of order one.
    #expect(norm < 1e-13)
    #expect(PlainLinearAlgebra.norm(problem.gradient(fits.fit()).vector) < 1e-13)
  }

  @Test func `the training error it reports is that of the residuals`() throws {
    let problem = PlainProblem.sample(rows: 40, features: 4, lambda: 0.1)
    let fits = normalEquations(problem.rotated(), lambdas: [0.1])
    let reported = try #require(fits.outcomes[0].trainingMeanSquare)
    #expect(relativeDistance(reported, 2 * problem.meanLoss(fits.fit())) < 1e-11)
  }

  @Test func `the training error of a perfect fit is left to the residuals`() {
    var problem = PlainProblem.sample(rows: 40, features: 4)
    problem.target = problem.rows.map { $0[0] - 2 * $0[1] + 3 }
    let fits = normalEquations(problem.rotated(), lambdas: [0])
    #expect(fits.outcomes[0].trainingMeanSquare == nil)
    // Errors of 1e-15 in the moments, times a condition number of 1e2.
    #expect(relativeDistance(fits.fit().vector, [1, -2, 0, 0, 3]) < 1e-12)
  }

  @Test func `a matrix that is not positive definite is singular and says what to do`() {
    var problem = PlainProblem.sample(rows: 20, features: 3)
    for i in problem.rows.indices { problem.rows[i][2] = problem.rows[i][0] + problem.rows[i][1] }
    let fits = normalEquations(problem.rotated(standardize: .population), lambdas: [0, 0.1])
    #expect(fits.outcomes.map(\.status) == [.singular, .ok])
    #expect(fits.outcomes[0].message?.contains("min_norm") == true)
    #expect(fits.outcomes[0].gradientNorm == nil)
    let expected = problem.standardized().with(lambda: 0.1).closedForm()
    #expect(relativeDistance(fits.fit(1).vector, expected.vector) < 1e-11)
  }

  @Test func `fewer rows than features are singular at zero alone`() {
    let problem = PlainProblem.sample(rows: 4, features: 6)
    let fits = normalEquations(problem.rotated(), lambdas: [0, 1e-4])
    #expect(fits.outcomes.map(\.status) == [.singular, .ok])
    #expect(fits.outcomes[0].effectiveDegreesOfFreedom == 3)
  }
}
