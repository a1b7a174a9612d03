import Charts
import Foundation
import Sweeping
import Synchronization
import Tables
import TestSupport
import Testing

/// What cannot be fitted, measured or chosen, and how that is said.
struct ResultsOutcomeTests {
  /// Runs a spec on a file `d.csv` and keeps what is said.
  private func run(
    _ csv: String, _ spec: String
  ) throws -> (fixture: SweepFixture, outcome: SweepOutcome, messages: [String]) {
    let fixture = try SweepFixture()
    try fixture.folder.write(csv, to: "d.csv")
    let messages = Mutex<[String]>([])
    let request = RunRequest(
      spec: try fixture.spec("{\"data\": {\"csv\": \"d.csv\", \"target\": \"y\"}, \(spec)}"),
      output: fixture.path("out"), workers: 2)
    let run = try SweepRun(request) { message in messages.withLock { $0.append(message) } }
    let outcome = try #require(try run.perform())
    return (fixture, outcome, messages.withLock { $0 })
  }

  private func table(_ header: String, _ rows: [String]) -> String {
    ([header] + rows).joined(separator: "\n") + "\n"
  }

  /// Twelve rows in three folds; the last fold has all of one class that the others lack.
  private let lopsided: [String] = (0..<12).map { "\($0 % 5),\($0 < 8 ? "no" : "yes"),\($0 / 4)" }

  @Test(arguments: ["newton", "gd", "sgd", "projected_gd"])
  func `no solver fits training rows of one class`(solver: String) throws {
    let (fixture, outcome, _) = try run(
      table("x,y,f", lopsided),
      """
      "split": {"fold_column": "f"}, "model": {"loss": "logistic"}, "outputs": ["coefficients", "history"],
      "grid": {"solver": "\(solver)", "lambda": [0, 0.1], "eta": 0.1, "batch_size": 2, "epochs": 3,
               "radius": [1, 2]}
      """)
    let jobs = try fixture.table("jobs").filtered(["fold": "2"])
    #expect(jobs.rows.count == 2)
    #expect(jobs.cells("status") == ["not_converged", "not_converged"])
    let message = "the training rows hold only class 'no'"
    #expect(jobs.cells("message") == [message, message])
    for column in ["train_log_loss", "validation_log_loss", "objective", "weight_norm"] {
      #expect(jobs.cells(column) == ["", ""])
    }
    // The other folds are as they are; the points cannot win.
    let others = try fixture.table("jobs").rows.filter { $0["fold"] != "2" }
    #expect(others.allSatisfy { $0["message"] != message && $0["train_log_loss"] != "" })
    #expect(outcome.hasFailed)
  }

  @Test
  func `a class of numbers is told by its number, and without an intercept there is an optimum`()
    throws
  {
    let rows = (0..<12).map { "\($0 % 5),\($0 < 8 ? 3 : 7.5),\($0 / 4)" }
    func statuses(_ intercept: Bool) throws -> [[String]] {
      let (fixture, _, _) = try run(
        table("x,y,f", rows),
        """
        "split": {"fold_column": "f"}, "model": {"loss": "logistic", "intercept": \(intercept)},
        "grid": {"solver": "newton", "lambda": 0.1}
        """)
      let jobs = try fixture.table("jobs").filtered(["fold": "2"])
      return [jobs.cells("status"), jobs.cells("message")]
    }
    #expect(try statuses(true) == [["not_converged"], ["the training rows hold only class '3'"]])
    #expect(try statuses(false) == [["ok"], [""]])
  }

