import LinearModels
import TestSupport
import Testing

struct NewtonMethodTests {
  @Test(arguments: [true, false], [0.01, 0.3])
  func `it ends where long gradient descent ends`(hasIntercept: Bool, lambda: Double) {
    let problem = PlainProblem.sample(
      .logistic, rows: 60, features: 4, lambda: lambda, hasIntercept: hasIntercept)
    let expected = problem.gradientDescent(epochs: 2000) { _ in 0.7 }
    let fits = newtonMethod(
      rows: problem.scaledRows(), hasIntercept: hasIntercept, lambdas: [lambda], tolerance: 0)
    #expect(fits.outcomes[0].status == .ok)
    // Gradient descent contracts by 1 − ηλ ≥ 0.993 an epoch, to below 1e-12 here.
    #expect(relativeDistance(fits.fit().vector, expected.vector) < 1e-9)
  }

  @Test func `the gradient falls to the rounding floor in a few dozen steps`() throws {
    let problem = PlainProblem.sample(.logistic, rows: 60, features: 4, lambda: 0.01)
    let fits = newtonMethod(
      rows: problem.scaledRows(), hasIntercept: true, lambdas: [0.01], tolerance: 0)
    #expect(PlainLinearAlgebra.norm(problem.gradient(fits.fit()).vector) < 1e-14)
    #expect(try #require(fits.outcomes[0].gradientNorm) < 1e-14)
    #expect(try #require(fits.outcomes[0].epochsRun) < 40)
  }

  @Test(arguments: [true, false])
  func `effective degrees of freedom come from the Hessian at the optimum`(
    hasIntercept: Bool
  ) throws {
    let lambda = 0.05
    let problem = PlainProblem.sample(
      .logistic, rows: 50, features: 3, lambda: lambda, hasIntercept: hasIntercept)
    let fits = newtonMethod(
      rows: problem.scaledRows(), hasIntercept: hasIntercept, lambdas: [lambda], tolerance: 0)
    // The Hessian is that of weighted least squares, with the weighted means taken off.
    let fit = fits.fit()
    let weights = problem.rows.indices.map { i -> Double in
      let slope = abs(problem.slope(i, fit))
      return slope * (1 - slope)
    }
    let total = weights.reduce(0, +)
    let means = (0..<3).map { j in
      hasIntercept
        ? zip(weights, problem.rows).reduce(0) { $0 + $1.0 * $1.1[j] } / total : 0
    }
    let hessian = (0..<3).map { i in
      (0..<3).map { j in
        zip(weights, problem.rows).reduce(0) {
          $0 + $1.0 * ($1.1[i] - means[i]) * ($1.1[j] - means[j])
        } / 50
      }
    }
    let expected = PlainLinearAlgebra.eigensystem(of: hessian).values
      .reduce(0) { $0 + $1 / ($1 + lambda) }
    let found = try #require(fits.outcomes[0].effectiveDegreesOfFreedom)
    // The Hessian is that of a point whose scores are a step of at most 1e-9 away.
    #expect(relativeDistance(found, expected) < 1e-9)
  }

  @Test func `separable classes have no optimum without a penalty, and it says so`() {
    var problem = PlainProblem.sample(.logistic, rows: 40, features: 2)
    problem.target = problem.rows.map { $0[0] + $0[1] > 0.5 ? 1 : -1 }
    let fits = newtonMethod(
      rows: problem.scaledRows(), hasIntercept: true, lambdas: [0, 1e-3], tolerance: 0)
    #expect(fits.outcomes.map(\.status) == [.notConverged, .ok])
    #expect(fits.outcomes[0].message?.contains("separable") == true)
    #expect(fits.fit(0).vector.allSatisfy { $0.isFinite })
  }

  /// One column never tells the classes apart but for a tie: weights still run away.
  @Test func `classes that touch at a point are told from a true optimum`() {
    let problem = PlainProblem(
      loss: .logistic, rows: [[-2], [-1], [0], [0], [1], [2]], target: [-1, -1, -1, 1, 1, 1])
    let fits = newtonMethod(
      rows: problem.scaledRows(), hasIntercept: true, lambdas: [0], tolerance: 0)
    #expect(fits.outcomes[0].status == .notConverged)
  }

  @Test func `overlapping classes converge without a penalty`() {
    let problem = PlainProblem.sample(.logistic, rows: 60, features: 3)
    let fits = newtonMethod(
      rows: problem.scaledRows(), hasIntercept: true, lambdas: [0], tolerance: 0)
    #expect(fits.outcomes[0].status == .ok)
    #expect(PlainLinearAlgebra.norm(problem.gradient(fits.fit()).vector) < 1e-13)
  }

  @Test func `features far from zero lose nothing`() {
    var problem = PlainProblem.sample(.logistic, rows: 60, features: 3, lambda: 0.1)
    let near = newtonMethod(
      rows: problem.scaledRows(), hasIntercept: true, lambdas: [0.1], tolerance: 0)
    for i in problem.rows.indices { problem.rows[i][1] += 0x1p20 }
    let far = newtonMethod(
      rows: problem.scaledRows(), hasIntercept: true, lambdas: [0.1], tolerance: 0)
    // The shift itself rounds the column to 2⁻³² of its size.
    #expect(relativeDistance(far.fit().weights, near.fit().weights) < 1e-9)
  }
}
