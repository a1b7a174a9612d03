import LinearModels
import Numerics
import TestSupport
import Testing

struct GradientDescentTests {
  private static let schedules: [LearningRateSchedule] = [
    .constant, .inverseTime(0.3), .inverseSqrt(0.5),
  ]

  /// How a problem is posed: on its own scale or standardised, with an intercept or without.
  private static let poses: [(standardize: Bool, hasIntercept: Bool)] = [
    (false, false), (false, true), (true, false), (true, true),
  ]

  @Test(arguments: poses, schedules)
  func `every iterate is that of the textbook's loop over rows`(
    pose: (standardize: Bool, hasIntercept: Bool), schedule: LearningRateSchedule
  ) {
    let raw = PlainProblem.sample(
      rows: 30, features: 6, lambda: 0.05, hasIntercept: pose.hasIntercept)
    let plain = pose.standardize ? raw.standardized() : raw
    let rotated = raw.rotated(standardize: pose.standardize ? .population : nil)
    for steps in [1, 7, 400] {
      let expected = plain.gradientDescent(epochs: steps) { schedule.learningRate(0.08, epoch: $0) }
      let fits = gradientDescent(
        rotated,
        settings: [DescentSettings(lambda: 0.05, learningRate: 0.08, schedule: schedule)],
        rule: StoppingRule(epochs: steps))
      // The contract's bound; rounding of the two orders of summation is far below.
      #expect(relativeDistance(fits.fit().vector, expected.vector) < 1e-8)
      #expect(fits.outcomes[0].epochsRun == steps)
    }
  }

  @Test func `a step from zero is the learning rate times the gradient there`() {
    let problem = PlainProblem.sample(rows: 20, features: 3, lambda: 5)
    let fits = gradientDescent(
      problem.rotated(), settings: [DescentSettings(lambda: 5, learningRate: 0.01)],
      rule: StoppingRule(epochs: 1))
    let gradient = problem.gradient(problem.zero).vector
    #expect(relativeDistance(fits.fit().vector, gradient.map { -0.01 * $0 }) < 1e-14)
  }

  /// w_t = Σ [1 − (1 − η(μ + λ))ᵗ] μ/(μ + λ) q qᵀw*, and μ w* = qᵀc: Goodfellow et al., section 7.8.
  @Test(arguments: [1, 5, 60])
  func `the iterate is the closed formula over the eigenvectors`(steps: Int) {
    let problem = PlainProblem.sample(rows: 25, features: 4, lambda: 0.2).standardized()
    let (values, vectors) = PlainLinearAlgebra.eigensystem(of: problem.gram())
    let mean = problem.target.reduce(0, +) / 25
    let cross = (0..<4).map { j in
      zip(problem.rows, problem.target).reduce(0) { $0 + $1.0[j] * ($1.1 - mean) } / 25
    }
    let eta = 0.15
    var expected = [Double](repeating: 0, count: 4)
    for (value, vector) in zip(values, vectors) {
      var remaining = 1.0
      for _ in 0..<steps { remaining *= 1 - eta * (value + 0.2) }
      let part = (1 - remaining) / (value + 0.2) * PlainLinearAlgebra.dot(vector, cross)
      for j in 0..<4 { expected[j] += part * vector[j] }
    }
    let fits = gradientDescent(
      problem.rotated(), settings: [DescentSettings(lambda: 0.2, learningRate: eta)],
      rule: StoppingRule(epochs: steps))
    #expect(relativeDistance(fits.fit().weights, expected) < 1e-12)
  }

  @Test func `it converges just below two over the largest eigenvalue and diverges just above`() {
    // Without an intercept, whose own eigenvalue is one, to leave the formula alone.
    let problem = PlainProblem.sample(rows: 40, features: 4, hasIntercept: false)
    let rotated = problem.rotated()
    let largest = PlainLinearAlgebra.eigensystem(of: problem.gram()).values[3]
    let lambda = 0.3
    let limit = 2 / (largest + lambda)
    let fits = gradientDescent(
      rotated,
      settings: [0.99, 1.01].map { DescentSettings(lambda: lambda, learningRate: $0 * limit) },
      rule: StoppingRule(epochs: 1600))
    #expect(fits.outcomes.map(\.status) == [.ok, .diverged])
    let expected = problem.with(lambda: lambda).closedForm()
    #expect(relativeDistance(fits.fit(0).vector, expected.vector) < 1e-10)
    #expect(fits.outcomes[1].message?.contains("lower eta") == true)
    #expect(fits.outcomes[1].gradientNorm == nil)
    // The objective grows by 1.02² an epoch: past 1e12 after about 700.
    #expect((500..<1500).contains(fits.outcomes[1].epochsRun ?? 0))
  }

