import LinearModels
import TestSupport
import Testing

struct StochasticGradientDescentTests {
  /// 130 rows: two full blocks and a short one, and every batch size but 1 leaves a short last batch.
  private static let rowCount = 130

  @Test(arguments: [PlainProblem.Loss.squared, .logistic], [1, 3, 32, 64, 100])
  func `every step is that of the plain loop over the same shuffle`(
    loss: PlainProblem.Loss, batchSize: Int
  ) {
    for hasIntercept in [true, false] {
      let problem = PlainProblem.sample(
        loss, rows: Self.rowCount, features: 5, lambda: 0.3, hasIntercept: hasIntercept)
      let schedule = LearningRateSchedule.inverseSqrt(0.5)
      let expected = problem.stochasticDescent(
        epochs: 3, batchSize: batchSize, order: testOrder(Self.rowCount)
      ) { schedule.learningRate(0.02, epoch: $0) }
      let fits = stochasticGradientDescent(
        loss: problem.libraryLoss, rows: problem.scaledRows(), hasIntercept: hasIntercept,
        batchSize: batchSize,
        settings: [DescentSettings(lambda: 0.3, learningRate: 0.02, schedule: schedule)],
        rule: StoppingRule(epochs: 3), permutation: testOrder(Self.rowCount))
      // A few hundred contracting steps with rounding of 1e-16 each.
      #expect(relativeDistance(fits.fit().vector, expected.vector) < 1e-12)
    }
  }

  @Test(arguments: [PlainProblem.Loss.squared, .logistic])
  func `one full batch is gradient descent`(loss: PlainProblem.Loss) {
    let problem = PlainProblem.sample(loss, rows: 90, features: 4, lambda: 0.2)
    let expected = problem.gradientDescent(epochs: 12) { _ in 0.1 }
    let fits = stochasticGradientDescent(
      loss: problem.libraryLoss, rows: problem.scaledRows(), hasIntercept: true, batchSize: 90,
      settings: [DescentSettings(lambda: 0.2, learningRate: 0.1)],
      rule: StoppingRule(epochs: 12), permutation: testOrder(90))
    #expect(relativeDistance(fits.fit().vector, expected.vector) < 1e-12)
  }

  @Test(arguments: [21, 50, 100_000])
  func `a batch larger than the data is all of them`(batchSize: Int) {
    let problem = PlainProblem.sample(rows: 20, features: 3, lambda: 0.2)
    let expected = problem.gradientDescent(epochs: 5) { _ in 0.1 }
    let fits = stochasticGradientDescent(
      loss: .squared, rows: problem.scaledRows(), hasIntercept: true, batchSize: batchSize,
      settings: [DescentSettings(lambda: 0.2, learningRate: 0.1)],
      rule: StoppingRule(epochs: 5), permutation: testOrder(20))
    #expect(relativeDistance(fits.fit().vector, expected.vector) < 1e-13)
  }

  @Test(arguments: [(0.24, FitStatus.ok), (0.3, .diverged)])
  func `noise may lift the objective a hundredfold, more is divergence`(
    learningRate: Double, status: FitStatus
  ) {
    // One row, x = 1, without an intercept: an epoch multiplies the residual by 1 − 10η of this penalty.
    let problem = PlainProblem(
      loss: .squared, rows: [[1]], target: [1], lambda: 9, hasIntercept: false)
    let fits = stochasticGradientDescent(
      loss: .squared, rows: problem.scaledRows(), hasIntercept: false, batchSize: 1,
      settings: [DescentSettings(lambda: 9, learningRate: learningRate)],
      rule: StoppingRule(epochs: 6), permutation: { _ in [0] })
    #expect(fits.outcomes[0].status == status)
    #expect(fits.outcomes[0].message?.contains("lower eta") == (status == .ok ? nil : true))
  }

  /// Guestrin and Fox: the penalty counts once an epoch, not once an example. With a learning rate
  /// so small that w hardly moves, an epoch is (n/B) regularised gradients.
  @Test(arguments: [1, 7, 32, 60])
  func `the contributions of an epoch add up to the regularised gradient`(batchSize: Int) {
    let problem = PlainProblem.sample(rows: 60, features: 4, lambda: 40)
    let eta = 1e-9
    let settings = [DescentSettings(lambda: 40, learningRate: eta)]
    func fit(_ epochs: Int) -> PlainProblem.Fit {
      stochasticGradientDescent(
        loss: .squared, rows: problem.scaledRows(), hasIntercept: true, batchSize: batchSize,
        settings: settings, rule: StoppingRule(epochs: epochs), permutation: testOrder(60)
      ).fit()
    }
    let (before, after) = (fit(1), fit(2))
    let moved = zip(after.vector, before.vector).map { $0 - $1 }
    let expected = problem.gradient(before).vector.map { -eta * 60 / Double(batchSize) * $0 }
    // Second-order terms are η·n·(L + λ) ≈ 3e-6 of the first.
    #expect(relativeDistance(moved, expected) < 1e-5)
  }

  @Test func `a large learning rate diverges and stops there`() {
    let problem = PlainProblem.sample(rows: 40, features: 4)
    let fits = stochasticGradientDescent(
      loss: .squared, rows: problem.scaledRows(), hasIntercept: true, batchSize: 1,
      settings: [DescentSettings(lambda: 0, learningRate: 10)], rule: StoppingRule(epochs: 50),
      permutation: testOrder(40))
    #expect(fits.outcomes[0].status == .diverged)
    #expect((1...3).contains(fits.outcomes[0].epochsRun ?? 0))
  }

  @Test func `a small learning rate comes near the optimum`() {
    let problem = PlainProblem.sample(rows: 80, features: 3, lambda: 0.1)
    let fits = stochasticGradientDescent(
      loss: .squared, rows: problem.scaledRows(), hasIntercept: true, batchSize: 8,
      settings: [DescentSettings(lambda: 0.1, learningRate: 0.01)],
      rule: StoppingRule(epochs: 300), permutation: testOrder(80))
    let optimum = problem.closedForm()
    // The noise of the last steps: η times the spread of the slopes.
    #expect(relativeDistance(fits.fit().vector, optimum.vector) < 0.05)
    #expect(problem.objective(fits.fit()) < problem.objective(optimum) * 1.01)
  }

  @Test func `a tolerance ends the epochs that no longer help`() throws {
    let problem = PlainProblem.sample(rows: 40, features: 3, lambda: 0.1)
    let fits = stochasticGradientDescent(
      loss: .squared, rows: problem.scaledRows(), hasIntercept: true, batchSize: 40,
      settings: [DescentSettings(lambda: 0.1, learningRate: 0.1)],
      rule: StoppingRule(epochs: 5000, tolerance: 1e-3), permutation: testOrder(40))
    #expect(fits.outcomes[0].status == .ok)
    #expect(try #require(fits.outcomes[0].epochsRun) < 1000)
    #expect(PlainLinearAlgebra.norm(problem.gradient(fits.fit()).vector) <= 1e-3)
  }
}
