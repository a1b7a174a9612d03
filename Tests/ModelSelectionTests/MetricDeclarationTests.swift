import LinearModels
import ModelSelection
import Numerics
import Results
import TestSupport
import Testing

/// What every metric promises, whatever it measures.
struct MetricDeclarationTests {
  private static func loss(of metric: Metric) throws -> Loss {
    try #require(Loss.allCases.first { $0.metrics.contains(metric) })
  }

  private static func sample(_ loss: Loss, rows: Int, features: Int) throws -> PlainProblem {
    PlainProblem.sample(
      try #require(PlainProblem.Loss(rawValue: loss.rawValue)), rows: rows, features: features)
  }

  /// The value of a metric of one fit on some rows.
  private func value(
    _ metric: Metric, _ problem: PlainProblem, _ fit: PlainProblem.Fit, rows: [Int32]? = nil,
    weights: [Double]? = nil, status: FitStatus = .ok
  ) -> Double {
    let rows = rows ?? (0..<Int32(problem.rows.count)).map { $0 }
    let values = means(metric.means, problem, fit, rows: rows, weights: weights, status: status)
    return metric.value(
      MeanTable(metric.means, values: values), .train,
      of: MeasuredRows(problem.target, rows: rows[...], weights: weights))
  }

  private func means(
    _ means: RowMeans, _ problem: PlainProblem, _ fit: PlainProblem.Fit, rows: [Int32],
    weights: [Double]? = nil, status: FitStatus = .ok
  ) -> [Double] {
    let set = EvaluationSet(
      rows: ScaledRows(
        matrix: Matrix(rows: problem.rows), target: problem.target, rows: rows,
        scaling: FeatureScaling(identity: problem.featureCount)), weights: weights)
    let fits = LaneFits(
      weights: fit.weights.map { Lanes(repeating: $0) },
      intercepts: Lanes(repeating: fit.intercept), outcomes: [FitOutcome(status: status)])
    return set.values(of: means, for: fits)[0]
  }

  private static let fits = [
    PlainProblem.Fit(weights: [0.3, -0.2, 0.9], intercept: 0.1),
    PlainProblem.Fit(weights: [0, 0, 0], intercept: -0.4),
    PlainProblem.Fit(weights: [-20, 10, -10], intercept: 3),
  ]

  @Test func `words and other names are of one metric each, and bits of one mean`() {
    let names = Metric.allCases.flatMap { [$0.rawValue] + $0.otherNames }
    #expect(Set(names).count == names.count)
    #expect(Set(RowMean.allCases.map(\.rawValue)).count == RowMean.allCases.count)
    // Fifteen bits of a record's first word.
    #expect(RowMean.allCases.allSatisfy { $0.rawValue < 15 })
    // Which means a record holds is read by these numbers.
    #expect(
      RowMean.allCases.map(\.rawValue).starts(with: [0, 1, 2, 3, 4])
        && RowMean.square.rawValue == 0 && RowMean.concordance.rawValue == 4)
  }