  @Test func `a metric without a value is an empty cell, and one line says where and why`() throws {
    let rows = (0..<12).map { "\($0 % 5),\([0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0][$0]),\($0 / 3)" }
    let (fixture, outcome, messages) = try run(
      table("x,y,f", rows),
      """
      "split": {"fold_column": "f"}, "model": {"loss": "logistic"}, "metrics": ["log_loss", "auc"],
      "grid": {"solver": "newton", "lambda": [0.1, 1]}
      """)
    #expect(
      messages == [
        "validation_auc has no value in fold 2 (its rows hold only class '0'), so its mean is empty"
      ])
    let jobs = try fixture.table("jobs")
    #expect(jobs.cells("status").allSatisfy { $0 == "ok" })
    #expect(jobs.filtered(["fold": "2"]).cells("validation_auc") == ["", ""])
    #expect(jobs.filtered(["fold": "1"]).cells("validation_auc").allSatisfy { !$0.isEmpty })
    #expect(try fixture.table("curve").cells("validation_auc") == ["", ""])
    #expect(try fixture.table("curve").cells("train_auc").allSatisfy { !$0.isEmpty })
    #expect(!outcome.hasFailed)
  }

  @Test(arguments: [
    ("r2", "squared", "normal", "its target is 4 in every row"),
    ("auc", "logistic", "newton", "its rows hold only class '4'"),
  ])
  func `a selection metric without any value has failed, and says just that`(
    metric: String, loss: String, solver: String, reason: String
  ) throws {
    let rows = (0..<9).map { "\($0 % 4),\($0 < 6 ? $0 % 2 : 4),\($0 < 6 ? "train" : "validation")" }
      .map { loss == "logistic" ? $0.replacingOccurrences(of: ",1,", with: ",4,") : $0 }
    let (_, outcome, messages) = try run(
      table("x,y,s", rows),
      """
      "split": {"column": "s"}, "model": {"loss": "\(loss)"}, "metrics": ["\(metric)"],
      "grid": {"solver": "\(solver)", "lambda": [0.1, 1]}
      """)
    #expect(
      messages == ["validation_\(metric) has no value in fold 0 (\(reason)), so its mean is empty"])
    #expect(outcome.hasFailed)
    let summary = outcome.summary(
      folder: nil, style: TerminalStyle(isUnicode: false, hasColor: false, width: 80))
    #expect(
      summary.contains(
        "validation_\(metric), which is to be selected by, has no value at any point, so there is no winner"
      ))
    #expect(!summary.contains("ended ok, so there is no winner"))
  }

  @Test func `one row has no r2, and many folds without one take one line`() throws {
    let rows = (0..<30).map { "\($0 % 7),\($0 * $0 % 11),\($0 < 24 ? $0 : 24)" }
    let (_, _, messages) = try run(
      table("x,y,f", rows),
      """
      "split": {"fold_column": "f"}, "metrics": ["mse", "r2"],
      "grid": {"solver": "normal", "lambda": 1}
      """)
    #expect(
      messages == [
        "validation_r2 has no value in fold 0 (it has one row), fold 1 (it has one row), fold 2 (it has "
          + "one row) and 21 other sets, so its mean is empty"
      ])
  }

  @Test func `a constant column is told once for all folds`() throws {
    let rows = (0..<40).map { "\($0 % 7),1,\($0 == 0 ? 5 : 0),\($0 % 11)" }
    let (_, _, messages) = try run(
      table("x,one,rare,y", rows),
      """
      "split": {"leave_one_out": true}, "grid": {"solver": ["normal", "gd"], "eta": 0.1, "lambda": 1}
      """)
    #expect(
      messages == ["constant in the training rows, so set to 0: one (40 folds), rare (1 fold)"])
  }

  @Test(arguments: ["newton", "gd", "sgd"])
  func `a constant column of a logistic model has no weight on its own scale either`(
    solver: String
  ) throws {
    let rows = (0..<40).map { "\($0 % 7),3,\($0 % 3 == 0 ? 1 : 0)" }
    let (fixture, _, _) = try run(
      table("x,three,y", rows),
      """
      "features": {"standardize": "none"}, "model": {"loss": "logistic"}, "split": {"k_fold": 2},
      "outputs": ["coefficients"],
      "grid": {"solver": "\(solver)", "lambda": 0.1, "eta": 0.01, "batch_size": 4, "epochs": 5}
      """)
    let found = try fixture.table("coefficients").filtered(["feature": "three"])
    #expect(found.cells("coefficient") == ["0", "0"])
  }

  @Test func `a batch of more rows than there are is told and acts as all of them`() throws {
    let rows = (0..<15).map { "\($0 % 7),\($0 * $0 % 11)" }
    let (fixture, _, messages) = try run(
      table("x,y", rows),
      """
      "split": {"k_fold": 3}, "grid": {"solver": "sgd", "eta": 0.1, "lambda": 0.1, "epochs": 4,
                                       "batch_size": [2, 10, 64]}
      """)
    #expect(
      messages == [
        "batch_size 64: more than the 10 training rows of a fold, so a batch is all its rows"
      ])
    let curve = try fixture.table("curve")
    #expect(curve.cells("train_mse")[1] == curve.cells("train_mse")[2])
    #expect(curve.cells("batch_size") == ["2", "10", "64"])
    #expect(curve.cells("effective_df") == ["", "", ""])
  }

  @Test func `no rule chooses among training sizes, and they have no edge`() throws {
    // The first rows are like those that are validated on, the others mislead.
    let rows = (0..<60).map { row in
      "\(row % 7),\(row < 6 || row >= 40 ? row % 7 : -(row % 7)),\(row < 40 ? "train" : "validation")"
    }
    let (fixture, _, _) = try run(
      table("x,y,s", rows),
      """
      "split": {"column": "s"},
      "grid": {"solver": "normal", "lambda": [0.01, 1, 100], "train_size": [6, 0.5, 40]}
      """)
    let curve = try fixture.table("curve")
    let best = curve.numbers("validation_mse").min()
    #expect(curve.filtered(["train_size": "40"]).numbers("validation_mse").min() != best)
    let selected = curve.rows.filter { $0["selected"] != "" }
    #expect(!selected.isEmpty && selected.allSatisfy { $0["train_size"] == "40" })
    let edges = try fixture.json("best")["selected"]?["at_grid_edge"]?.elements?.map(\.string)
    #expect(edges?.contains("train_size") == false)
  }

  @Test func `with one fold there is but one rule`() throws {
    let rows = (0..<40).map { "\($0 % 7),\($0 * $0 % 11)" }
    let (fixture, _, _) = try run(
      table("x,y", rows),
      "\"split\": {\"holdout\": 0.25}, \"grid\": {\"solver\": \"normal\", \"lambda\": [0.1, 1]}")
    let selected = try fixture.table("curve").cells("selected").filter { !$0.isEmpty }
    #expect(selected == ["min"])
    let best = try fixture.json("best")
    #expect(best["overall"]?["min"] != nil && best["overall"]?["one_standard_error"] == nil)
  }

  @Test(arguments: ["squared", "logistic"], ["gd", "projected_gd", "sgd"])
  func `the last line of a history is the job's`(loss: String, solver: String) throws {
    let rows = (0..<40).map { "\($0 % 7),\($0 % 5),\(loss == "squared" ? $0 * $0 % 11 : $0 % 2)" }
    let (fixture, _, _) = try run(
      table("x,z,y", rows),
      """
      "split": {"k_fold": 3}, "model": {"loss": "\(loss)"}, "outputs": ["history"],
      "grid": {"solver": "\(solver)", "eta": 0.05, "lambda": 0.1, "radius": 0.1, "batch_size": 4,
               "epochs": 30}
      """)
    let jobs = try fixture.table("jobs")
    let last = try fixture.table("history").filtered(["epoch": "30"])
    #expect(last.rows.count == 3)
    let metric = loss == "squared" ? "mse" : "log_loss"
    for column in ["objective", "train_\(metric)", "validation_\(metric)", "weight_norm"] {
      #expect(last.cells(column) == jobs.cells(column))
    }
  }
}
