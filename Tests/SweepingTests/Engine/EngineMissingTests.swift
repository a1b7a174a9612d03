import Foundation
import Sweeping
import TestSupport
import Testing

/// Missing cells that each training set fills in its own way.
struct EngineMissingTests {
  /// A file of four features and a target; `k` is a category. Cells are left out where `isMissing` says so.
  struct Rows {
    var cells: [[String]]
    static let header = ["a", "b", "c", "k", "y"]

    init(_ count: Int, isLogistic: Bool = false, isMissing: (_ row: Int, _ column: Int) -> Bool) {
      cells = (0..<count).map { row in
        let t = Double(row)
        let (a, b) = (sin(1.3 * t) + 2, cos(0.7 * t * t) * 3)
        let c = Double(row % 7) + 0.1 * sin(t)
        let z = 1.5 * a - 0.7 * b + 0.3 * c + 1.2 * sin(7 * t * t)
        let y = isLogistic ? (z > 3.2 ? "1" : "0") : "\(z)"
        let values = ["\(a)", "\(b)", "\(c)", ["u", "v", "w"][row % 3], y]
        return values.enumerated().map { isMissing(row, $0) ? "" : $1 }
      }
    }

    var text: String {
      ([Self.header] + cells).map { $0.joined(separator: ",") + "\n" }.joined()
    }
  }

  private static func isMissing(_ row: Int, _ column: Int) -> Bool {
    column < 3 && (row * 7 + column * 5) % (column == 1 ? 9 : 11) == 3
  }

  private static func spec(
    _ file: String = "d.csv", data: String = #""missing": "mean""#, split: String,
    degree: Int = 1, isLogistic: Bool = false, more: String = ""
  ) -> String {
    let solvers =
      isLogistic
      ? #"["newton", "gd", "sgd"]"# : #"["normal", "min_norm", "gd", "sgd"]"#
    let ball =
      isLogistic
      ? "" : #", {"solver": "projected_gd", "radius": 0.5, "eta": 0.05, "epochs": 20}"#
    return """
      {"name": "m", "data": {"csv": "\(file)", "target": "y", "categorical": ["k"], \(data)},
       "features": {"polynomial": \(degree)}, "split": \(split),
       "model": {"loss": "\(isLogistic ? "logistic" : "squared")"},
       "grid": [{"solver": \(solvers), "lambda": [0.01, 1], "eta": 0.05, "epochs": 20,
                 "batch_size": 4}\(ball)],
       "outputs": ["coefficients", "predictions"]\(more)}
      """
  }

  /// The largest difference of two tables' numbers, relative to the larger of 1 and the number.
  private static func distance(_ one: String, _ other: String) -> Double {
    let cells = { (text: String) in text.split { $0 == "," || $0 == "\n" } }
    let (first, second) = (cells(one), cells(other))
    guard first.count == second.count else { return .infinity }
    return zip(first, second).reduce(0) { largest, pair in
      if pair.0 == pair.1 { return largest }
      guard let a = Double(pair.0), let b = Double(pair.1) else { return .infinity }
      return max(largest, abs(a - b) / max(1, abs(a)))
    }
  }

  @Test(arguments: [(1, false), (2, false), (1, true), (2, true)], ["mean", "median"])
  func `a run fills as one would by hand from the training rows`(
    shape: (degree: Int, isLogistic: Bool), policy: String
  ) throws {
    let fixture = try SweepFixture()
    let rows = Rows(60, isLogistic: shape.isLogistic, isMissing: Self.isMissing)
    // The last fifteen rows validate.
    let training = rows.cells.prefix(45)
    var filled = rows
    for column in 0..<3 {
      let values = training.compactMap { Double($0[column]) }.sorted()
      let middle = (values[(values.count - 1) / 2] + values[values.count / 2]) / 2
      let fill = policy == "mean" ? values.reduce(0, +) / Double(values.count) : middle
      for row in filled.cells.indices where filled.cells[row][column].isEmpty {
        filled.cells[row][column] = "\(fill)"
      }
    }
    try fixture.folder.write(rows.text, to: "d.csv")
    try fixture.folder.write(filled.text, to: "e.csv")
    let split = #"{"holdout": 0.25, "shuffle": false}"#
    try fixture.run(
      Self.spec(
        data: "\"missing\": \"\(policy)\"", split: split, degree: shape.degree,
        isLogistic: shape.isLogistic))
    try fixture.run(
      Self.spec(
        "e.csv", data: "\"header\": true", split: split, degree: shape.degree,
        isLogistic: shape.isLogistic), into: "by-hand")
    for table in ["jobs.csv", "coefficients.csv", "predictions.csv"] {
      let (found, expected) = (
        try fixture.folder.text(of: "out/\(table)"), try fixture.folder.text(of: "by-hand/\(table)")
      )
      // Means are summed in another order, and the fills of the file are rounded to be written.
      #expect(Self.distance(found, expected) < 1e-11, "\(table)")
    }
  }

