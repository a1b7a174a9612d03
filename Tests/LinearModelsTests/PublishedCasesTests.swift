import LinearModels
import TestSupport
import Testing

/// Small cases whose answers others have published.
struct PublishedCasesTests {
  private func ridge(_ problem: PlainProblem, alpha: Double) -> [PlainProblem.Fit] {
    let lambda = LambdaScale.sum.lambdaMean(alpha, totalWeight: Double(problem.rows.count))
    return [
      normalEquations(problem.rotated(), lambdas: [lambda]).fit(),
      minimumNorm(rows: problem.scaledRows(), hasIntercept: true, lambdas: [lambda]).fit(),
    ]
  }

  @Test func `the ridge example of scikit-learn's documentation`() {
    let problem = PlainProblem(
      loss: .squared, rows: [[0, 0], [0, 0], [1, 1]], target: [0, 0.1, 1])
    for fit in ridge(problem, alpha: 0.5) {
      // Eight digits are printed.
      #expect(relativeDistance(fit.vector, [0.34545455, 0.34545455, 0.13636364]) < 2e-8)
    }
  }

  @Test func `the case of SPARK-12230 with R's closed form`() {
    let problem = PlainProblem(
      loss: .squared, rows: [[0, 5], [1, 7], [2, 11], [3, 13]], target: [17, 19, 23, 29])
    for fit in ridge(problem, alpha: 0.1) {
      #expect(relativeDistance(fit.vector, [2.1151586, 0.6580494, 12.9048179]) < 1e-8)
    }
  }

  @Test(arguments: [
    (0.001, 8.96416931), (0.1, 6.59763314), (1.0, 3.875), (10.0, 3.83870968), (1000.0, 3.88829726),
  ])
  func `the leave-one-out errors of scikit-learn's PR 33020`(alpha: Double, expected: Double) {
    let rows: [[Double]] = [[0, 0], [0, 1], [1, 0], [1, 1]]
    let target: [Double] = [0, -1, 1, 3]
    var errors = [0.0, 0.0]
    for left in rows.indices {
      let others = rows.indices.filter { $0 != left }
      let problem = PlainProblem(
        loss: .squared, rows: others.map { rows[$0] }, target: others.map { target[$0] })
      for (solver, fit) in ridge(problem, alpha: alpha).enumerated() {
        let residual = fit.score(rows[left]) - target[left]
        errors[solver] += residual * residual / 4
      }
    }
    #expect(relativeDistance(errors, [expected, expected]) < 2e-9)
  }

  /// glmnet with alpha 0, lambda 1, unstandardised: scikit-learn's test holds the same numbers.
  @Test func `glmnet's logistic ridge`() {
    let problem = PlainProblem(
      loss: .logistic,
      rows: [[-4, 0], [-3, 0], [-2, 1], [-1, 0], [0, 1], [1, 1], [2, 1], [3, 0], [4, 0]],
      target: [-1, -1, -1, 1, 1, 1, 1, 1, 1], lambda: 1)
    let rows = problem.scaledRows()
    let newton = newtonMethod(rows: rows, hasIntercept: true, lambdas: [1], tolerance: 0)
    let expected = [0.444645693177, 0.014575634330, 0.892304056642]
    #expect(relativeDistance(newton.fit().vector, expected) < 1e-12)
    let descent = rowGradientDescent(
      loss: .logistic, rows: rows, hasIntercept: true,
      settings: [DescentSettings(lambda: 1, learningRate: 0.4)], rule: StoppingRule(epochs: 700))
    #expect(relativeDistance(descent.fit().vector, expected) < 1e-12)
  }

  /// NIST StRD Wampler 1 and 2: a polynomial of degree 5 through x = 0…20, no noise.
  @Test(arguments: [(1.0, 9.0), (0.1, 13.0)])
  func `Wampler's polynomials come back to as many digits as QR reaches`(
    base: Double, digits: Double
  ) {
    let powers = (0...20).map { x in (1...5).map { k in power(Double(x), k) } }
    let coefficients = (0...5).map { power(base, $0) }
    let target = powers.map { row in
      1 + zip(row, coefficients.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let problem = PlainProblem(loss: .squared, rows: powers, target: target)
    let fit = minimumNorm(rows: problem.scaledRows(), hasIntercept: true, lambdas: [0]).fit()
    let found = [fit.intercept] + fit.weights
    for (value, expected) in zip(found, coefficients) {
      #expect(relativeDistance(value, expected) < power(0.1, Int(digits)))
    }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { product, _ in product * base }
  }
}
