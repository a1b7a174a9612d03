import Charts
import Datasets
import Foundation
import Platform
import Results
import Sweeping
import Tables
import TestSupport
import Testing

/// Which class is which, and which row a prediction is of.
struct ResultsClassTests {
  private let fixture: SweepFixture

  init() throws { fixture = try SweepFixture() }

  private func write(_ name: String, _ text: String) throws {
    try WholeFile.write(text, to: fixture.path(name))
  }

  private static func spec(_ target: String = "logistic", data: String = "", split: String)
    -> String
  {
    """
    {"data": {"csv": "d.csv", "target": "y"\(data)}, "split": \(split), "grid":
      {"solver": "\(target == "logistic" ? "newton" : "normal")", "lambda": 0.1},
      "model": {"loss": "\(target)"}, "outputs": ["predictions", "coefficients"]}
    """
  }

  @Test(arguments: [("B", "M"), ("0", "1"), ("-1.5", "2")])
  func `predictions are classes as they are written, with the probability of the last`(
    first: String, last: String
  ) throws {
    let rows = [1, 5, 2, 6, 4, 3].map { "\($0),\($0 % 5 > 2 || $0 == 2 ? last : first)\n" }
    try write("d.csv", "x,y\n" + rows.joined())
    try fixture.run(Self.spec(split: "{\"k_fold\": 3, \"shuffle\": false}"))
    let table = try fixture.table("predictions")
    #expect(
      try CSVTable(Array(fixture.folder.text(of: "out/predictions.csv").utf8), path: "").header
        == ["row", "repeat", "fold", "point", "target", "prediction", "probability"])
    #expect(table.cells("row") == ["0", "1", "2", "3", "4", "5"])
    #expect(table.cells("target") == rows.map { String($0.dropFirst(2).dropLast()) })
    #expect(
      table.cells("prediction") == table.numbers("probability").map { $0 > 0.5 ? last : first })
    let classes = try #require(try fixture.json("best")["classes"]?.elements)
    if let number = Double(last) {
      #expect(classes.map(\.number) == [Double(first), number])
    } else {
      #expect(classes.map(\.string) == [first, last])
    }
    let folder = try ResultFolder.read(fixture.path("out"))
    #expect(
      report(folder).contains(
        "A probability is that of class &#39;\(last)&#39;, which is +1")
        || report(folder).contains("A probability is that of class '\(last)', which is +1"))
  }

  @Test func `a regression has no classes`() throws {
    try write("d.csv", "x,y\n1,2\n2,3\n3,5\n4,4\n")
    try fixture.run(Self.spec("squared", split: "{\"k_fold\": 2}"))
    #expect(try fixture.json("best")["classes"] == nil)
    #expect(!report(try ResultFolder.read(fixture.path("out"))).contains("A probability"))
  }

  @Test func `rows are counted in the file they stand in, dropped ones too`() throws {
    try write("d.csv", "x,y\n1,2\n\n,3\n3,5\n4,NA\n5,4\n6,7\n")
    let dropping = ", \"missing\": \"drop_rows\""
    try fixture.run(
      Self.spec("squared", data: dropping, split: "{\"k_fold\": 2, \"shuffle\": false}"))
    let table = try fixture.table("predictions")
    #expect(table.cells("row") == ["0", "2", "4", "5"])
    #expect(table.numbers("target") == [2, 5, 4, 7])

    try write("v.csv", "x,y\nNA,1\n2,8\n,5\n3,9\n")
    try fixture.run(
      Self.spec("squared", data: dropping, split: "{\"files\": {\"validation\": \"v.csv\"}}"),
      into: "files")
    let files = try fixture.table("predictions", of: "files")
    #expect(files.cells("set") == ["validation", "validation"])
    #expect(files.cells("row") == ["1", "3"])
    #expect(files.numbers("target") == [8, 9])
  }

  @Test(arguments: [
    "{\"k_fold\": 3}", "{\"k_fold\": 4, \"repeats\": 3, \"test\": 0.2}", "{\"holdout\": 0.4}",
    "{\"leave_one_out\": true}", "{\"column\": \"s\"}",
    "{\"fold_column\": \"k\", \"test\": 0.2}",
  ])
  func `each prediction joins to the line of its row`(split: String) throws {
    let sets = ["train", "validation", "test"]
    // Blank lines are no rows; rows without a cell are, though they are dropped.
    let records = (0..<24).map { row in
      "\(row % 5 == 3 ? "NA" : "\(row * row % 7)"),\(sets[row % 3]),k\(row % 4),\(100 + row)"
    }
    try write("d.csv", "x,s,k,y\n\n" + records.joined(separator: "\n\n") + "\n")
    let data = ", \"missing\": \"drop_rows\", \"features\": [\"x\"]"
    try fixture.run(Self.spec("squared", data: data, split: split))
    let table = try fixture.table("predictions")
    #expect(!table.rows.isEmpty)
    let rows = table.numbers("row")
    #expect(table.numbers("target") == rows.map { 100 + $0 })
    #expect(rows.allSatisfy { Int($0) % 5 != 3 })
  }

  private func errorText(_ spec: String) throws -> String {
    let error = #expect(throws: DatasetError.self) { try fixture.run(spec) }
    return error?.description.replacing(fixture.folder.url.path + "/", with: "") ?? ""
  }

  @Test func `the squared loss refuses a target of two texts and names the logistic`() throws {
    try write("d.csv", "x,y\n1,yes\n2,no\n3,yes\n")
    #expect(
      try errorText(Self.spec("squared", split: "{\"k_fold\": 2}"))
        == "d.csv: column 'y': the target has the texts 'no', 'yes', which the squared loss cannot fit; "
        + "write \"model\": {\"loss\": \"logistic\"}")
  }

  @Test func `a class that only the validation file has is told with that file`() throws {
    try write("d.csv", "x,y\n1,0\n2,1\n3,0\n")
    try write("v.csv", "x,y\n1,0\n2,2\n")
    #expect(
      try errorText(Self.spec(split: "{\"files\": {\"validation\": \"v.csv\"}}"))
        == "v.csv: column 'y': 1 row has the class '2', which no row to learn from has; "
        + "the classes are '0', '1'")
  }

  @Test func `too few classes are told with the rows that were dropped`() throws {
    try write("d.csv", "x,w,y\n1,2,0\n?,1,1\n3,NA,1\n4,2,0\n")
    #expect(
      try errorText(Self.spec(data: ", \"missing\": \"drop_rows\"", split: "{\"k_fold\": 2}"))
        == "d.csv: column 'y': the logistic loss needs a target with exactly two distinct values, "
        + "found only 0; 2 of 4 rows have missing cells and were left out (by column: 'w' 1, 'x' 1)"
    )
  }

  @Test func `a level that only a test row has moves no bit`() throws {
    let rows = "b,1,1\nc,2,3\nb,4,2\nc,3,5\nb,5,4\nc,7,6\n"
    let spec = Self.spec(
      "squared", data: ", \"categorical\": [\"k\"]",
      split: "{\"k_fold\": 3, \"shuffle\": false, \"test\": 0.2}")
    var tables: [[String]] = []
    for (name, level) in [("known", "b"), ("other", "a")] {
      try write("d.csv", "k,x,y\n" + rows + "\(level),6,7\nc,1,2\n")
      try fixture.run(spec, into: name)
      let jobs = try fixture.table("jobs", of: name)
      tables.append(
        try fixture.table("coefficients", of: name).cells("coefficient")
          + jobs.cells("train_mse") + jobs.cells("validation_mse"))
    }
    #expect(tables[0] == tables[1])
  }

  @Test func `levels are neither squared nor multiplied with each other`() throws {
    try write("d.csv", "k,x,y\na,1,1\nb,2,3\nc,4,2\na,3,5\nb,5,4\nc,7,6\na,6,6\nb,1,2\n")
    let spec = """
      {"data": {"csv": "d.csv", "target": "y", "categorical": ["k"]}, "split": {"k_fold": 2},
        "features": {"polynomial": 2}, "grid": {"solver": "normal", "lambda": 1},
        "outputs": ["coefficients"]}
      """
    try fixture.run(spec)
    #expect(
      try fixture.table("coefficients").filtered(["fold": "0"]).cells("feature")
        == ["(intercept)", "k=b", "k=c", "x", "k=b*x", "k=c*x", "x^2"])
  }

  @Test func `a column with the name of a monomial is refused`() throws {
    try write("d.csv", "x,x^2,y\n1,1,1\n2,4,3\n3,9,2\n4,16,5\n")
    let spec = """
      {"data": {"csv": "d.csv", "target": "y"}, "split": {"k_fold": 2},
        "grid": {"solver": "normal", "lambda": 1, "degree": [1, 2]}}
      """
    #expect(
      try errorText(spec)
        == "features.polynomial: the column 'x^2' and the monomial of 'x' and 'x' are both called "
        + "'x^2'; rename a column, or leave one out")
    try fixture.run(spec.replacing(", \"degree\": [1, 2]", with: ""))
  }
}
