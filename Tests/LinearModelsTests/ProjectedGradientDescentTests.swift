import LinearModels
import TestSupport
import Testing

struct ProjectedGradientDescentTests {
  private func fit(
    _ problem: PlainProblem, radius: Double, epochs: Int, standardize: Bool = false
  ) -> LaneFits {
    gradientDescent(
      problem.rotated(standardize: standardize ? .population : nil),
      settings: [DescentSettings(lambda: 0, learningRate: 0.2, radius: radius)],
      rule: StoppingRule(epochs: epochs))
  }

  @Test(arguments: [true, false], [1, 7, 400])
  func `every iterate is that of the plain loop`(hasIntercept: Bool, steps: Int) {
    let problem = PlainProblem.sample(rows: 30, features: 5, hasIntercept: hasIntercept)
    let expected = problem.gradientDescent(epochs: steps, radius: 0.6) { _ in 0.2 }
    let fits = fit(problem, radius: 0.6, epochs: steps)
    #expect(relativeDistance(fits.fit().vector, expected.vector) < 1e-10)
  }

  /// The hard and the soft constraint are two faces of one thing (Dive into Deep Learning).
  @Test(arguments: [0.01, 0.1, 1, 10])
  func `a ball of the penalised solution's norm gives it back with its lambda`(
    lambda: Double
  ) throws {
    let problem = PlainProblem.sample(rows: 40, features: 5, lambda: lambda)
    let penalised = problem.closedForm()
    let radius = PlainLinearAlgebra.norm(penalised.weights)
    let fits = fit(problem, radius: radius, epochs: 1500)
    // The bound of the references: the multiplier loses digits as the gradient vanishes.
    #expect(relativeDistance(fits.fit().weights, penalised.weights) < 1e-5)
    #expect(relativeDistance(try #require(fits.outcomes[0].multiplier), lambda) < 1e-5)
    #expect(relativeDistance(PlainLinearAlgebra.norm(fits.fit().weights), radius) < 1e-12)
  }

  @Test func `the gradient norm at the constrained optimum is that of the Lagrangian`() throws {
    let problem = PlainProblem.sample(rows: 40, features: 5)
    let fits = fit(problem, radius: 0.4, epochs: 1500)
    #expect(try #require(fits.outcomes[0].gradientNorm) < 1e-8)
    #expect(PlainLinearAlgebra.norm(problem.gradient(fits.fit()).weights) > 0.1)
  }

  @Test func `inside the ball the multiplier is zero and the fit unconstrained`() {
    let problem = PlainProblem.sample(rows: 40, features: 5)
    let fits = fit(problem, radius: 1e3, epochs: 1500)
    #expect(fits.outcomes[0].multiplier == 0)
    #expect(relativeDistance(fits.fit().vector, problem.closedForm().vector) < 1e-8)
  }

  @Test func `the logistic loss in a ball has the same twin`() throws {
    let problem = PlainProblem.sample(.logistic, rows: 40, features: 3, lambda: 0.1)
    let penalised = newtonMethod(
      rows: problem.scaledRows(), hasIntercept: true, lambdas: [0.1], tolerance: 0
    ).fit()
    let radius = PlainLinearAlgebra.norm(penalised.weights)
    let fits = rowGradientDescent(
      loss: .logistic, rows: problem.scaledRows(), hasIntercept: true,
      settings: [DescentSettings(lambda: 0, learningRate: 1, radius: radius)],
      rule: StoppingRule(epochs: 600))
    #expect(relativeDistance(fits.fit().vector, penalised.vector) < 1e-5)
    #expect(relativeDistance(try #require(fits.outcomes[0].multiplier), 0.1) < 1e-5)
  }
}
