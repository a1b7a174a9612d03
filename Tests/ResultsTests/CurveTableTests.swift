import Results
import TestSupport
import Testing

@Suite struct CurveTableTests {
  @Test func `reads points, hyperparameters, means, errors and marks`() throws {
    let table = try ridgeTable()
    let point = try #require(table.points.first { $0.selectedBy.contains("min") })
    #expect(table.points.count == 17)
    #expect(table.metrics == ["mse"])
    #expect(point.setting[.solver] == .word("normal"))
    #expect(point.setting[.learningRate] == nil)
    #expect(point.selectedBy == ["min", "one_standard_error"])
    #expect(point.estimates[Measure(.validation, "mse")]?.standardError == 120)
    #expect(point.folds == 5)
  }

  @Test func `an axis is a number whatever its spelling`() throws {
    let plain = try ridgeTable(ridgeCSV(lambdas: [0.001, 1]))
    let other = try ridgeTable(
      ridgeCSV(lambdas: [0.001, 1]).replacing("0.001,0.001", with: "1e-3,1e-3"))
    #expect(plain.points.map(\.setting) == other.points.map(\.setting))
  }

  @Test func `train_size is an axis, not a metric`() throws {
    let table = try ridgeTable()
    #expect(table.measures == [Measure(.train, "mse"), Measure(.validation, "mse")])
  }

  @Test func `a diverged point has no numbers`() throws {
    let table = try ridgeTable(ridgeCSV(diverged: [2]))
    #expect(table.points[2].status == "diverged")
    #expect(table.points[2].estimates.isEmpty)
  }

  @Test(arguments: [
    ("", "t.csv:1: the file is empty, a header row is needed"),
    ("point,solver,status,validation_mse\n", "t.csv: no rows below the header"),
    ("solver,status,validation_mse\na,ok,1\n", "t.csv:1: no column 'point'"),
    ("point,solver,validation_mse\n0,a,1\n", "t.csv:1: no column 'status'"),
    ("point,solver,status\n0,a,ok\n", "t.csv:1: no column 'validation_…'"),
    (
      "point,solver,status,validation_mse\n0,a,ok,much\n",
      "t.csv:2: validation_mse: found 'much', expected a number"
    ),
    (
      "point,solver,status,validation_mse\n0,a,ok,nan\n",
      "t.csv:2: validation_mse: found 'nan', expected a number"
    ),
    (
      "point,solver,status,validation_mse\n-1,a,ok,1\n",
      "t.csv:2: point: found '-1', expected a whole number"
    ),
    (
      "point,solver,lambda,status,validation_mse\n0,a,1,ok,1\n1,a,1.0,ok,1\n",
      "t.csv:3: a second row for a, λ 1"
    ),
  ])
  func `says what is wrong and where`(text: String, message: String) {
    let error = #expect(throws: ResultError.self) {
      try CurveTable(csv: Array(text.utf8), path: "t.csv")
    }
    #expect(error?.description == message)
  }
}
