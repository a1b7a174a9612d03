import LinearModels
import Numerics
import TestSupport
import Testing

/// Where the gradient is small long before the optimum, or where there is none: `ok` is a promise.
struct NewtonOutcomeTests {
  private static let separated = PlainProblem(
    loss: .logistic,
    rows: [
      [-4, -3.5], [-5, -4], [-3, -4.5], [-4.5, -2], [3, 4], [4.5, 3.5], [5, 4.25], [2.5, 5],
    ], target: [-1, -1, -1, -1, 1, 1, 1, 1])

  private func fit(_ problem: PlainProblem, _ lambdas: [Double]) -> LaneFits {
    newtonMethod(
      rows: problem.scaledRows(), hasIntercept: problem.hasIntercept, lambdas: lambdas,
      tolerance: 0)
  }

  /// Optima in sixty digits (Newton's method in mpmath).
  @Test(arguments: [
    (1e-20, [7.0743180486727172, 5.8503638034042137, -0.50878843015150684], 1.17173516450841),
    (1e-14, [4.8609171030021008, 4.1533435061781007, -0.45601010367170732], 1.22955761160712),
    (1e-10, [3.417079883190226, 3.0290601530970763, -0.40518217795122191], 1.2505613929904),
    (1e-8, [2.7167293197390372, 2.4670004060085421, -0.36453363556919316], 1.24778161700095),
  ])
  func `separated classes have the optimum of sixty digits at any lambda`(
    lambda: Double, optimum: [Double], df: Double
  ) throws {
    let fits = fit(Self.separated, [lambda])
    #expect(fits.outcomes[0].status == .ok)
    #expect(relativeDistance(fits.fit().vector, optimum) < 1e-13)
    let found = try #require(fits.outcomes[0].effectiveDegreesOfFreedom)
    // The Hessian is that of a point whose scores are a step of at most 1e-9 away.
    #expect(relativeDistance(found, df) < 1e-9)
  }

  /// Separated, nearly separated and rare classes, some of them in a hyperplane.
  private func doubtful(_ seed: UInt64) -> PlainProblem {
    var generator = SeededGenerator(seed: seed)
    func uniform() -> Double { .random(in: -1...1, using: &generator) }
    let features = 1 + Int(seed % 4)
    let count = features + 8 + Int(seed % 23)
    let truth = (0..<features).map { _ in uniform() }
    var rows: [[Double]] = []
    var target: [Double] = []
    for index in 0..<count {
      var row = (0..<features).map { _ in 3 * uniform() }
      if seed % 5 == 3 { row = row.map { $0.rounded() } }
      let score = PlainLinearAlgebra.dot(row, truth)
      let isPositive =
        switch seed % 5 {
        case 0, 3: score > 0
        case 1: index == 2
        case 2: (score > 0) != (index == 5)
        default: score + uniform() > 0
        }
      rows.append(row)
      target.append(isPositive ? 1 : -1)
    }
    target[0] = 1
    target[1] = -1
    return PlainProblem(loss: .logistic, rows: rows, target: target)
  }

  /// How far Newton's step at the true Hessian would move a training score, relative to the largest score.
  private func newtonMove(_ problem: PlainProblem, _ fit: PlainProblem.Fit) -> Double {
    let order = problem.featureCount + 1
    let rows = problem.rows.map { $0 + [1] }
    let curvatures = problem.rows.indices.map { i -> Double in
      let p = abs(problem.slope(i, fit))
      return p * (1 - p)
    }
    var hessian = (0..<order).map { i in
      (0..<order).map { j in
        zip(rows, curvatures).reduce(0) { $0 + $1.1 * $1.0[i] * $1.0[j] } / Double(rows.count)
      }
    }
    for j in 0..<problem.featureCount { hessian[j][j] += problem.lambda }
    let step = PlainLinearAlgebra.solution(of: hessian, problem.gradient(fit).vector)
    let moves = rows.map { abs(PlainLinearAlgebra.dot($0, step)) }
    return (moves.max() ?? 0) / (problem.rows.map { abs(fit.score($0)) }.max() ?? 1)
  }

