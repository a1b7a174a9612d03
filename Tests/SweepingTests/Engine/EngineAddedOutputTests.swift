import Foundation
import Testing

/// What a finished job's record holds is never fitted again, whichever metrics and outputs are asked for;
/// and the tables are those of a fresh run.
struct EngineAddedOutputTests {
  private static let squared = """
    "data": {"csv": "\(SweepFixture.shipped("diabetes.csv"))", "target": "progression",
             "features": ["bmi", "bp", "s5"]},
    "split": {"k_fold": 3, "test": 0.2},
    "grid": {"solver": ["normal", "gd", "sgd"], "lambda": [0.1, 1], "eta": 0.01, "epochs": 3,
             "batch_size": 32}
    """
  private static let logistic = """
    "data": {"synthetic": {"kind": "logistic", "rows": 60, "features": 3}},
    "split": {"k_fold": 3}, "model": {"loss": "logistic"},
    "grid": {"solver": ["newton", "sgd"], "lambda": [0.1, 1], "eta": 0.1, "epochs": 3,
             "batch_size": 8}
    """

  private static func spec(_ base: String, _ additions: String) -> String {
    "{\(base), \(additions)}"
  }

  /// Runs a spec after another in one folder.
  /// - Returns: the jobs of the second run, and of the same run once more.
  private func jobsRun(
    _ base: String, first: String, then second: String
  ) throws -> (jobs: Int, again: Int) {
    let fixture = try SweepFixture()
    try fixture.run(Self.spec(base, first))
    try fixture.run(Self.spec(base, second))
    let jobs = try fixture.jobsRun()
    let fresh = try SweepFixture()
    try fresh.run(Self.spec(base, second))
    let expected = try fresh.tables()
    // A table that is no longer asked for stays where it is.
    #expect(try fixture.tables().filter { expected[$0.key] != nil } == expected)
    try fixture.run(Self.spec(base, second))
    #expect(try fixture.tables().filter { expected[$0.key] != nil } == expected)
    return (jobs, try fixture.jobsRun())
  }

  private static let known: [(String, String, String)] = [
    (squared, #""metrics": ["mse"]"#, #""metrics": ["r2", "rmse", "mse", "half_mse"]"#),
    (squared, #""metrics": ["r2"]"#, #""metrics": ["mse"]"#),
    (squared, #""metrics": ["mae"]"#, #""metrics": ["mse", "mae"]"#),
    (squared, #""metrics": ["mse", "mae"]"#, #""metrics": ["mse"]"#),
    (squared, #""outputs": ["history"]"#, #""metrics": ["rmse"], "outputs": ["history"]"#),
    (squared, #""outputs": ["history", "coefficients"]"#, #""outputs": ["spectrum"]"#),
    (squared, #""metrics": ["mse"]"#, #""outputs": ["predictions"]"#),
    (squared, #""outputs": ["coefficients"]"#, #""outputs": ["predictions"]"#),
    (squared, #""outputs": ["predictions"]"#, #""outputs": ["coefficients"]"#),
    (logistic, #""metrics": ["error_rate"]"#, #""metrics": ["log_loss"]"#),
    (logistic, #""metrics": ["log_loss", "auc"]"#, #""metrics": ["error_rate"]"#),
    (
      logistic, #""metrics": ["log_loss"]"#,
      #""metrics": ["error_rate"], "outputs": ["predictions"]"#
    ),
  ]

  @Test(arguments: known)
  func `what the records hold is not fitted for`(
    base: String, first: String, then: String
  ) throws {
    let found = try jobsRun(base, first: first, then: then)
    #expect(found.jobs == 0 && found.again == 0)
  }

  private static let lacking: [(String, String, String, jobs: Int)] = [
    (squared, #""metrics": ["mse"]"#, #""metrics": ["mse", "mae"]"#, 18),
    (squared, #""metrics": ["mse"]"#, #""outputs": ["coefficients"]"#, 18),
    // `normal` has no epochs.
    (squared, #""metrics": ["mse"]"#, #""outputs": ["history"]"#, 12),
    (logistic, #""metrics": ["log_loss"]"#, #""metrics": ["log_loss", "auc"]"#, 12),
  ]

  @Test(arguments: lacking)
  func `what the records lack is fitted for once`(
    base: String, first: String, then: String, jobs: Int
  ) throws {
    let found = try jobsRun(base, first: first, then: then)
    #expect(found.jobs == jobs && found.again == 0)
  }

  @Test func `predictions asked later refit the winners' jobs alone, once`() throws {
    let fixture = try SweepFixture()
    func journalBytes() throws -> Int {
      let folder = fixture.path("out/journal")
      return try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) { sum, name in
        sum + (try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")).count)
      }
    }
    try fixture.run(Self.spec(Self.squared, #""metrics": ["mse"]"#))
    let before = try journalBytes()
    try fixture.merge(Self.spec(Self.squared, #""outputs": ["predictions"]"#))
    let after = try journalBytes()
    #expect(after > before)
    try fixture.merge(Self.spec(Self.squared, #""outputs": ["predictions"]"#))
    // A merge that fits nothing leaves its file empty, and so none.
    #expect(try journalBytes() == after)
  }
}
