import LinearModels
import Numerics
import TestSupport
import Testing

/// What every loss promises as a function of one row.
struct LossFunctionTests {
  private static let scores = [-30, -3, -1, -0.2, 0, 0.4, 1, 2.5, 30]

  private static func targets(_ loss: Loss) -> [Double] {
    isOfNumbers(loss) ? [-2, 0, 3.5] : [-1, 1]
  }

  /// The prediction of a loss of two classes is a chance.
  private static func isOfNumbers(_ loss: Loss) -> Bool { loss.prediction(30) > 1 }

  private func values(
    _ loss: Loss, _ score: Double, _ target: Double
  ) -> (value: Double, slope: Double, curvature: Double) {
    let z = Lanes(repeating: score)
    return (
      loss.values(z, target: target)[3], loss.slopes(z, target: target)[3],
      loss.curvatures(z, target: target)[3]
    )
  }

  private func check(
    _ loss: Loss, _ body: (_ score: Double, _ target: Double) -> Void
  ) {
    for target in Self.targets(loss) { for score in Self.scores { body(score, target) } }
  }

  @Test(arguments: Loss.allCases)
  func `slope and curvature are the derivatives`(loss: Loss) {
    let step = 1e-5
    check(loss) { score, target in
      let (up, down) = (
        values(loss, score + step, target), values(loss, score - step, target)
      )
      let here = values(loss, score, target)
      // A central difference of values up to 1e3 errs by about their rounding over the step.
      #expect(abs((up.value - down.value) / (2 * step) - here.slope) < 1e-7)
      #expect(abs((up.slope - down.slope) / (2 * step) - here.curvature) < 1e-8)
    }
  }

  @Test(arguments: Loss.allCases)
  func `no loss is negative, and no curvature leaves its bounds`(loss: Loss) {
    check(loss) { score, target in
      let here = values(loss, score, target)
      #expect(here.value >= 0)
      #expect(here.curvature >= 0 && here.curvature <= loss.largestCurvature)
    }
    let peak = Self.scores.map { values(loss, $0, 1).curvature }.max()
    #expect(peak == loss.largestCurvature)
  }

  @Test(arguments: Loss.allCases)
  func `only a loss of constant curvature follows from moments`(loss: Loss) {
    let curvatures = Set(Self.scores.map { values(loss, $0, 1).curvature })
    #expect(loss.followsFromMoments == (curvatures.count == 1))
  }

  /// The prediction is where a mean of targets has slope zero: of ±1 with p of +1 at the score of p.
  @Test(arguments: Loss.allCases)
  func `the prediction is the mean of the targets whose slopes cancel`(loss: Loss) {
    for score in [-2, -0.5, 0, 0.3, 1.7] {
      let mean = loss.prediction(score)
      let slope =
        Self.isOfNumbers(loss)
        ? values(loss, score, mean).slope
        : mean * values(loss, score, 1).slope
          + (1 - mean) * values(loss, score, -1).slope
      #expect(abs(slope) < 1e-15)
    }
  }

  @Test(arguments: Loss.allCases)
  func `the mean at zero weights and its bound hold`(loss: Loss) throws {
    let problem = PlainProblem.sample(
      try #require(PlainProblem.Loss(rawValue: loss.rawValue)), rows: 40, features: 3)
    let rows = ScaledRows(
      matrix: Matrix(rows: problem.rows), target: problem.target, rows: (0..<40).map { $0 },
      scaling: FeatureScaling(identity: 3))
    let zero = PlainProblem.Fit(weights: [0, 0, 0], intercept: 0)
    #expect(
      relativeDistance(loss.startObjective(rows), problem.meanLoss(zero)) < 1e-14)
    let targetSize = (problem.target.reduce(0) { $0 + $1 * $1 } / 40).squareRoot()
    for scale in [0, 0.1, 1, 10, 1e6] {
      let fit = PlainProblem.Fit(weights: [scale, -scale, scale / 2], intercept: -scale)
      let scores = problem.rows.map { fit.score($0) }
      let size = (scores.reduce(0) { $0 + $1 * $1 } / 40).squareRoot()
      let bound = loss.meanBounds(
        scoreSizes: Lanes(repeating: size), targetSize: targetSize)
      #expect(bound[0] >= problem.meanLoss(fit))
    }
  }
}
