import LinearModels
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
      loss: .squared, rows: problem.scaledRows(standardize: .sample), hasIntercept: true,
      settings: settings, rule: rule)
    let rotated = gradientDescent(
      problem.rotated(standardize: .sample), settings: settings, rule: rule)
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

  @Test func `a learning rate beyond all bounds diverges`() {
    let problem = PlainProblem.sample(.logistic, rows: 30, features: 3)
    let fits = rowGradientDescent(
      loss: .logistic, rows: problem.scaledRows(), hasIntercept: true,
      settings: [DescentSettings(lambda: 10, learningRate: 1)], rule: StoppingRule(epochs: 100))
    #expect(fits.outcomes[0].status == .diverged)
  }
}
