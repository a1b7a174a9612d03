import Foundation
import Sweeping
import Tables
import TestSupport
import Testing

/// What the lectures teach, seen in the tables; and the mistakes that published code has made.
struct ResultsLessonTests {
  private static let diabetes = """
    "data": {"csv": "\(SweepFixture.shipped("diabetes.csv"))", "target": "progression"}
    """

  private func run(_ members: String, data: String = diabetes) throws -> SweepFixture {
    let fixture = try SweepFixture()
    try fixture.run("{\(data), \(members)}")
    return fixture
  }

  /// Quadratic features here, cubic ones in the shipped experiment: the same U, less work.
  @Test func `validation error is a U in lambda while training error only rises`() throws {
    let fixture = try run(
      """
      "features": {"polynomial": 2}, "split": {"k_fold": 5, "shuffle": false},
      "grid": {"solver": "normal", "lambda": {"logspace": [1e-6, 1e3], "count": 10}}
      """)
    let curve = try fixture.table("curve")
    let train = curve.numbers("train_mse")
    #expect(zip(train, train.dropFirst()).allSatisfy { $0 < $1 })
    let validation = curve.numbers("validation_mse")
    let best = try #require(validation.indices.min { validation[$0] < validation[$1] })
    #expect(validation[0] > validation[best] && validation[9] > 1.5 * validation[best])
    for (index, next) in zip(validation.indices, validation.indices.dropFirst()) {
      #expect((validation[index] > validation[next]) == (index < best))
    }
    #expect(curve.cells("selected")[best].hasPrefix("min"))
    let norms = curve.numbers("weight_norm")
    #expect(zip(norms, norms.dropFirst()).allSatisfy { $0 > $1 })
    let degrees = curve.numbers("effective_df")
    #expect(zip(degrees, degrees.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test func `the simpler model within one standard error is named beside the best`() throws {
    let fixture = try run(
      """
      "split": {"k_fold": 5, "shuffle": false},
      "grid": {"solver": "normal", "lambda": {"logspace": [1e-3, 100], "count": 16}},
      "select": {"rule": "one_standard_error"}
      """)
    let curve = try fixture.table("curve")
    let selected = curve.cells("selected")
    let best = try #require(selected.firstIndex(of: "min"))
    let simple = try #require(selected.firstIndex(of: "one_standard_error"))
    #expect(selected.count { !$0.isEmpty } == 2 && simple > best)
    let (means, errors) = (
      curve.numbers("validation_mse"), curve.numbers("validation_mse_se")
    )
    let bound = means[best] + errors[best]
    #expect(means[simple] <= bound && means[simple + 1] > bound)
    #expect(try fixture.json("best")["selected"]?["point"]?.number == Double(simple))
  }

  @Test(arguments: [
    ("[0.1, 1, 10]", ["lambda"]), ("[1e-3, 0.1, 10]", []), ("[0.1]", []),
    ("[1e-3, 1e-2]", ["lambda"]),
  ])
  func `a best value at the end of its axis is named`(lambdas: String, axes: [String]) throws {
    let fixture = try run(
      """
      "features": {"polynomial": 2}, "split": {"k_fold": 5, "shuffle": false},
      "grid": {"solver": "normal", "lambda": \(lambdas)}
      """)
    let selected = try fixture.json("best")["selected"]
    #expect(selected?["at_grid_edge"]?.elements?.map(\.string) == axes)
  }

  @Test func `what diverged has no numbers and never wins`() throws {
    let fixture = try run(
      """
      "split": {"k_fold": 3}, "grid": {"solver": "gd", "eta": [50, 0.1, 10], "lambda": 0.1,
                                       "epochs": 60}, "metrics": ["mse", "r2"]
      """)
    let curve = try fixture.table("curve")
    #expect(curve.cells("status") == ["diverged", "ok", "diverged"])
    #expect(curve.cells("selected") == ["", "min one_standard_error", ""])
    for column in ["train_mse", "validation_mse", "validation_r2_se", "weight_norm"] {
      #expect(curve.cells(column).map(\.isEmpty) == [true, false, true])
    }
    let jobs = try fixture.table("jobs").filtered(["status": "diverged"])
    #expect(jobs.rows.count == 6)
    #expect(jobs.cells("objective").allSatisfy { $0.isEmpty })
    #expect(jobs.cells("message").allSatisfy { $0.contains("lower eta") })
  }