  @Test(arguments: ["mean", "median"], [1, 2])
  func `a test row's hole or value moves no bit`(policy: String, degree: Int) throws {
    let fixture = try SweepFixture()
    let split = #"{"k_fold": 4, "test": 0.2}"#
    let data = "\"missing\": {\"k\": \"level\", \"*\": \"\(policy)\"}"
    var rows = Rows(50, isMissing: Self.isMissing)
    try fixture.folder.write(rows.text, to: "d.csv")
    try fixture.run(Self.spec(data: data, split: split, degree: degree))
    let before = try fixture.tables()
    let testRows = try Self.testRows(fixture, count: 50)
    #expect(testRows.count == 10)
    for (place, row) in testRows.enumerated() {
      rows.cells[row] = place % 2 == 0 ? ["", "7", "", "", "1"] : ["1e3", "", "-5", "x", "2"]
    }
    try fixture.folder.write(rows.text, to: "d.csv")
    try fixture.run(Self.spec(data: data, split: split, degree: degree), into: "moved")
    let after = try fixture.tables("moved")
    for name in ["coefficients.csv", "predictions.csv"] { #expect(before[name] == after[name]) }
    let jobs = try (fixture.table("jobs"), fixture.table("jobs", of: "moved"))
    for column in ["train_mse", "validation_mse", "weight_norm", "effective_df"] {
      #expect(jobs.0.cells(column) == jobs.1.cells(column), "\(column)")
    }
    #expect(jobs.0.cells("test_mse") != jobs.1.cells("test_mse"))
  }

  @Test(arguments: ["mean", "median"])
  func `holes that only test rows have move no bit of data without others`(policy: String) throws {
    let fixture = try SweepFixture()
    let split = #"{"k_fold": 4, "test": 0.2}"#
    var rows = Rows(50) { _, _ in false }
    try fixture.folder.write(rows.text, to: "d.csv")
    let data = "\"missing\": \"\(policy)\", \"missing_indicator\": true"
    try fixture.run(Self.spec(data: data, split: split, degree: 2))
    let row = try Self.testRows(fixture, count: 50)[3]
    (rows.cells[row][0], rows.cells[row][2]) = ("", "")
    try fixture.folder.write(rows.text, to: "d.csv")
    try fixture.run(Self.spec(data: data, split: split, degree: 2), into: "moved")
    let (before, after) = (try fixture.tables(), try fixture.tables("moved"))
    for name in ["coefficients.csv", "predictions.csv"] { #expect(before[name] == after[name]) }
  }

  /// The rows of the file that no fold validates on.
  private static func testRows(_ fixture: SweepFixture, count: Int) throws -> [Int] {
    let seen = Set(try fixture.table("predictions").cells("row").compactMap { Int($0) })
    return (0..<count).filter { !seen.contains($0) }
  }

  @Test(arguments: ["mean", "median"], [1, 2])
  func `a validation row moves its own fold's training by rounding alone`(
    policy: String, degree: Int
  ) throws {
    let fixture = try SweepFixture()
    let data = "\"missing\": \"\(policy)\""
    let split = #"{"k_fold": 5, "shuffle": false}"#
    var rows = Rows(60, isMissing: Self.isMissing)
    try fixture.folder.write(rows.text, to: "d.csv")
    try fixture.run(Self.spec(data: data, split: split, degree: degree))
    // The first fold validates on the first twelve rows.
    for row in 0..<12 {
      rows.cells[row][0] = row % 2 == 0 ? "" : "9"
      rows.cells[row][1] = "\(row)"
    }
    try fixture.folder.write(rows.text, to: "d.csv")
    try fixture.run(Self.spec(data: data, split: split, degree: degree), into: "moved")
    let columns = ["fold": "0"]
    let (before, after) = (
      try fixture.table("jobs").filtered(columns),
      try fixture.table("jobs", of: "moved").filtered(columns)
    )
    for name in ["train_mse", "weight_norm"] {
      for (old, new) in zip(before.numbers(name), after.numbers(name)) {
        #expect(abs(old - new) <= 1e-12 * abs(old), "\(name)")
      }
    }
  }

  @Test(arguments: [(1, false), (2, false), (2, true)])
  func `tables are the same bytes for any number of workers`(
    shape: (degree: Int, isLogistic: Bool)
  ) throws {
    let fixture = try SweepFixture()
    let rows = Rows(90, isLogistic: shape.isLogistic, isMissing: Self.isMissing)
    try fixture.folder.write(rows.text, to: "d.csv")
    let text = Self.spec(
      data: #""missing": {"b": "median", "*": "mean"}, "missing_indicator": true"#,
      split: #"{"k_fold": 3}"#, degree: shape.degree, isLogistic: shape.isLogistic)
    try fixture.run(text, workers: 1)
    let expected = try fixture.tables()
    for workers in [2, 3] {
      try fixture.run(text, into: "out\(workers)", workers: workers)
      #expect(try fixture.tables("out\(workers)") == expected)
    }
    for index in 1...2 {
      try fixture.run(text, into: "shards", shard: try Shard(index, of: 2))
    }
    try fixture.merge(text, into: "shards")
    #expect(try fixture.tables("shards") == expected)
  }

  @Test func `a train_size has fills of its own rows`() throws {
    let fixture = try SweepFixture()
    let cells = ["1,1", ",2", "3,3", ",4", "100,5", "7,6", ",7", "8,8"]
    try fixture.folder.write("a,y\n" + cells.joined(separator: "\n") + "\n", to: "d.csv")
    let rest = cells[0..<3].map { $0.replacing(/^,/, with: "2,") }
    try fixture.folder.write("a,y\n" + rest.joined(separator: "\n") + "\n2,7\n8,8\n", to: "e.csv")
    func text(_ file: String, _ more: String, holdout: Double) -> String {
      """
      {"name": "m", "data": {"csv": "\(file)", "target": "y", "missing": "mean"},
       "split": {"holdout": \(holdout), "shuffle": false},
       "grid": {"solver": ["normal", "gd"], "lambda": 0.1, "eta": 0.1, "epochs": 5\(more)}}
      """
    }
    try fixture.run(text("d.csv", #", "train_size": 3"#, holdout: 0.25))
    try fixture.run(text("e.csv", "", holdout: 0.4), into: "by-hand")
    for column in ["train_mse", "validation_mse", "weight_norm"] {
      #expect(
        try zip(
          fixture.table("jobs").numbers(column),
          fixture.table("jobs", of: "by-hand").numbers(column)
        ).allSatisfy { abs($0 - $1) <= 1e-13 * abs($0) }, "\(column)")
    }
  }

  @Test func `a column without a value in the training rows is a constant`() throws {
    let fixture = try SweepFixture()
    let rows = (0..<12).map { "\($0 < 4 ? "\($0)" : ""),\($0 * $0 * $0 % 7),\($0)\n" }.joined()
    try fixture.folder.write("a,b,y\n" + rows, to: "d.csv")
    try fixture.run(
      """
      {"name": "m", "data": {"csv": "d.csv", "target": "y", "missing": "median",
        "missing_indicator": true},
       "split": {"k_fold": 3, "shuffle": false}, "grid": {"solver": "normal", "lambda": 0.1},
       "outputs": ["coefficients"]}
      """)
    let coefficients = try fixture.table("coefficients").filtered(["fold": "0"])
    #expect(coefficients.filtered(["feature": "a"]).numbers("coefficient") == [0])
    #expect(coefficients.filtered(["feature": "a missing"]).numbers("coefficient") == [0])
    #expect(coefficients.filtered(["feature": "b"]).numbers("coefficient") != [0])
  }

  @Test func `a file that validates has the fills of the training file`() throws {
    let fixture = try SweepFixture()
    try fixture.folder.write("a,y\n1,1\n,2\n5,3\n4,5\n", to: "train.csv")
    try fixture.folder.write("a,y\n,4\n100,5\n,6\n", to: "validation.csv")
    try fixture.run(
      """
      {"name": "m", "data": {"csv": "train.csv", "target": "y", "missing": "median"},
       "split": {"files": {"validation": "validation.csv"}},
       "grid": {"solver": "normal", "lambda": 0}, "outputs": ["predictions"]}
      """)
    // Of 1, 4, 4, 5 with 1, 2, 5, 3: slope 7.5/9, mean 3.5 and 2.75.
    let predictions = try fixture.table("predictions").numbers("prediction")
    let slope =
      ((1 - 3.5) * (1 - 2.75) + 0.5 * (2 - 2.75) + 1.5 * (3 - 2.75) + 0.5 * (5 - 2.75)) / 9
    #expect(abs(predictions[0] - (2.75 + 0.5 * slope)) < 1e-14)
    #expect(predictions[2] == predictions[0])
    #expect(abs(predictions[1] - (2.75 + 96.5 * slope)) < 1e-12)
  }

  @Test func `a monomial of a fill beyond all numbers is told beforehand`() throws {
    let fixture = try SweepFixture()
    // No row has both, but a filled one has.
    try fixture.folder.write(
      "a,b,y\n1e200,,1\n,1e200,2\n2e-200,3,3\n4,2e-200,4\n", to: "d.csv")
    let error = #expect(throws: (any Error).self) {
      try fixture.run(
        """
        {"name": "m", "data": {"csv": "d.csv", "target": "y", "missing": "mean"},
         "features": {"polynomial": 2}, "split": {"k_fold": 2},
         "grid": {"solver": "normal", "lambda": 1}}
        """)
    }
    #expect("\(error, default: "")".contains("is beyond the largest number"))
  }
}
