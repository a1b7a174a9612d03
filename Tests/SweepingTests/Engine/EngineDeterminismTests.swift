import Foundation
import Sweeping
import TestSupport
import Testing

/// Promise 1: the same bytes for any number of workers, any shards and any history.
struct EngineDeterminismTests {
  /// Every solver of a loss, several cohorts each, on two folds twice and a test set: dozens of
  /// tasks of several milliseconds, so that workers overlap and end in any order.
  private static let squared = """
    {"data": {"csv": "diabetes.csv", "target": "progression",
              "features": ["bmi", "bp", "s5"]},
     "split": {"k_fold": 2, "repeats": 2, "test": 0.1},
     "grid": [
       {"solver": ["normal", "min_norm"], "degree": [1, 2],
        "lambda": {"logspace": [1e-3, 10], "count": 17}},
       {"solver": "gd", "eta": [0.01, 0.1, 3], "epochs": 20, "lambda": [0, 1]},
       {"solver": "projected_gd", "eta": 0.1, "epochs": 20, "radius": [1, 30]},
       {"solver": "sgd", "eta": [0.001, 0.02], "batch_size": [1, 7, 100], "epochs": 2,
        "train_size": [30, 70], "lambda": [0.01, 1], "schedule": {"inverse_time": 0.1}}],
     "metrics": ["mse", "mae", "r2"],
     "outputs": ["coefficients", "history", "predictions"], "seed": 3}
    """

  private static let logistic = """
    {"data": {"csv": "breast-cancer.csv", "target": "benign",
              "features": ["radius_mean", "texture_mean", "area_mean"]},
     "split": {"k_fold": 2}, "model": {"loss": "logistic"},
     "grid": [
       {"solver": "newton", "lambda": [1e-3, 0.1]},
       {"solver": "gd", "eta": 0.3, "epochs": 5, "lambda": [1e-3, 0.1]},
       {"solver": "sgd", "eta": 0.05, "batch_size": [1, 16], "epochs": 2, "lambda": [1e-3, 0.1]}],
     "metrics": ["log_loss", "error_rate", "auc"],
     "outputs": ["coefficients", "history", "predictions"]}
    """

  /// A scratch folder with the first 200 rows of both data sets.
  private func fixture() throws -> SweepFixture {
    let fixture = try SweepFixture()
    for name in ["diabetes.csv", "breast-cancer.csv"] {
      let text = try String(contentsOfFile: SweepFixture.shipped(name), encoding: .utf8)
      let lines = text.split(separator: "\n").prefix(201)
      try fixture.folder.write(lines.joined(separator: "\n"), to: name)
    }
    return fixture
  }

  @Test(arguments: [squared, logistic])
  func `the tables are the same bytes for any number of workers`(spec: String) throws {
    let fixture = try fixture()
    try fixture.run(spec, into: "1", workers: 1)
    let expected = try fixture.tables("1")
    #expect(
      expected.keys.sorted() == [
        "best.json", "coefficients.csv", "curve.csv", "history.csv", "jobs.csv", "predictions.csv",
      ])
    for workers in [2, 3, 16] {
      try fixture.run(spec, into: "\(workers)", workers: workers)
      #expect(try fixture.tables("\(workers)") == expected)
    }
  }

  @Test func `a run in memory has the curve of one on disk`() throws {
    let fixture = try fixture()
    let inMemory = try fixture.run(Self.logistic, into: nil)
    let onDisk = try fixture.run(Self.logistic)
    let curve = try #require(inMemory).curve
    #expect(try curve == #require(onDisk).curve)
    #expect(try fixture.folder.names == ["breast-cancer.csv", "diabetes.csv", "out"])
  }

  /// Promise 2: a job's numbers do not depend on the other jobs of the grid.
  @Test func `a point alone has the numbers that it has in a crowd`() throws {
    let fixture = try SweepFixture()
    func spec(_ grid: String) -> String {
      """
      {"data": {"csv": "\(SweepFixture.shipped("diabetes.csv"))", "target": "progression",
                "features": ["bmi", "bp", "s5"]},
       "split": {"k_fold": 4}, "metrics": ["mse", "r2"], "grid": \(grid)}
      """
    }
    try fixture.run(
      spec(
        """
        [{"solver": "sgd", "eta": [9, 0.001], "epochs": 2, "batch_size": 4,
          "lambda": {"logspace": [1e-3, 10], "count": 20}},
         {"solver": ["normal", "min_norm"], "lambda": {"logspace": [1e-3, 10], "count": 20}},
         {"solver": "gd", "eta": 0.1, "epochs": 30, "lambda": [5, 10], "train_size": [100, 0.5]}]
        """), into: "crowd")
    let crowd = try fixture.table("jobs", of: "crowd")
    #expect(Set(crowd.cells("status")) == ["ok", "diverged"])
    let points = [
      ("sgd", "\"eta\": 0.001, \"epochs\": 2, \"batch_size\": 4", ["eta": "0.001"]),
      ("normal", "\"degree\": 1", [:]), ("min_norm", "\"degree\": 1", [:]),
      ("gd", "\"eta\": 0.1, \"epochs\": 30, \"train_size\": 0.5", ["train_size": "0.5"]),
    ]
    for (solver, axes, cells) in points {
      try fixture.run(spec("{\"solver\": \"\(solver)\", \(axes), \"lambda\": 10}"), into: solver)
      let alone = try fixture.table("jobs", of: solver).rows
      let same = crowd.filtered(
        cells.merging(["solver": solver, "lambda": "10"]) { own, _ in own }
      ).rows
      #expect(alone.count == 4)
      func withoutPoint(_ rows: [[String: String]]) -> [[String: String]] {
        rows.map { row in row.filter { $0.key != "point" } }
      }
      #expect(withoutPoint(alone) == withoutPoint(same))
    }
  }
}
