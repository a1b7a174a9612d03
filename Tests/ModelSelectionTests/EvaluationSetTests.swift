import Foundation
import LinearModels
import ModelSelection
import Numerics
import Results
import TestSupport
import Testing

struct EvaluationSetTests {
  private func set(
    _ problem: PlainProblem, rows: [Int32]? = nil, withMoments: Bool = false
  ) -> EvaluationSet {
    let matrix = Matrix(rows: problem.rows)
    let rows = rows ?? (0..<Int32(problem.rows.count)).map { $0 }
    return EvaluationSet(
      rows: ScaledRows(
        matrix: matrix, target: problem.target, rows: rows,
        scaling: FeatureScaling(identity: problem.featureCount)),
      moments: withMoments
        ? RowMoments(matrix: matrix, target: problem.target, rows: rows, workers: 1) : nil)
  }

  /// Fits side by side, lane by lane.
  private func laneFits(_ fits: [PlainProblem.Fit], statuses: [FitStatus]? = nil) -> LaneFits {
    var weights = [Lanes](repeating: .zero, count: fits[0].weights.count)
    var intercepts = Lanes.zero
    for (lane, fit) in fits.enumerated() {
      for (j, weight) in fit.weights.enumerated() { weights[j][lane] = weight }
      intercepts[lane] = fit.intercept
    }
    return LaneFits(
      weights: weights, intercepts: intercepts,
      outcomes: fits.indices.map { FitOutcome(status: statuses?[$0] ?? .ok) })
  }

  private static let fits = [
    PlainProblem.Fit(weights: [0.3, -0.2, 0.9, 0], intercept: 0.1),
    PlainProblem.Fit(weights: [0, 0, 0, 0], intercept: -0.4),
    PlainProblem.Fit(weights: [2, 1, -1, 0.5], intercept: 3),
  ]

  private static let squaredMetrics: [Metric] = [.mse, .halfMSE, .rmse, .mae, .r2]

  private func plainSquared(_ problem: PlainProblem, _ fit: PlainProblem.Fit) -> [Double] {
    let n = Double(problem.rows.count)
    let residuals = zip(problem.rows, problem.target).map { $1 - fit.score($0) }
    let mse = residuals.reduce(0) { $0 + $1 * $1 } / n
    let mean = problem.target.reduce(0, +) / n
    let variance = problem.target.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    return [
      mse, mse / 2, mse.squareRoot(), residuals.reduce(0) { $0 + abs($1) } / n, 1 - mse / variance,
    ]
  }

  @Test(arguments: [1e-170, 1e155])
  func `the mean absolute error has no smaller range than its residuals`(scale: Double) {
    let problem = PlainProblem(
      loss: .squared, rows: [[0], [1]], target: [scale, -3 * scale])
    let fit = PlainProblem.Fit(weights: [0], intercept: 0)
    let found = set(problem).values(of: [.mae], for: laneFits([fit]))
    #expect(relativeDistance(found[0][0], 2 * scale) < 1e-15)
  }

  @Test func `metrics of the squared loss are their formulas`() {
    // 100 rows: a full block and a short one.
    let problem = PlainProblem.sample(rows: 100, features: 4)
    let found = set(problem).values(of: Self.squaredMetrics, for: laneFits(Self.fits))
    for (values, fit) in zip(found, Self.fits) {
      for (value, expected) in zip(values, plainSquared(problem, fit)) {
        #expect(relativeDistance(value, expected) < 1e-13)
      }
    }
  }

  @Test func `metrics from moments are those from rows`() {
    let problem = PlainProblem.sample(rows: 100, features: 4)
    let metrics: [Metric] = [.mse, .halfMSE, .rmse, .r2]
    let fits = laneFits(Self.fits)
    let fromRows = set(problem).values(of: metrics, for: fits)
    let fromMoments = set(problem, withMoments: true).values(of: metrics, for: fits)
    for (found, expected) in zip(fromMoments, fromRows) {
      #expect(relativeDistance(found, expected) < 1e-11)
    }
  }

  @Test func `a near-perfect fit is measured on the rows although moments are at hand`() {
    var problem = PlainProblem.sample(rows: 100, features: 4)
    let fit = Self.fits[0]
    problem.target = problem.rows.enumerated().map {
      fit.score($0.element) + ($0.offset % 2 == 0 ? 1e-7 : -1e-7)
    }
    let found = set(problem, withMoments: true).values(of: [.mse], for: laneFits([fit]))
    // The targets hold 1e-7 to about 1e-16.
    #expect(relativeDistance(found[0][0], 1e-14) < 1e-7)
  }

