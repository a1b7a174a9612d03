import Sweeping
import TestSupport
import Testing

/// The key of a job is its content: what it means, not how or where it is written.
struct EngineReuseTests {
  private static let data = """
    a,b,g,y
    1,2,p,0.5
    2,1,q,1.5
    3,5,p,2
    4,3,q,4.5
    5,8,p,5
    6,4,q,6.5
    7,9,p,7
    8,6,q,7.5
    9,7,p,9.5
    """

  /// The members of the base spec; a change replaces or adds one.
  private static let members = [
    "data": #"{"csv": "d.csv", "target": "y", "features": ["a", "b"]}"#,
    "split": #"{"k_fold": 3}"#,
    "grid": #"""
    {"solver": ["normal", "sgd"], "lambda": [0.1, 1], "eta": 0.01, "batch_size": 2, "epochs": 2}
    """#,
    "metrics": #"["mse"]"#,
  ]

  private static let jobs = 12

  private static func spec(_ changes: [String: String] = [:]) -> String {
    let members = members.merging(changes) { _, new in new }
    return "{"
      + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
      .joined(separator: ", ") + "}"
  }

  private static func grid(_ text: String) -> [String: String] { ["grid": text] }

  private func reused(
    _ changes: [String: String], data: String = data
  ) throws -> (reused: Int, jobs: Int) {
    let fixture = try SweepFixture()
    try fixture.folder.write(Self.data, to: "d.csv")
    try fixture.run(Self.spec(), workers: 1)
    try fixture.folder.write(data, to: "d.csv")
    let spec = Self.spec(changes)
    let outcome = try #require(try fixture.run(spec, workers: 1))
    return (outcome.reusedCount, try fixture.jobCount(spec))
  }

  private static let sameMeaning: [[String: String]] = [
    [:],
    ["name": #""other""#, "description": #""words""#],
    grid(
      #"""
      {"lambda": [1.0, 1e-1], "eta": 1e-2, "epochs": 2, "batch_size": [2], "solver": ["sgd", "normal"]}
      """#),
    grid(
      #"""
      [{"solver": "normal", "lambda": {"logspace": [0.1, 1], "count": 2}},
       {"solver": "sgd", "lambda": {"linspace": [0.1, 1], "count": 2}, "eta": 0.01,
        "batch_size": 2, "epochs": 2}]
      """#),
    ["data": #"{"csv": "./d.csv", "target": "y", "features": ["a", "b"], "header": true}"#],
    ["split": #"{"k_fold": 3, "shuffle": true, "repeats": 1}"#],
    ["features": #"{"polynomial": 1, "standardize": "population"}"#],
    ["model": #"{"loss": "squared", "intercept": true, "lambda_scale": "mean"}"#],
    ["training": #"{"tolerance": 0, "schedule": "constant"}"#],
    ["select": #"{"metric": "mse", "rule": "one_standard_error"}"#],
    ["metrics": #"["r2", "rmse", "half_mse"]"#], ["outputs": #"["spectrum", "predictions"]"#],
    ["limits": #"{"max_jobs": 1000}"#],
    ["gates": #"[{"count": "diverged", "max": 0}]"#], ["seed": "0"],
  ]

  @Test(arguments: sameMeaning)
  func `what means the same is found again`(changes: [String: String]) throws {
    let found = try reused(changes)
    #expect(found.reused == Self.jobs && found.jobs == Self.jobs)
  }

  @Test func `a line end written otherwise is the same data or is fitted anew, never mixed`() throws
  {
    let windows = Self.data.replacing("\n", with: "\r\n") + "\r\n"
    #expect([0, Self.jobs].contains(try reused([:], data: windows).reused))
  }

  private static let otherMeaning: [[String: String]] = [
    ["data": #"{"csv": "d.csv", "target": "y", "features": ["b", "a"]}"#],
    ["data": #"{"csv": "d.csv", "target": "y", "features": ["a"]}"#],
    ["data": #"{"csv": "d.csv", "target": "b", "features": ["a", "y"]}"#],
    ["data": #"{"csv": "d.csv", "target": "y", "categorical": ["g"]}"#],
    ["split": #"{"k_fold": 4}"#], ["split": #"{"k_fold": 3, "shuffle": false}"#],
    ["split": #"{"k_fold": 3, "test": 0.1}"#], ["split": #"{"holdout": 0.3}"#],
    ["split": #"{"leave_one_out": true}"#], ["split": #"{"fold_column": "g"}"#],
    ["features": #"{"standardize": "sample"}"#], ["features": #"{"standardize": "none"}"#],
    ["features": #"{"polynomial": 2}"#], ["model": #"{"intercept": false}"#],
    ["model": #"{"lambda_scale": "sum"}"#], ["model": #"{"lambda_scale": "sum_unhalved"}"#],
    ["training": #"{"tolerance": 1e-9}"#], ["metrics": #"["mse", "mae"]"#],
    ["outputs": #"["coefficients"]"#], ["seed": "1"],
    grid(#"{"solver": "normal", "lambda": [0.2, 0.1000000000001]}"#),
    grid(#"{"solver": "normal", "lambda": [0.1, 1], "train_size": 5}"#),
    grid(#"{"solver": "normal", "lambda": [0.1, 1], "train_size": 0.5}"#),
    grid(#"{"solver": "normal", "lambda": [0.1, 1], "degree": 2}"#),
    grid(#"{"solver": "min_norm", "lambda": [0.1, 1]}"#),
    grid(#"{"solver": "gd", "lambda": [0.1, 1], "eta": 0.01, "epochs": 2}"#),
    grid(#"{"solver": "projected_gd", "radius": [0.1, 1], "eta": 0.01, "epochs": 2}"#),
    grid(#"{"solver": "sgd", "lambda": [0.1, 1], "eta": 0.02, "batch_size": 2, "epochs": 2}"#),
    grid(#"{"solver": "sgd", "lambda": [0.1, 1], "eta": 0.01, "batch_size": 3, "epochs": 2}"#),
    grid(#"{"solver": "sgd", "lambda": [0.1, 1], "eta": 0.01, "batch_size": 2, "epochs": 3}"#),
    grid(
      #"""
      {"solver": "sgd", "lambda": [0.1, 1], "eta": 0.01, "batch_size": 2, "epochs": 2,
       "schedule": [{"inverse_time": 0.1}, {"inverse_sqrt": 0.1}]}
      """#),
  ]

  @Test(arguments: otherMeaning)
  func `what means something else is fitted anew`(changes: [String: String]) throws {
    #expect(try reused(changes).reused == 0)
  }

  @Test func `a changed cell makes other data`() throws {
    #expect(try reused([:], data: Self.data.replacing("9.5", with: "9.6")).reused == 0)
    #expect(try reused([:], data: Self.data + "\n1,1,p,1").reused == 0)
  }

  @Test func `more repeats keep those that are done`() throws {
    let found = try reused(["split": #"{"k_fold": 3, "repeats": 2}"#])
    #expect(found.reused == Self.jobs && found.jobs == 2 * Self.jobs)
  }
}
