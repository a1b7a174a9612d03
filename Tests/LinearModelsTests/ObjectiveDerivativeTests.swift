import LinearModels
import Numerics
import TestSupport
import Testing

/// The objective, its gradient and its Hessian against central differences.
struct ObjectiveDerivativeTests {
  /// 100 rows: a full block and a short one.
  private static func problem(_ loss: PlainProblem.Loss, hasIntercept: Bool) -> PlainProblem {
    .sample(loss, rows: 100, features: 5, hasIntercept: hasIntercept)
  }

  private static let points: [[Double]] = [
    [0, 0, 0, 0, 0, 0], [0.3, -0.7, 1.1, 0.2, -0.4, 0.5], [-2, 1, 0.5, 3, -1, -0.8],
  ]

  private func value(
    _ problem: PlainProblem, at point: [Double]
  ) -> (loss: Double, gradient: [Double]) {
    let objective = RowObjective(
      loss: problem.libraryLoss, rows: problem.scaledRows(), hasIntercept: problem.hasIntercept)
    let d = problem.featureCount
    let weights = Workspace<Lanes>(d, repeating: .zero)
    let gradient = Workspace<Lanes>(d, repeating: .zero)
    // Lane 11 alone, so that a mix-up of lanes shows.
    for j in 0..<d { weights[j][11] = point[j] }
    var intercepts = Lanes.zero
    intercepts[11] = point[d]
    let (loss, slope) = objective.meanLossAndGradient(weights, intercepts, into: gradient)
    return (loss[11], (0..<d).map { gradient[$0][11] } + [slope[11]])
  }

  @Test(arguments: [PlainProblem.Loss.squared, .logistic], points)
  func `the mean loss and its gradient are the plain ones`(
    loss: PlainProblem.Loss, point: [Double]
  ) {
    let problem = Self.problem(loss, hasIntercept: true)
    let fit = PlainProblem.Fit(weights: Array(point.dropLast()), intercept: point[5])
    let found = value(problem, at: point)
    #expect(relativeDistance(found.loss, problem.meanLoss(fit)) < 1e-13)
    #expect(relativeDistance(found.gradient, problem.gradient(fit).vector) < 1e-12)
  }

  @Test(arguments: [PlainProblem.Loss.squared, .logistic], points)
  func `the gradient is the difference quotient of the loss`(
    loss: PlainProblem.Loss, point: [Double]
  ) {
    let problem = Self.problem(loss, hasIntercept: true)
    let gradient = value(problem, at: point).gradient
    let quotients = point.indices.map { j -> Double in
      var (up, down) = (point, point)
      up[j] += 1e-5
      down[j] -= 1e-5
      return (value(problem, at: up).loss - value(problem, at: down).loss) / 2e-5
    }
    // h² from the formula and 1e-16/h from rounding: about 1e-10 of a gradient of order one.
    #expect(relativeDistance(quotients, gradient) < 1e-8)
  }

  @Test func `without intercept its derivative is zero`() {
    let problem = Self.problem(.logistic, hasIntercept: false)
    #expect(value(problem, at: Self.points[1]).gradient[5] == 0)
  }

  @Test(arguments: [true, false], points)
  func `the logistic Hessian is the difference quotient of the gradient`(
    hasIntercept: Bool, point: [Double]
  ) throws {
    let problem = Self.problem(.logistic, hasIntercept: hasIntercept)
    let order = hasIntercept ? 6 : 5
    let curvature = LogisticCurvature(
      rows: problem.scaledRows(), hasIntercept: hasIntercept, tracksMargins: false)
    func evaluate(_ point: [Double]) throws -> LogisticCurvature.Point {
      let elsewhere = [Double](repeating: 0.5, count: order)
      let points = Array(repeating: elsewhere, count: 9) + [Array(point[..<order])]
      return try #require(
        curvature.evaluate(points, wantsHessian: points.indices.map { $0 % 2 == 1 }).last)
    }
    let hessian = try #require(evaluate(point).hessian)
    #expect(hessian.count == order * order)
    var quotients: [Double] = []
    for j in 0..<order {
      var (up, down) = (point, point)
      up[j] += 1e-5
      down[j] -= 1e-5
      let (above, below) = (try evaluate(up).gradient, try evaluate(down).gradient)
      quotients += zip(above, below).map { ($0 - $1) / 2e-5 }
    }
    #expect(relativeDistance(quotients, hessian) < 1e-8)
  }

  @Test func `the smallest margin is that of the row nearest to the wrong side`() throws {
    let problem = Self.problem(.logistic, hasIntercept: true)
    let point = Self.points[1]
    let fit = PlainProblem.Fit(weights: Array(point.dropLast()), intercept: point[5])
    let curvature = LogisticCurvature(
      rows: problem.scaledRows(), hasIntercept: true, tracksMargins: true)
    let found = curvature.evaluate([point], wantsHessian: [false])[0]
    let expected = zip(problem.rows, problem.target).map { fit.score($0) * $1 }.min()
    #expect(
      relativeDistance(found.scores.smallestMargin, try #require(expected)) < 1e-13)
  }
}