  @Test func `a known error is taken as it is, and the others are measured`() {
    let problem = PlainProblem.sample(rows: 20, features: 4)
    let fits = laneFits(Self.fits)
    let measured = set(problem).values(of: [.mse], for: fits)
    let found = set(problem).values(of: [.mse], for: fits, knownMeanSquares: [42, nil, nil])
    #expect(found == [[42], measured[1], measured[2]])
  }

  @Test func `a fit's metrics do not depend on its neighbours`() {
    let problem = PlainProblem.sample(rows: 100, features: 4)
    for withMoments in [false, true] {
      let set = set(problem, withMoments: withMoments)
      let together = set.values(of: [.mse, .r2], for: laneFits(Self.fits))
      for (values, fit) in zip(together, Self.fits) {
        #expect(set.values(of: [.mse, .r2], for: laneFits([fit])) == [values])
      }
    }
  }

  @Test func `metrics of the logistic loss are their formulas`() {
    let problem = PlainProblem.sample(.logistic, rows: 100, features: 4)
    let metrics: [Metric] = [.logLoss, .errorRate, .auc]
    let found = set(problem).values(of: metrics, for: laneFits(Self.fits))
    for (values, fit) in zip(found, Self.fits) {
      let scores = problem.rows.map { fit.score($0) }
      let wrong = zip(scores, problem.target).count { ($0 > 0 ? 1.0 : -1) != $1 }
      #expect(relativeDistance(values[0], problem.meanLoss(fit)) < 1e-13)
      #expect(values[1] == Double(wrong) / 100)
      #expect(relativeDistance(values[2], plainArea(scores, problem.target)) < 1e-14)
    }
  }

  /// The share of pairs that are in order, ties counting half.
  private func plainArea(_ scores: [Double], _ target: [Double]) -> Double {
    var (wins, pairs) = (0.0, 0.0)
    for (high, label) in zip(scores, target) where label > 0 {
      for (low, other) in zip(scores, target) where other < 0 {
        wins += high > low ? 1 : (high == low ? 0.5 : 0)
        pairs += 1
      }
    }
    return wins / pairs
  }

  @Test(
    arguments: [
      ([0, 1, 2, 3], [-1, -1, 1, 1], 1), ([3, 2, 1, 0], [-1, -1, 1, 1], 0),
      ([1, 1, 1, 1], [-1, 1, -1, 1], 0.5), ([0, 1, 1, 2], [-1, -1, 1, 1], 0.875),
      ([0, 0, 1, 1], [-1, 1, -1, 1], 0.5), ([5, 5], [1, 1], .nan),
    ] as [([Double], [Double], Double)])
  func `the area under the curve counts ties as half`(
    scores: [Double], target: [Double], expected: Double
  ) {
    let problem = PlainProblem(loss: .logistic, rows: scores.map { [$0] }, target: target)
    let identity = PlainProblem.Fit(weights: [1], intercept: 0)
    let found = set(problem).values(of: [.auc], for: laneFits([identity]))[0][0]
    #expect(found == expected || (found.isNaN && expected.isNaN))
  }

  @Test func `scores that are equal but for rounding are ties`() {
    // 0.1·3 and 0.3·1 are not the same double, and 0.1 + 0.2 is not 0.3.
    let rows = [[3, 0, 0], [0, 1, 0], [1, 0, 1], [0, 0, 1.0]]
    let problem = PlainProblem(loss: .logistic, rows: rows, target: [1, -1, -1, -1])
    let fit = PlainProblem.Fit(weights: [0.1, 0.3, 0.2], intercept: 0)
    #expect(Set(rows[..<3].map { fit.score($0) }).count > 1)
    let found = set(problem).values(of: [.auc], for: laneFits([fit]))
    #expect(found == [[(0.5 + 0.5 + 1) / 3]])
  }

  @Test func `an intercept neither hides an order nor makes one`() {
    let problem = PlainProblem(
      loss: .logistic, rows: [[1], [2], [3], [4]], target: [-1, 1, -1, 1])
    for intercept in [0, 1, -1e6] {
      let fit = PlainProblem.Fit(weights: [1e-12], intercept: intercept)
      #expect(set(problem).values(of: [.auc], for: laneFits([fit])) == [[0.75]])
    }
  }

  @Test func `a score of zero predicts the smaller class`() {
    let problem = PlainProblem(loss: .logistic, rows: [[0], [0], [0]], target: [1, -1, -1])
    let fit = PlainProblem.Fit(weights: [1], intercept: 0)
    #expect(set(problem).values(of: [.errorRate], for: laneFits([fit])) == [[1.0 / 3]])
  }