  @Test func `every loss has metrics, a default among them, and keeps the mean of its objective`() {
    for loss in Loss.allCases {
      #expect(!loss.measures.defaults.isEmpty)
      #expect(loss.measures.defaults.allSatisfy(loss.metrics.contains))
      #expect(loss.means(for: []).contains(loss.measures.objective.mean))
    }
    #expect(
      Metric.allCases.allSatisfy { metric in Loss.allCases.contains { $0.metrics.contains(metric) }
      })
  }

  @Test(arguments: Loss.allCases)
  func `the objective is its mean times its factor`(loss: Loss) throws {
    let problem = try Self.sample(loss, rows: 100, features: 3)
    let (mean, factor) = loss.measures.objective
    for fit in Self.fits {
      let value = means(
        RowMeans(mean), problem, fit, rows: (0..<Int32(problem.rows.count)).map { $0 })[0]
      #expect(relativeDistance(factor * value, problem.meanLoss(fit)) < 1e-13)
    }
  }

  @Test(arguments: Metric.allCases)
  func `a value lies within the bounds`(metric: Metric) throws {
    let problem = try Self.sample(Self.loss(of: metric), rows: 100, features: 3)
    for fit in Self.fits { #expect(metric.bounds.contains(value(metric, problem, fit))) }
  }

  @Test(arguments: Metric.allCases)
  func `what follows the target is better than what opposes it`(metric: Metric) throws {
    let loss = try Self.loss(of: metric)
    var problem = try Self.sample(loss, rows: 60, features: 3)
    let truth = PlainProblem.Fit(weights: [2, -1, 0.5], intercept: 0)
    let opposite = PlainProblem.Fit(weights: [-2, 1, -0.5], intercept: 0)
    problem.target = problem.rows.map {
      let score = truth.score($0)
      return loss.measures.target == .number ? score : (score > 0 ? 1 : -1)
    }
    let (good, bad) = (value(metric, problem, truth), value(metric, problem, opposite))
    #expect(isBetter(good, than: bad, metric: metric.rawValue))
    #expect(!isBetter(bad, than: good, metric: metric.rawValue))
  }

  @Test(arguments: Metric.allCases)
  func `targets that are all equal leave exactly those without a value that say so`(
    metric: Metric
  ) throws {
    var problem = try Self.sample(Self.loss(of: metric), rows: 20, features: 3)
    for target in [1.0, -1] {
      problem.target = problem.target.map { _ in target }
      for fit in Self.fits {
        // A positive row, or one that is predicted to be, is enough for some.
        func isLacking(_ rows: [Int32]) -> Bool {
          metric.needs == .variation
            || metric.needs == .positives && target < 0
              && rows.allSatisfy { fit.score(problem.rows[Int($0)]) <= 0 }
        }
        let all = (0..<20 as Range<Int32>).map { $0 }
        #expect(value(metric, problem, fit).isNaN == isLacking(all))
        #expect(value(metric, problem, fit, rows: [7]).isNaN == isLacking([7]))
      }
    }
  }

  @Test(arguments: Metric.allCases)
  func `a fit without a result has no value`(metric: Metric) throws {
    let problem = try Self.sample(Self.loss(of: metric), rows: 20, features: 3)
    #expect(value(metric, problem, Self.fits[0], status: .singular).isNaN)
  }

  @Test(arguments: Metric.allCases)
  func `a weight of k is a row that stands k times`(metric: Metric) throws {
    let problem = try Self.sample(Self.loss(of: metric), rows: 150, features: 3)
    let weights = (0..<150).map { Double($0 % 4) }
    let copies = (0..<150 as Range<Int32>).flatMap { row in
      [Int32](repeating: row, count: Int(row % 4))
    }
    for fit in Self.fits {
      let weighted = value(metric, problem, fit, weights: weights)
      #expect(relativeDistance(weighted, value(metric, problem, fit, rows: copies)) < 1e-12)
    }
    let (weighted, plain) = (
      value(metric, problem, Self.fits[0], weights: weights), value(metric, problem, Self.fits[0])
    )
    #expect(relativeDistance(weighted, plain) > 1e-9)
  }

  @Test(arguments: Metric.allCases)
  func `weights of one move no bit`(metric: Metric) throws {
    let problem = try Self.sample(Self.loss(of: metric), rows: 150, features: 3)
    let ones = [Double](repeating: 1, count: 150)
    for fit in Self.fits {
      #expect(value(metric, problem, fit, weights: ones) == value(metric, problem, fit))
    }
  }

  @Test(arguments: RowMean.allCases)
  func `the mean of two parts is that of the whole`(mean: RowMean) throws {
    guard mean != .concordance else { return }
    // A loss may have a mean of its own that no metric is.
    let loss = try #require(
      Loss.allCases.first { loss in
        loss.measures.objective.mean == mean || loss.metrics.contains { $0.means.contains(mean) }
      })
    let problem = try Self.sample(loss, rows: 90, features: 3)
    func total(_ rows: Range<Int32>) -> Double {
      Double(rows.count) * means(RowMeans(mean), problem, Self.fits[0], rows: Array(rows))[0]
    }
    #expect(relativeDistance(total(0..<90), total(0..<20) + total(20..<90)) < 1e-13)
  }

  @Test(arguments: Metric.allCases)
  func `a mean does not depend on which others are asked for`(metric: Metric) throws {
    let loss = try Self.loss(of: metric)
    let problem = try Self.sample(loss, rows: 100, features: 3)
    let rows = (0..<100 as Range<Int32>).map { $0 }
    let matrix = Matrix(rows: problem.rows)
    let set = EvaluationSet(
      rows: ScaledRows(
        matrix: matrix, target: problem.target, rows: rows, scaling: FeatureScaling(identity: 3)),
      moments: loss.followsFromMoments
        ? RowMoments(matrix: matrix, target: problem.target, rows: rows, workers: 1) : nil)
    let fits = LaneFits(
      weights: Self.fits[0].weights.map { Lanes(repeating: $0) }, intercepts: .zero,
      outcomes: [FitOutcome(status: .ok)])
    let all = loss.means(for: loss.metrics)
    let table = MeanTable(all, values: set.values(of: all, for: fits)[0])
    let alone = set.values(of: metric.means, for: fits)[0]
    #expect(metric.means.members.map { table[.train, $0] } == alone)
  }
}
