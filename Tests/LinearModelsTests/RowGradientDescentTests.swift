import LinearModels
import Numerics
import TestSupport
import Testing

struct RowGradientDescentTests {
  @Test(arguments: [PlainProblem.Loss.squared, .logistic], [true, false])
  func `every iterate is that of the textbook's loop`(
    loss: PlainProblem.Loss, hasIntercept: Bool
  ) {
    let problem = PlainProblem.sample(
      loss, rows: 70, features: 5, lambda: 0.05, hasIntercept: hasIntercept)
    let schedule = LearningRateSchedule.inverseTime(0.1)
    for steps in [1, 7, 100] {
      let expected = problem.gradientDescent(epochs: steps) {
        schedule.learningRate(0.1, epoch: $0)
      }
      let fits = rowGradientDescent(
        loss: problem.libraryLoss, rows: problem.scaledRows(), hasIntercept: hasIntercept,
        settings: [DescentSettings(lambda: 0.05, learningRate: 0.1, schedule: schedule)],
        rule: StoppingRule(epochs: steps))
      #expect(relativeDistance(fits.fit().vector, expected.vector) < 1e-12)
    }
  }

  @Test func `on the squared loss it agrees with the rotated solver`() {
    let problem = PlainProblem.sample(rows: 70, features: 5)
    let settings = [0.01, 0.5].map { DescentSettings(lambda: $0, learningRate: 0.1) }
    let rule = StoppingRule(epochs: 40)
    let onRows = rowGradientDescent(
      loss: .squared, rows: problem.scaledRows(standardize: .sample(unit: 1)), hasIntercept: true,
      settings: settings, rule: rule)
    let rotated = gradientDescent(
      problem.rotated(standardize: .sample(unit: 1)), settings: settings, rule: rule)
    for lane in 0..<2 {
      #expect(relativeDistance(onRows.fit(lane).vector, rotated.fit(lane).vector) < 1e-12)
    }
  }

  @Test func `standardised rows are scaled as they are read`() {
    let problem = PlainProblem.sample(.logistic, rows: 70, features: 4, lambda: 0.1)
    let expected = problem.standardized().gradientDescent(epochs: 20) { _ in 0.5 }
    let fits = rowGradientDescent(
      loss: .logistic, rows: problem.scaledRows(standardize: .population), hasIntercept: true,
      settings: [DescentSettings(lambda: 0.1, learningRate: 0.5)], rule: StoppingRule(epochs: 20))
    #expect(relativeDistance(fits.fit().vector, expected.vector) < 1e-12)
  }

  @Test func `a constant feature becomes zero`() {
    var problem = PlainProblem.sample(.logistic, rows: 30, features: 3)
    for i in problem.rows.indices { problem.rows[i][1] = 0.1 }
    let (scaling, constant) = FeatureScaling.fitted(
      to: problem.matrix, rows: problem.allRows, divisor: .population)
    #expect(constant == [1])
    #expect(scaling.factors[1] == 0)
  }

  /// The mean of 2⁴² + 0, ¼, … is no double, and squares of 1e±160 are out of range.
  @Test(arguments: [1, 1e-160, 1e160])
  func `means have a rest and deviations any scale`(scale: Double) {
    let values = (0..<30).map { Double($0 * $0 % 7) / 4 }
    let matrix = Matrix(rows: values.map { [0x1p42 + $0, $0 * scale] })
    let (scaling, constant) = FeatureScaling.fitted(
      to: matrix, rows: (0..<30).map { $0 }, divisor: .population)
    #expect(constant.isEmpty)
    let mean = values.reduce(0, +) / 30
    #expect(abs((scaling.offsets[0] - 0x1p42) + scaling.offsetRests[0] - mean) < 1e-15)
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 30).squareRoot()
    #expect(relativeDistance(scaling.factors[0], 1 / deviation) < 1e-15)
    #expect(relativeDistance(scaling.factors[1] * scale, 1 / deviation) < 1e-15)
  }

  @Test func `a learning rate beyond all bounds diverges`() {
    let problem = PlainProblem.sample(.logistic, rows: 30, features: 3)
    let fits = rowGradientDescent(
      loss: .logistic, rows: problem.scaledRows(), hasIntercept: true,
      settings: [DescentSettings(lambda: 10, learningRate: 1)], rule: StoppingRule(epochs: 100))
    #expect(fits.outcomes[0].status == .diverged)
  }
}
