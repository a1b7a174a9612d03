import LinearModels
import TestSupport
import Testing

/// What must hold for any ridge regression, whichever solver finds it.
struct RidgePropertyTests {
  enum Direct: CaseIterable {
    case normal, minimumNorm

    func fit(
      _ problem: PlainProblem, _ lambda: Double, standardize: CentredMoments.Divisor? = nil
    ) -> PlainProblem.Fit {
      switch self {
      case .normal:
        normalEquations(problem.rotated(standardize: standardize), lambdas: [lambda]).fit()
      case .minimumNorm:
        LinearModels.minimumNorm(
          rows: problem.scaledRows(standardize: standardize), hasIntercept: problem.hasIntercept,
          lambdas: [lambda]
        ).fit()
      }
    }
  }

  private func scores(_ problem: PlainProblem, _ fit: PlainProblem.Fit) -> [Double] {
    problem.rows.map { fit.score($0) }
  }

  @Test(arguments: Direct.allCases)
  func `rows doubled give the same weights at the same lambda`(solver: Direct) {
    let problem = PlainProblem.sample(rows: 20, features: 4)
    var doubled = problem
    doubled.rows += problem.rows
    doubled.target += problem.target
    let expected = solver.fit(problem, 0.2).vector
    #expect(relativeDistance(solver.fit(doubled, 0.2).vector, expected) < 1e-13)
  }

  @Test(arguments: Direct.allCases)
  func `columns doubled and halved predict the same at half the lambda`(solver: Direct) {
    let problem = PlainProblem.sample(rows: 20, features: 4)
    var halved = problem
    halved.rows = problem.rows.map { row in (row + row).map { $0 / 2 } }
    let expected = scores(problem, solver.fit(problem, 0.2))
    #expect(relativeDistance(scores(halved, solver.fit(halved, 0.1)), expected) < 1e-12)
  }

  @Test(arguments: Direct.allCases)
  func `rotated features predict the same`(solver: Direct) {
    let problem = PlainProblem.sample(rows: 20, features: 5)
    var generator = SeededGenerator(seed: 9)
    let rotation = PlainLinearAlgebra.randomRotation(5, using: &generator)
    var rotated = problem
    rotated.rows = problem.rows.map { row in rotation.map { PlainLinearAlgebra.dot($0, row) } }
    let expected = scores(problem, solver.fit(problem, 0.2))
    #expect(relativeDistance(scores(rotated, solver.fit(rotated, 0.2)), expected) < 1e-12)
  }

  @Test(arguments: Direct.allCases)
  func `shifted features and targets move the intercept alone`(solver: Direct) {
    let problem = PlainProblem.sample(rows: 20, features: 4)
    var shifted = problem
    shifted.rows = problem.rows.map { row in row.map { $0 + 1024 } }
    shifted.target = problem.target.map { $0 - 4096 }
    let expected = solver.fit(problem, 0.2)
    let found = solver.fit(shifted, 0.2)
    // The shift rounds the features to 1e-13.
    #expect(relativeDistance(found.weights, expected.weights) < 1e-11)
    let moved = expected.intercept - 4096 - 1024 * expected.weights.reduce(0, +)
    #expect(relativeDistance(found.intercept, moved) < 1e-12)
  }

  @Test(arguments: Direct.allCases)
  func `a tiny lambda is least squares`(solver: Direct) {
    let problem = PlainProblem.sample(rows: 30, features: 4)
    let expected = problem.closedForm().vector
    // w(λ) − w(0) is of the order of λ over the smallest eigenvalue.
    #expect(relativeDistance(solver.fit(problem, 1e-13).vector, expected) < 1e-11)
  }

  @Test(arguments: Direct.allCases)
  func `a huge lambda leaves the direction of the cross moments and the mean`(solver: Direct) {
    let problem = PlainProblem.sample(rows: 30, features: 4)
    let mean = problem.target.reduce(0, +) / 30
    let lambda = 1e9
    let fit = solver.fit(problem, lambda)
    let expected = (0..<4).map { j in
      let level = problem.rows.reduce(0) { $0 + $1[j] } / 30
      return zip(problem.rows, problem.target).reduce(0) {
        $0 + ($1.0[j] - level) * ($1.1 - mean)
      } / 30 / lambda
    }
    #expect(relativeDistance(fit.weights, expected) < 1e-8)
    #expect(relativeDistance(fit.intercept, mean) < 1e-8)
  }

  @Test func `effective degrees of freedom fall from the rank to zero`() {
    var problem = PlainProblem.sample(rows: 30, features: 5)
    for i in problem.rows.indices { problem.rows[i][4] = 2 * problem.rows[i][0] }
    let rotated = problem.rotated(standardize: .population)
    let lambdas = [0, 1e-9, 1e-3, 0.1, 1, 10, 1e6]
    let degrees = lambdas.map { rotated.effectiveDegreesOfFreedom(lambda: $0) }
    #expect(degrees[0] == 4)
    for (larger, smaller) in zip(degrees, degrees.dropFirst()) { #expect(larger > smaller) }
    #expect(degrees[6] < 1e-5)
  }

  @Test(arguments: [true, false])
  func `effective degrees of freedom are the trace of the hat matrix`(hasIntercept: Bool) {
    let lambda = 0.3
    let problem = PlainProblem.sample(
      rows: 15, features: 3, lambda: lambda, hasIntercept: hasIntercept)
    var trace = 0.0
    for i in 0..<15 {
      var unit = problem
      unit.target = (0..<15).map { $0 == i ? 1 : 0 }
      trace += unit.closedForm().score(problem.rows[i])
    }
    let expected = trace - (hasIntercept ? 1 : 0)
    let found = problem.rotated().effectiveDegreesOfFreedom(lambda: lambda)
    #expect(relativeDistance(found, expected) < 1e-11)
  }

  @Test(arguments: [true, false])
  func `the spectrum is that of the Gram matrix and adds up to its trace`(hasIntercept: Bool) {
    let problem = PlainProblem.sample(rows: 25, features: 6, hasIntercept: hasIntercept)
    let gram = problem.gram()
    let found = problem.rotated().eigenvalues
    #expect(relativeDistance(found, PlainLinearAlgebra.eigensystem(of: gram).values) < 1e-13)
    let trace = (0..<6).reduce(0) { $0 + gram[$1][$1] }
    #expect(relativeDistance(found.reduce(0, +), trace) < 1e-14)
  }

  @Test func `standardised features have a spectrum that adds up to their number`() {
    let problem = PlainProblem.sample(rows: 25, features: 6)
    let sum = problem.rotated(standardize: .population).eigenvalues.reduce(0, +)
    #expect(relativeDistance(sum, 6) < 1e-14)
    let sample = problem.rotated(standardize: .sample(unit: 1)).eigenvalues.reduce(0, +)
    #expect(relativeDistance(sample, 6 * 24 / 25) < 1e-14)
  }

  @Test func `lambda scales name one objective`() {
    #expect(LambdaScale.mean.lambdaMean(3, totalWeight: 12) == 3)
    #expect(LambdaScale.sum.lambdaMean(3, totalWeight: 12) == 0.25)
    #expect(LambdaScale.sumUnhalved.lambdaMean(3, totalWeight: 12) == 0.5)
  }
}
