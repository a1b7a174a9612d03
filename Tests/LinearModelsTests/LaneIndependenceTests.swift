import Foundation
import LinearModels
import Numerics
import Synchronization
import TestSupport
import Testing

/// A fit's bits depend on its own settings alone, not on who is fitted beside it or in which lane.
struct LaneIndependenceTests {
  /// Sixteen settings in one block: some diverge, some meet the tolerance early, some run on.
  private static let settings: [DescentSettings] = (0..<16).map { index in
    let schedules: [LearningRateSchedule] = [.constant, .inverseTime(0.2), .inverseSqrt(0.4)]
    return DescentSettings(
      lambda: [0, 1e-3, 0.1, 2][index % 4],
      learningRate: [0.02, 0.1, 0.3, 40, 0.05][index % 5], schedule: schedules[index % 3])
  }

  private static let rule = StoppingRule(epochs: 25, tolerance: 0.05)

  private func expectIndependence(
    _ settings: [DescentSettings] = settings, statuses: Set<FitStatus>,
    sourceLocation: SourceLocation = #_sourceLocation, _ fit: ([DescentSettings]) -> LaneFits
  ) {
    let together = fit(settings)
    #expect(Set(together.outcomes.map(\.status)) == statuses, sourceLocation: sourceLocation)
    let reversed = fit(settings.reversed())
    for lane in settings.indices {
      let alone = fit([settings[lane]])
      #expect(together.bits(lane) == alone.bits(0), sourceLocation: sourceLocation)
      #expect(
        reversed.bits(settings.count - 1 - lane) == alone.bits(0), sourceLocation: sourceLocation)
      #expect(
        together.outcomes[lane].status == alone.outcomes[0].status, sourceLocation: sourceLocation)
      #expect(
        together.outcomes[lane].message == alone.outcomes[0].message,
        sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [true, false])
  func `gradient descent`(isStandardized: Bool) {
    let rotated = PlainProblem.sample(rows: 30, features: 5)
      .rotated(standardize: isStandardized ? .population : nil)
    expectIndependence(statuses: [.ok, .notConverged, .diverged]) {
      gradientDescent(rotated, settings: $0, rule: Self.rule)
    }
  }

  @Test func `projected gradient descent`() {
    let rotated = PlainProblem.sample(rows: 30, features: 5).rotated()
    let settings = Self.settings.enumerated().map { index, setting in
      DescentSettings(
        lambda: 0, learningRate: setting.learningRate, schedule: setting.schedule,
        radius: 0.1 * Double(index + 1))
    }
    expectIndependence(settings, statuses: [.ok, .notConverged, .diverged]) {
      gradientDescent(rotated, settings: $0, rule: Self.rule)
    }
  }

  @Test(arguments: [PlainProblem.Loss.squared, .logistic])
  func `gradient descent over rows`(loss: PlainProblem.Loss) {
    let problem = PlainProblem.sample(loss, rows: 30, features: 5)
    let rows = problem.scaledRows()
    expectIndependence(statuses: [.ok, .notConverged, .diverged]) {
      rowGradientDescent(
        loss: problem.libraryLoss, rows: rows, hasIntercept: true, settings: $0, rule: Self.rule)
    }
  }

  @Test(arguments: [PlainProblem.Loss.squared, .logistic], [1, 8, 70])
  func `stochastic gradient descent`(loss: PlainProblem.Loss, batchSize: Int) {
    let problem = PlainProblem.sample(loss, rows: 30, features: 5)
    let rows = problem.scaledRows()
    let rule = StoppingRule(epochs: 12, tolerance: 0.1)
    expectIndependence(statuses: [.ok, .notConverged, .diverged]) {
      stochasticGradientDescent(
        loss: problem.libraryLoss, rows: rows, hasIntercept: true, batchSize: batchSize,
        settings: $0, rule: rule, permutation: testOrder(30))
    }
  }

  /// Without a tolerance the objective is looked at only when a bound is passed, which a neighbour
  /// may do earlier.
  @Test(arguments: [PlainProblem.Loss.squared, .logistic])
  func `stochastic gradient descent without a tolerance`(loss: PlainProblem.Loss) {
    let problem = PlainProblem.sample(loss, rows: 30, features: 5)
    let rows = problem.scaledRows()
    expectIndependence(statuses: [.ok, .diverged]) {
      stochasticGradientDescent(
        loss: problem.libraryLoss, rows: rows, hasIntercept: true, batchSize: 1, settings: $0,
        rule: StoppingRule(epochs: 12), permutation: testOrder(30))
    }
  }

  /// Blocks that an idle worker took over between two epochs, of dense rows and of rows of mostly zeros.
  @Test(
    .enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1), arguments: [5, 25], [1, 8])
  func `stochastic gradient descent on two workers`(features: Int, batchSize: Int) {
    var problem = PlainProblem.sample(rows: 30, features: features)
    for i in problem.rows.indices where features > 16 {
      for j in 0..<features where (7 * i + 5 * j) % 19 != 0 { problem.rows[i][j] = 0 }
    }
    let rows = problem.scaledRows()
    let loss = problem.libraryLoss
    let blocks = (0..<5).map { Array(Self.settings[$0...]) }
    @Sendable func fits(_ idle: IdleWorkers?) -> (fits: [LaneFits], orders: Int) {
      let orders = Atomic(0)
      let fits = stochasticGradientDescent(
        loss: loss, rows: rows, hasIntercept: true, batchSize: batchSize, blocks: blocks,
        rule: Self.rule,
        permutation: { epoch in
          orders.add(1, ordering: .relaxed)
          return testOrder(30)(epoch)
        }, idle: idle)
      return (fits, orders.load(ordering: .relaxed))
    }
    let alone = fits(nil)
    let shared = concurrentMap(1, workers: 2) { _, idle in
      // The other worker comes when it comes.
      for _ in 0..<60_000 {
        if let offer = idle?.ask({}) {
          offer.finish()
          break
        }
        usleep(1000)
      }
      return fits(idle)
    }[0]
    // Each worker orders the rows for itself.
    #expect(shared.orders > alone.orders)
    for (mine, theirs) in zip(alone.fits, shared.fits) {
      #expect(mine.count == theirs.count)
      #expect((0..<mine.count).allSatisfy { mine.bits($0) == theirs.bits($0) })
    }
  }

  @Test func `the normal equations`() {
    var problem = PlainProblem.sample(rows: 30, features: 5)
    for i in problem.rows.indices { problem.rows[i][4] = problem.rows[i][1] }
    let rotated = problem.rotated(standardize: .population)
    expectIndependence(statuses: [.ok, .singular]) {
      normalEquations(rotated, lambdas: $0.map(\.lambda))
    }
  }

  @Test func `the minimum norm`() {
    let rows = PlainProblem.sample(rows: 6, features: 9).scaledRows()
    expectIndependence(statuses: [.ok]) {
      minimumNorm(rows: rows, hasIntercept: true, lambdas: $0.map(\.lambda))
    }
  }

  @Test func `Newton's method`() {
    var problem = PlainProblem.sample(.logistic, rows: 30, features: 3)
    problem.target = problem.rows.map { $0[0] + $0[1] > 0.5 ? 1 : -1 }
    let rows = problem.scaledRows()
    expectIndependence(statuses: [.ok, .notConverged]) {
      newtonMethod(rows: rows, hasIntercept: true, lambdas: $0.map(\.lambda), tolerance: 0)
    }
  }

  /// 2200 rows are more than one part for a worker, 21 values of λ more than a block.
  @Test(arguments: [1, 2, 3])
  func `Newton's method with blocks and workers`(workers: Int) {
    let rows = PlainProblem.sample(.logistic, rows: 2200, features: 3).scaledRows()
    let lambdas = (0..<21).map { 1e-4 * Double($0 * $0) }
    let fits = newtonMethod(
      rows: rows, hasIntercept: true, blocks: [Array(lambdas[..<16]), Array(lambdas[16...])],
      tolerance: 0, workers: workers)
    #expect(fits.map(\.count) == [16, 5])
    for index in [0, 7, 15, 20] {
      let alone = newtonMethod(
        rows: rows, hasIntercept: true, lambdas: [lambdas[index]], tolerance: 0)
      #expect(fits[index / 16].bits(index % 16) == alone.bits(0))
    }
  }

  @Test func `the minimum norm with blocks`() {
    let rows = PlainProblem.sample(rows: 6, features: 9).scaledRows()
    let fits = minimumNorm(rows: rows, hasIntercept: true, blocks: [[0, 0.1], [0.3]])
    #expect(fits.map(\.count) == [2, 1])
    let alone = minimumNorm(rows: rows, hasIntercept: true, lambdas: [0.3])
    #expect(fits[1].bits(0) == alone.bits(0))
  }
}