  @Test(arguments: 0..<150 as Range<UInt64>)
  func `what is ok would not move, what is not says why`(seed: UInt64) throws {
    let lambdas = [1e-14, 1e-11, 1e-9, 1e-6, 1e-2]
    let problem = doubtful(seed)
    let fits = fit(problem, lambdas)
    for (lane, lambda) in lambdas.enumerated() {
      let outcome = fits.outcomes[lane]
      if outcome.status == .ok {
        #expect(newtonMove(problem.with(lambda: lambda), fits.fit(lane)) < 1e-9)
      } else {
        #expect(outcome.status == .notConverged)
        #expect(try #require(outcome.message).contains("moves a score by"))
        // Rows of both classes in the dividing plane: there their rounding stands against λ.
        #expect(seed % 5 == 3 && lambda < 1e-8)
      }
    }
  }

  @Test func `rows of both classes in the dividing plane end in rounding, and that is said`() {
    var problem = PlainProblem(loss: .logistic, rows: [], target: [])
    for index in 0..<30 {
      let side = index % 5 - 2
      problem.rows.append([Double(side) / 3, Double(index % 7) / 7])
      problem.target.append(side > 0 || (side == 0 && index % 2 == 0) ? 1 : -1)
    }
    let fits = fit(problem, [0, 1e-16, 1e-3])
    #expect(fits.outcomes.map(\.status) == [.notConverged, .notConverged, .ok])
    #expect(fits.outcomes[0].message?.contains("the classes are separable") == true)
    #expect(fits.outcomes[1].message?.contains("rounding moves a score by") == true)
    #expect(fits.outcomes[1].message?.contains("use a larger lambda") == true)
  }

  @Test(arguments: [1e-8, 1e-9])
  func `a column that is nearly a combination of others is told from separable classes`(
    difference: Double
  ) {
    var problem = PlainProblem.sample(.logistic, rows: 60, features: 2)
    for i in problem.rows.indices {
      problem.rows[i].append(problem.rows[i][0] + difference * Double(i * i % 7))
    }
    let fits = fit(problem, [0, 1e-3])
    #expect(fits.outcomes.map(\.status) == [.notConverged, .ok])
    #expect(fits.outcomes[0].message?.hasPrefix("the Hessian is singular: a column") == true)
  }

  @Test func `a column that is a little less so has its optimum`() {
    var problem = PlainProblem.sample(.logistic, rows: 60, features: 2)
    for i in problem.rows.indices {
      problem.rows[i].append(problem.rows[i][0] + 1e-5 * Double(i * i % 7))
    }
    let fits = fit(problem, [0])
    #expect(fits.outcomes[0].status == .ok)
    #expect(newtonMove(problem, fits.fit()) < 1e-9)
  }

  @Test func `zero is the optimum where the gradient there is rounding`() {
    let corners = [[-0.1, -0.3], [-0.1, 0.3], [0.1, -0.3], [0.1, 0.3]]
    let problem = PlainProblem(loss: .logistic, rows: corners, target: [1, -1, -1, 1])
    let fits = fit(problem, [0, 1])
    #expect(fits.outcomes.map(\.status) == [.ok, .ok])
    #expect(fits.fit().vector == [0, 0, 0])
  }

  @Test(arguments: [1e-160, 1, 1e160])
  func `standardised columns of any scale keep their weights`(scale: Double) {
    let problem = PlainProblem.sample(.logistic, rows: 60, features: 3)
    var scaled = problem
    for i in scaled.rows.indices { scaled.rows[i][1] *= scale }
    func weights(_ problem: PlainProblem) -> [Double] {
      newtonMethod(
        rows: problem.scaledRows(standardize: .population), hasIntercept: true, lambdas: [0.01],
        tolerance: 0
      ).fit().vector
    }
    #expect(relativeDistance(weights(scaled), weights(problem)) < 1e-12)
  }
}
