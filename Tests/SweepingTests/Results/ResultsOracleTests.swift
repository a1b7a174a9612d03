import Foundation
import Tables
import TestSupport
import Testing

/// The tables of a sweep over real data against closed forms by Gaussian elimination.
struct ResultsOracleTests {
  private let fixture: SweepFixture
  private let folds: PlainFolds

  init() throws {
    fixture = try SweepFixture()
    let text = try Data(contentsOf: URL(fileURLWithPath: SweepFixture.shipped("diabetes.csv")))
    let rows = try CSVTable(Array(text), path: "diabetes.csv").rows.map { row in
      row.cells.map { Double($0) ?? .nan }
    }
    folds = PlainFolds(
      rows: rows.map { Array($0.dropLast()) }, target: rows.map { $0[$0.count - 1] }, count: 5)
  }

  private func spec(_ members: String) -> String {
    """
    {"data": {"csv": "\(SweepFixture.shipped("diabetes.csv"))", "target": "progression"},
     "split": {"k_fold": 5, "shuffle": false}, \(members)}
    """
  }

  @Test(arguments: ["mean", "sum", "sum_unhalved"])
  func `errors, norms and their spread are those of the closed form`(scale: String) throws {
    let lambdas = scale == "mean" ? [1e-4, 0.1, 10] : [0.01, 30, 5000]
    try fixture.run(
      spec(
        """
        "model": {"lambda_scale": "\(scale)"}, "metrics": ["mse", "rmse"],
        "grid": {"solver": ["normal", "min_norm"], "lambda": \(lambdas)}
        """))
    let curve = try fixture.table("curve")
    let jobs = try fixture.table("jobs")
    #expect(curve.rows.count == 6 && jobs.rows.count == 30)
    for point in 0..<6 {
      let written = lambdas[point % 3]
      func lambda(_ rowCount: Int) -> Double {
        let n = Double(rowCount)
        return scale == "mean" ? written : (scale == "sum" ? 1 : 2) * written / n
      }
      let expected = folds.outcomes(lambda: lambda)
      let own = jobs.filtered(["point": "\(point)"])
      // The bound of the issue; both sides lose about 1e-12 to a condition number of 1e3.
      #expect(relativeDistance(own.numbers("train_mse"), expected.map(\.train)) < 1e-9)
      #expect(relativeDistance(own.numbers("validation_mse"), expected.map(\.validation)) < 1e-9)
      #expect(relativeDistance(own.numbers("weight_norm"), expected.map(\.weightNorm)) < 1e-9)
      #expect(
        relativeDistance(own.numbers("lambda_mean"), expected.map { lambda($0.rowCount) }) < 1e-15)
      let row = curve.filtered(["point": "\(point)"])
      for (column, values) in [
        ("train_mse", expected.map(\.train)), ("validation_mse", expected.map(\.validation)),
        ("validation_rmse", expected.map { $0.validation.squareRoot() }),
      ] {
        let found = row.numbers(column) + row.numbers(column + "_se")
        #expect(relativeDistance(found, meanAndError(values)) < 1e-9)
      }
    }
  }

  @Test func `each cell of a job agrees with the others`() throws {
    try fixture.run(
      spec(
        """
        "metrics": ["mse", "half_mse", "rmse", "r2"], "outputs": ["coefficients"],
        "grid": [{"solver": ["normal", "gd"], "eta": 0.1, "epochs": 50, "lambda": [0.1, 3]},
                 {"solver": "sgd", "eta": 0.001, "batch_size": 16, "epochs": 1, "lambda": 3}]
        """))
    for row in try fixture.table("jobs").rows {
      func number(_ column: String) -> Double { Double(row[column] ?? "") ?? .nan }
      let norm = number("weight_norm")
      let objective = number("train_mse") / 2 + number("lambda_mean") / 2 * norm * norm
      #expect(relativeDistance(number("objective"), objective) < 1e-14)
      #expect(number("validation_half_mse") == number("validation_mse") / 2)
      #expect(number("validation_rmse") == number("validation_mse").squareRoot())
      let fold = folds.folds[Int(number("fold"))]
      let targets = Array(folds.target[fold])
      let spread = meanAndError(targets)[1]
      let variance = spread * spread * Double(targets.count - 1)
      #expect(
        relativeDistance(number("validation_r2"), 1 - number("validation_mse") / variance) < 1e-12)
      let standardized = try fixture.table("coefficients").filtered([
        "point": row["point"] ?? "", "fold": row["fold"] ?? "",
      ])
      #expect(standardized.cells("feature").first == "(intercept)")
      let weights = Array(standardized.numbers("standardized_coefficient").dropFirst())
      #expect(relativeDistance(PlainLinearAlgebra.norm(weights), norm) < 1e-14)
    }
  }

  @Test func `coefficients on the data's scale make the predictions, and these the error`() throws {
    try fixture.run(
      spec(
        """
        "metrics": ["mse"], "outputs": ["coefficients", "predictions"],
        "grid": {"solver": "normal", "lambda": [0.1]}
        """))
    let predictions = try fixture.table("predictions")
    #expect(predictions.rows.count == 442)
    for fold in 0..<5 {
      let own = predictions.filtered(["fold": "\(fold)"])
      let coefficients = try fixture.table("coefficients").filtered(["fold": "\(fold)"])
        .numbers("coefficient")
      let (rows, targets) = (own.numbers("row").map { Int($0) }, own.numbers("target"))
      #expect(rows == Array(folds.folds[fold]))
      #expect(targets == rows.map { folds.target[$0] })
      let expected = rows.map { row in
        coefficients[0]
          + PlainLinearAlgebra.dot(Array(coefficients.dropFirst()), folds.rows[row])
      }
      let found = own.numbers("prediction")
      #expect(relativeDistance(found, expected) < 1e-13)
      let error = zip(targets, found).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let reported = try fixture.table("jobs").filtered(["fold": "\(fold)"])
        .numbers("validation_mse")
      #expect(relativeDistance(reported, [error / Double(rows.count)]) < 1e-11)
    }
  }

  @Test func `the winner is refitted on all rows`() throws {
    try fixture.run(
      spec(#""grid": {"solver": "normal", "lambda": [0.01, 0.1, 10]}"#))
    let best = try #require(try fixture.json("best")["selected"])
    #expect(best["hyperparameters"]?["lambda"]?.number == 0.01)
    let problem = PlainProblem(
      loss: .squared, rows: folds.rows, target: folds.target, lambda: 0.01)
    let fit = problem.standardized().closedForm()
    let found = try #require(best["standardized_coefficients"]?.members).map {
      $0.node.number ?? .nan
    }
    #expect(relativeDistance(found, [fit.intercept] + fit.weights) < 1e-10)
    #expect(best["coefficients"]?.members?.map(\.key).prefix(3) == ["(intercept)", "age", "sex"])
  }

  @Test func `the last line of a history is its job`() throws {
    try fixture.run(
      spec(
        """
        "metrics": ["mse"], "outputs": ["history"],
        "grid": {"solver": ["gd", "sgd"], "eta": 0.001, "batch_size": 64, "epochs": 4,
                 "lambda": [0.1]}
        """))
    let jobs = try fixture.table("jobs")
    for row in jobs.rows {
      let history = try fixture.table("history").filtered([
        "point": row["point"] ?? "", "fold": row["fold"] ?? "",
      ])
      #expect(history.cells("epoch") == ["1", "2", "3", "4"])
      for column in ["objective", "train_mse", "validation_mse", "weight_norm"] {
        let last = try #require(history.numbers(column).last)
        #expect(relativeDistance(last, Double(row[column] ?? "") ?? .nan) < 1e-10)
      }
    }
  }
}