  @Test func `what has not converged is measured but never wins`() throws {
    let fixture = try run(
      """
      "split": {"k_fold": 3}, "training": {"tolerance": 1e-3},
      "grid": [{"solver": "gd", "eta": 0.1, "lambda": [0.1, 3], "epochs": 150}]
      """)
    let curve = try fixture.table("curve")
    // λ = 0.1 would be the better fit, but stands at its 150th epoch.
    #expect(curve.cells("status") == ["not_converged", "ok"])
    let validation = curve.numbers("validation_mse")
    #expect(validation[0] < validation[1])
    #expect(curve.cells("selected") == ["", "min one_standard_error"])
  }

  @Test func `a run in which nothing is ok has failed, and still writes its tables`() throws {
    let fixture = try SweepFixture()
    let outcome = try fixture.run(
      """
      {\(Self.diabetes), "split": {"k_fold": 3},
       "grid": {"solver": "gd", "eta": 50, "lambda": 0.1}}
      """)
    #expect(try #require(outcome).hasFailed)
    #expect(try fixture.table("curve").cells("status") == ["diverged"])
  }

  @Test func `fewer rows than features: no normal equations, a minimum norm, a cure by lambda`()
    throws
  {
    let fixture = try run(
      """
      "features": {"polynomial": 2}, "split": {"k_fold": 3},
      "grid": {"solver": ["normal", "min_norm"], "train_size": 30, "lambda": [0, 0.1]},
      "metrics": ["mse"]
      """)
    let curve = try fixture.table("curve")
    #expect(curve.cells("status") == ["singular", "ok", "ok", "ok"])
    #expect(curve.numbers("effective_df")[2] == 29)
    // The minimum norm interpolates its 30 rows.
    #expect(curve.numbers("train_mse")[2] < 1e-15)
    let validation = curve.numbers("validation_mse")
    #expect(validation[1] < validation[2])
    #expect(relativeDistance(validation[3], validation[1]) < 1e-9)
    let jobs = try fixture.table("jobs").filtered(["status": "singular"])
    #expect(jobs.cells("message").allSatisfy { $0.contains("min_norm") })
  }

  @Test func `a ball of the penalised norm gives back the error and the lambda`() throws {
    let penalised = try run(
      #""split": {"holdout": 0.25}, "grid": {"solver": "normal", "lambda": 0.3}"#)
    let expected = try penalised.table("curve")
    let radius = try #require(expected.cells("weight_norm").first)
    let ball = try run(
      """
      "split": {"holdout": 0.25},
      "grid": {"solver": "projected_gd", "radius": \(radius), "eta": 0.2, "epochs": 1500}
      """)
    let jobs = try ball.table("jobs")
    #expect(relativeDistance(jobs.numbers("multiplier"), [0.3]) < 1e-5)
    #expect(
      relativeDistance(jobs.numbers("validation_mse"), expected.numbers("validation_mse")) < 1e-5)
  }

  @Test func `a larger-is-better metric selects its largest mean`() throws {
    let fixture = try run(
      """
      "split": {"k_fold": 5, "shuffle": false}, "metrics": ["mse", "r2"],
      "grid": {"solver": "normal", "lambda": [0.001, 0.1, 10]}, "select": {"metric": "r2"}
      """)
    let curve = try fixture.table("curve")
    let means = curve.numbers("validation_r2")
    let best = try #require(means.indices.max { means[$0] < means[$1] })
    #expect(curve.cells("selected")[best].hasPrefix("min"))
  }

  @Test func `the test rows are measured and never trained or selected on`() throws {
    let members = """
      "split": {"k_fold": 4, "shuffle": false, "test": 0.2},
      "grid": {"solver": "normal", "lambda": [0.01, 1]}
      """
    let fixture = try run(members)
    let text = try fixture.folder.text(of: "out/curve.csv")
    #expect(text.contains("train_mse_se,validation_mse,validation_mse_se,test_mse,test_mse_se"))
    // The last 89 rows changed: only the test columns move.
    let path = SweepFixture.shipped("diabetes.csv")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let table = try CSVTable(Array(bytes), path: path)
    var lines = [table.header.joined(separator: ",")]
    for (index, row) in table.rows.enumerated() {
      var cells = row.cells
      if index >= 442 - 89 { cells[10] = "0" }
      lines.append(cells.joined(separator: ","))
    }
    let changed = try SweepFixture()
    try changed.folder.write(lines.joined(separator: "\n"), to: "d.csv")
    try changed.run("{\"data\": {\"csv\": \"d.csv\", \"target\": \"progression\"}, \(members)}")
    let (before, after) = (try fixture.table("curve"), try changed.table("curve"))
    for column in ["train_mse", "validation_mse", "weight_norm", "selected"] {
      #expect(before.cells(column) == after.cells(column))
    }
    #expect(before.cells("test_mse") != after.cells("test_mse"))
  }
}