  @Test(arguments: [(1.99, FitStatus.ok), (2.01, .diverged)])
  func `a descent that ends above its start has diverged, however few its epochs`(
    factor: Double, status: FitStatus
  ) {
    let problem = PlainProblem.sample(rows: 40, features: 1, hasIntercept: false)
    let curvature = problem.rows.reduce(0) { $0 + $1[0] * $1[0] } / 40
    let fits = gradientDescent(
      problem.rotated(),
      settings: [DescentSettings(lambda: 0, learningRate: factor / curvature)],
      rule: StoppingRule(epochs: 2))
    // One eigenvalue: each epoch multiplies the distance to the optimum by 1 − factor.
    #expect(fits.outcomes[0].status == status)
    let logistic = PlainProblem.sample(.logistic, rows: 40, features: 3)
    let steps = rowGradientDescent(
      loss: .logistic, rows: logistic.scaledRows(), hasIntercept: true,
      settings: [0.1, 1e4].map { DescentSettings(lambda: 0, learningRate: $0) },
      rule: StoppingRule(epochs: 1))
    #expect(steps.outcomes.map(\.status) == [.ok, .diverged])
  }

  @Test(arguments: schedules, [0, 1, 9, 300])
  func `degrees of freedom are those of the iterate`(
    schedule: LearningRateSchedule, epochs: Int
  ) throws {
    let problem = PlainProblem.sample(rows: 25, features: 4, lambda: 0.2).standardized()
    let (eta, lambda) = (0.15, 0.2)
    var expected = 0.0
    for value in PlainLinearAlgebra.eigensystem(of: problem.gram()).values {
      var remaining = 1.0
      for t in 0..<epochs {
        remaining *= 1 - schedule.learningRate(eta, epoch: t) * (value + lambda)
      }
      expected += (1 - remaining) * value / (value + lambda)
    }
    let fits = gradientDescent(
      problem.rotated(),
      settings: [DescentSettings(lambda: lambda, learningRate: eta, schedule: schedule)],
      rule: StoppingRule(epochs: epochs))
    let found = try #require(fits.outcomes[0].effectiveDegreesOfFreedom)
    #expect(relativeDistance(found, expected) < 1e-12)
  }

  @Test func `a step so small that it hardly learns keeps its digits of freedom`() throws {
    let problem = PlainProblem.sample(rows: 25, features: 3).standardized()
    let fits = gradientDescent(
      problem.rotated(), settings: [DescentSettings(lambda: 0, learningRate: 1e-14)],
      rule: StoppingRule(epochs: 3))
    // 3·η·Σ μ but for terms of 1e-14; standardised columns have the trace 3.
    let found = try #require(fits.outcomes[0].effectiveDegreesOfFreedom)
    #expect(relativeDistance(found, 3 * 1e-14 * 3) < 1e-12)
  }

  @Test func `a tolerance stops at the first epoch that meets it`() throws {
    let problem = PlainProblem.sample(rows: 30, features: 4, lambda: 0.1)
    func norm(_ epochs: Int) -> Double {
      PlainLinearAlgebra.norm(
        problem.gradient(problem.gradientDescent(epochs: epochs) { _ in 0.2 }).vector)
    }
    let fits = gradientDescent(
      problem.rotated(), settings: [DescentSettings(lambda: 0.1, learningRate: 0.2)],
      rule: StoppingRule(epochs: 5000, tolerance: 1e-4))
    let epochs = try #require(fits.outcomes[0].epochsRun)
    #expect(fits.outcomes[0].status == .ok)
    #expect(norm(epochs) <= 1e-4 && norm(epochs - 1) > 1e-4)
    let reported = try #require(fits.outcomes[0].gradientNorm)
    #expect(relativeDistance(reported, norm(epochs)) < 1e-8)
  }

  @Test func `a tolerance that is not met is said so, with the result kept`() {
    let problem = PlainProblem.sample(rows: 30, features: 4, lambda: 0.1)
    let fits = gradientDescent(
      problem.rotated(), settings: [DescentSettings(lambda: 0.1, learningRate: 0.01)],
      rule: StoppingRule(epochs: 10, tolerance: 1e-9))
    #expect(fits.outcomes[0].status == .notConverged)
    #expect(fits.outcomes[0].hasResult)
    #expect(fits.outcomes[0].message?.contains("after 10 epochs") == true)
    let expected = problem.gradientDescent(epochs: 10) { _ in 0.01 }
    #expect(relativeDistance(fits.fit().vector, expected.vector) < 1e-12)
  }

  @Test func `the observer sees each epoch up to a hundred and then ever fewer`() {
    let problem = PlainProblem.sample(rows: 10, features: 2)
    var epochs: [Int] = []
    var last: [Double] = []
    let fits = gradientDescent(
      problem.rotated(), settings: [DescentSettings(lambda: 0, learningRate: 0.1)],
      rule: StoppingRule(epochs: 1234)
    ) { epoch, fits, recorded in
      #expect(recorded == [true])
      epochs.append(epoch)
      last = fits.fit().vector
    }
    #expect(Array(epochs.prefix(102)) == Array(1...100) + [105, 110])
    #expect(epochs.last == 1234)
    #expect(epochs.count < 170)
    #expect(last == fits.fit().vector)
  }
}
