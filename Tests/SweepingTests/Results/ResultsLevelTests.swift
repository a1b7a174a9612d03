import Datasets
import Foundation
import Platform
import Sweeping
import Synchronization
import TestSupport
import Testing

/// What levels do to fits, and what rows do to levels.
struct ResultsLevelTests {
  private let fixture: SweepFixture

  init() throws { fixture = try SweepFixture() }

  private static let rows = """
    k,x,y
    a,1,1
    b,2,3
    c,4,2
    a,3,5
    b,5,4
    c,7,6
    a,6,6
    b,1,2
    c,2,7
    a,8,3

    """

  private func spec(
    _ categorical: String, solver: String = "\"normal\"", lambda: String = "0.1",
    split: String = "{\"k_fold\": 2, \"shuffle\": false}", degree: Int = 1
  ) -> String {
    """
    {"data": {"csv": "d.csv", "target": "y", "categorical": \(categorical)},
     "features": {"polynomial": \(degree), "standardize": "none"}, "split": \(split),
     "grid": {"solver": \(solver), "lambda": \(lambda)}, "outputs": ["coefficients"]}
    """
  }

  @Test func `all levels beside an intercept are singular at lambda 0, and min_norm fits them`()
    throws
  {
    try WholeFile.write(Self.rows, to: fixture.path("d.csv"))
    let solvers = "[\"normal\", \"min_norm\"]"
    try fixture.run(
      spec("{\"k\": {\"levels\": \"all\"}}", solver: solvers, lambda: "[0, 0.1]"), into: "all")
    try fixture.run(spec("[\"k\"]", solver: solvers, lambda: "0"), into: "first")
    let all = try fixture.table("curve", of: "all")
    #expect(all.cells("status") == ["singular", "ok", "ok", "ok"])
    // The same space of functions: the same fit without a penalty.
    let first = try fixture.table("curve", of: "first").numbers("train_mse")
    let found = try #require(all.numbers("train_mse").dropFirst(2).first)
    #expect(first.count == 2)
    for value in first { #expect(abs(found - value) <= 1e-12 * value) }
    // Of all solutions the one whose weights of the levels add up to 0, since the intercept is free.
    let weights = try fixture.table("coefficients", of: "all")
      .filtered(["point": "2", "fold": "0"]).rows
      .filter { $0["feature"]?.hasPrefix("k=") == true }
      .compactMap { Double($0["coefficient"] ?? "") }
    #expect(weights.count == 3)
    #expect(abs(weights.reduce(0, +)) < 1e-12)
  }

  @Test(arguments: [
    ("{\"k\": {\"levels\": \"all\"}}", ["k=a", "k=b", "k=c", "x"]),
    ("{\"k\": {\"min_count\": 4}}", ["k=other", "x"]),
    ("{\"k\": {\"levels\": \"all\", \"min_count\": 4}}", ["k=a", "k=other", "x"]),
  ])
  func `no level is squared or multiplied with another of its column`(
    categorical: String, columns: [String]
  ) throws {
    try WholeFile.write(Self.rows, to: fixture.path("d.csv"))
    try fixture.run(spec(categorical, degree: 3))
    let levels = columns.dropLast()
    #expect(
      try fixture.table("coefficients").filtered(["fold": "0"]).cells("feature")
        == ["(intercept)"] + columns + levels.map { $0 + "*x" } + ["x^2"]
        + levels.map { "x^2*" + $0 } + ["x^3"])
  }

  @Test func `levels of two columns are multiplied with each other`() throws {
    let lines = Self.rows.split(separator: "\n").enumerated().map { index, line in
      (index == 0 ? "z" : index % 3 == 0 ? "u" : index % 2 == 0 ? "v" : "w") + ",\(line)"
    }
    try WholeFile.write(lines.joined(separator: "\n") + "\n", to: fixture.path("d.csv"))
    try fixture.run(
      spec("{\"k\": {}, \"z\": {\"levels\": \"all\", \"min_count\": 4}}", degree: 2))
    #expect(
      try fixture.table("coefficients").filtered(["fold": "0"]).cells("feature")
        == [
          "(intercept)", "z=v", "z=other", "k=b", "k=c", "x", "z=v*k=b", "z=v*k=c", "z=v*x",
          "z=other*k=b", "z=other*k=c", "z=other*x", "k=b*x", "k=c*x", "x^2",
        ])
  }

  @Test func `a level that only validates in a fold has no weight there and is told once`() throws {
    let text = "k,x,y\nb,1,1\nc,2,3\nc,4,2\nb,3,5\nb,5,4\nc,7,6\n" + "a,6,7\na,6,9\nb,1,2\n"
    try WholeFile.write(text, to: fixture.path("d.csv"))
    let messages = Mutex<[String]>([])
    let split = "{\"k_fold\": 3, \"shuffle\": false}"
    let text2 = spec("{\"k\": {\"levels\": \"all\"}}", split: split)
    _ = try SweepRun(
      RunRequest(spec: fixture.spec(text2), output: fixture.path("out"), workers: 2)
    ) { message in messages.withLock { $0.append(message) } }.perform()
    let weights = try fixture.table("coefficients").filtered(["feature": "k=a"])
    #expect(weights.cells("fold") == ["0", "1", "2"])
    let numbers = weights.numbers("coefficient")
    #expect(numbers[0] != 0 && numbers[1] != 0 && numbers[2] == 0)
    #expect(
      messages.withLock { $0 } == ["constant in the training rows, so set to 0: k=a (1 fold)"])
  }

  @Test(arguments: ["{\"k\": {\"min_count\": 3}}", "{\"k\": {\"levels\": \"all\"}}"])
  func `what test rows say moves no bit`(categorical: String) throws {
    let rows = "b,1,1\nc,2,3\nb,4,2\nc,3,5\nb,5,4\nd,7,6\nd,2,2\nb,3,3\nc,1,4\n"
    var tables: [[String]] = []
    // With a fourth row `d` would not be rare, with `a` another level be dropped.
    for levels in [["b", "c", "b"], ["d", "d", "a"]] {
      let held = levels.map { "\($0),6,7\n" }.joined()
      try WholeFile.write("k,x,y\n" + rows + held, to: fixture.path("d.csv"))
      let name = levels.joined()
      try fixture.run(
        spec(categorical, split: "{\"k_fold\": 3, \"shuffle\": false, \"test\": 0.25}"),
        into: name)
      let jobs = try fixture.table("jobs", of: name)
      let coefficients = try fixture.table("coefficients", of: name)
      tables.append(
        coefficients.cells("feature") + coefficients.cells("coefficient")
          + jobs.cells("train_mse") + jobs.cells("validation_mse"))
    }
    #expect(tables[0] == tables[1])
  }
}