  /// By hand: 3 positive rows of which one is missed, 5 negative ones of which two are taken for positive.
  @Test func `classes are counted as the confusion matrix says`() {
    let scores = [2.0, 0.5, -1, 3, 1, -2, -0.1, 0]
    let target = [1.0, 1, 1, -1, -1, -1, -1, -1]
    let problem = PlainProblem(loss: .logistic, rows: scores.map { [$0] }, target: target)
    let fit = PlainProblem.Fit(weights: [1], intercept: 0)
    let found = set(problem).values(
      of: [.errorRate, .balancedError, .f1, .brier], for: laneFits([fit]))[0]
    var brier = 0.0
    for (score, label) in zip(scores, target) {
      let miss: Double = 1 / (1 + exp(-score)) - (label > 0 ? 1.0 : 0.0)
      brier += miss * miss
    }
    #expect(found[0] == 3.0 / 8)
    #expect(relativeDistance(found[1], 0.5 * (1.0 / 3 + 2.0 / 5)) < 1e-15)
    #expect(relativeDistance(found[2], 4.0 / 7) < 1e-15)
    #expect(relativeDistance(found[3], brier / 8) < 1e-15)
  }

  @Test(arguments: [([1.0, 1, -1], 1.0), ([-1.0, -1, -1], .nan), ([1.0, -1, -1], 0)])
  func `f1 is zero where no positive row is found and has no value where there is none`(
    target: [Double], expected: Double
  ) {
    let problem = PlainProblem(loss: .logistic, rows: [[1], [1], [-1]], target: target)
    let fit = PlainProblem.Fit(
      weights: [expected == 1 ? 1 : -0.5], intercept: expected == 1 ? 0 : -1)
    let found = set(problem).values(of: [.f1], for: laneFits([fit]))[0][0]
    #expect(found == expected || (found.isNaN && expected.isNaN))
  }

  @Test func `large scores keep their loss`() {
    let problem = PlainProblem(loss: .logistic, rows: [[800], [-800]], target: [-1, -1])
    let fit = PlainProblem.Fit(weights: [1], intercept: 0)
    #expect(set(problem).values(of: [.logLoss], for: laneFits([fit])) == [[400]])
  }

  /// 0.1 thrice adds up to a mean that is not 0.1.
  @Test(arguments: [[5], [2, 2, 2, 2], [0.1, 0.1, 0.1]])
  func `r2 of a constant target is not defined`(target: [Double]) {
    let problem = PlainProblem(
      loss: .squared, rows: target.map { _ in [1.0] }, target: target)
    let fit = PlainProblem.Fit(weights: [0], intercept: 1)
    let found = set(problem).values(of: [.r2, .mse], for: laneFits([fit]))[0]
    #expect(found[0].isNaN && found[1].isFinite)
  }

  @Test func `a fit without a result has no metrics`() {
    let problem = PlainProblem.sample(rows: 10, features: 4)
    let fits = laneFits(
      Self.fits + Self.fits.prefix(2),
      statuses: [.ok, .diverged, .notConverged, .singular, .failed])
    let found = set(problem).values(of: [.mse, .mae], for: fits)
    #expect(found.map { $0.allSatisfy(\.isNaN) } == [false, true, false, true, true])
  }

  @Test func `only the rows of the set count`() {
    let problem = PlainProblem.sample(rows: 30, features: 4)
    var part = problem
    part.rows = [problem.rows[4], problem.rows[29], problem.rows[0]]
    part.target = [problem.target[4], problem.target[29], problem.target[0]]
    let fits = laneFits([Self.fits[0]])
    let found = set(problem, rows: [4, 29, 0]).values(of: Self.squaredMetrics, for: fits)[0]
    for (value, expected) in zip(found, plainSquared(part, Self.fits[0])) {
      #expect(relativeDistance(value, expected) < 1e-13)
    }
  }

  @Test func `a metric knows its loss and its better end`() {
    let known: [Metric] = [.mse, .rmse, .mae, .r2, .logLoss, .errorRate, .auc]
    #expect(known.filter(\.largerIsBetter) == [.r2, .auc])
    #expect(Loss.squared.measures.defaults == [.mse])
    #expect(Loss.logistic.measures.defaults == [.logLoss, .errorRate])
    #expect(Set([.logLoss, .errorRate, .auc]).isSubset(of: Loss.logistic.metrics))
    #expect(Set(Loss.logistic.metrics).isDisjoint(with: Loss.squared.metrics))
  }
}

extension EvaluationSet {
  /// Metrics of every fit: `[fit][metric]`.
  fileprivate func values(
    of metrics: [Metric], for fits: LaneFits, knownMeanSquares: [Double?]? = nil
  ) -> [[Double]] {
    let means = metrics.reduce(into: RowMeans()) { $0.formUnion($1.means) }
    let measured = MeasuredRows(rows.target, rows: rows.rows[...])
    return values(of: means, for: fits, knownMeanSquares: knownMeanSquares).map { values in
      metrics.map { $0.value(MeanTable(means, values: values), .train, of: measured) }
    }
  }
}
