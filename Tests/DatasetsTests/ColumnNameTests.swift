import Datasets
import Testing

@Suite struct ColumnNameTests {
  private static func load(
    _ text: String, _ configure: (inout CSVSource) -> Void = { _ in }
  ) throws -> Dataset {
    try withFiles(["d.csv": text]) { folder in
      var source = CSVSource(path: folder + "/d.csv", target: "y")
      configure(&source)
      return try Dataset.load(.csv(source), workers: 2)
    }
  }

  private static func errorText(
    _ text: String, _ configure: (inout CSVSource) -> Void = { _ in }
  ) throws -> String {
    let error = #expect(throws: DatasetError.self) { try load(text, configure) }
    let lines = "\(error, default: "")".split(separator: "\n")
    return lines.map { $0[($0.firstRange(of: "d.csv")?.lowerBound ?? $0.startIndex)...] }
      .joined(separator: "\n")
  }

  @Test func `a column without a name is called by its number`() throws {
    let dataset = try Self.load(",a,\"\",y\n0,2,5,3\n1,3,6,5\n")
    #expect(dataset.featureNames == ["c1", "a", "c3"])
    #expect(
      dataset.remarks == [
        "columns without a name are used as features c1, c3; \"drop\": [\"\"] leaves out what has no name"
      ])
    #expect(try Self.load(",a,y\n0,2,3\n1,3,5\n") { $0.drop = ["c1"] }.featureNames == ["a"])
  }

  @Test func `an empty name stands for every column without one`() throws {
    let text = ",a,,y,\nr0,2,5,3,\nr1,3,6,5,\n"
    #expect(try Self.load(text) { $0.drop = [""] }.featureNames == ["a"])
    #expect(try Self.load("a,y\n1,2\n") { $0.drop = [""] }.featureNames == ["a"])
    let chosen = try Self.load(",a,,y\n1,2,5,3\n2,3,6,5\n") { $0.features = [""] }
    #expect(chosen.featureNames == ["c1", "c3"])
    let error = try Self.errorText("a,y,\n1,2,\n3,4,\n")
    #expect(
      error.hasPrefix("d.csv:2: column 'c3': 2 cells are missing (empty); write \"drop\": [\"\"]"))
  }

  @Test func `two columns of one name are wrong where the name is used`() throws {
    let text = "x,n,n,y\n1,2,0,3\n2,1,0,5\n"
    #expect(try Self.load(text) { $0.features = ["x"] }.rows == [[1], [2]])
    #expect(try Self.load(text) { $0.drop = ["n"] }.featureNames == ["x"])
    #expect(try Self.errorText(text) == "d.csv:1: column 'n' occurs twice in the header")
    #expect(
      try Self.errorText(text) { $0.features = ["n"] }
        == "d.csv:1: column 'n' occurs twice in the header")
    #expect(
      try Self.errorText("y,x,y\n1,2,3\n") == "d.csv:1: column 'y' occurs twice in the header")
  }

  @Test func `names and levels are told apart by their bytes`() throws {
    let dataset = try Self.load("\u{E9},e\u{301},k,y\n1,2,\u{E9},3\n4,5,e\u{301},6\n") {
      $0.categorical = ["k"]
    }
    #expect(
      dataset.featureNames.map { Array($0.utf8) } == [
        Array("\u{E9}".utf8), Array("e\u{301}".utf8), Array("k=\u{E9}".utf8),
      ])
    #expect(dataset.rows == [[1, 2, 1], [4, 5, 0]])
  }

  @Test(arguments: [
    (
      "c,c=b,y\na,1,1\nb,2,2\n", ["c"],
      "d.csv: the level 'b' of the column 'c' and the column 'c=b' are both called 'c=b'; "
        + "rename a column, or leave one out"
    ),
    (
      "(intercept),y\n1,2\n", [],
      "d.csv:1: the column '(intercept)' and the intercept are both called '(intercept)'; "
        + "rename a column, or leave one out"
    ),
    (
      "c2,,y\n1,2,3\n", [],
      "d.csv:1: the column 'c2' and the nameless column 2 are both called 'c2'; "
        + "rename a column, or leave one out"
    ),
  ])
  func `a made name that a column has is an error that names both`(
    text: String, categorical: [CategoricalColumn], expected: String
  ) throws {
    #expect(try Self.errorText(text) { $0.categorical = categorical } == expected)
  }

  @Test(arguments: [
    ("x;z;y\n1;2;3\n", "the header holds 'x;z;y'; the cells seem to stand apart by ';'", "\";\""),
    ("x\ty\n1\t2\n", "the header holds 'x\\ty'; the cells seem to stand apart by tabs", "\"\\t\""),
    ("x|y\n1|2\n", "the header holds 'x|y'; the cells seem to stand apart by '|'", "\"|\""),
    (
      "x  y\n1 2\n", "the header holds 'x  y'; the cells seem to stand apart by blanks",
      "\"whitespace\""
    ),
    (
      "x;y\n1,5;2\n", "the header holds 'x;y'; the cells seem to stand apart by ';'",
      "\";\" and \"decimal\": \",\""
    ),
  ])
  func `a header without the target tells the delimiter`(
    text: String, found: String, delimiter: String
  ) throws {
    #expect(
      try Self.errorText(text)
        == "d.csv:1: no column 'y' for the target; \(found), write \"delimiter\": \(delimiter)")
  }

  @Test func `other headers without the target tell what fits`() throws {
    #expect(
      try Self.errorText("\"a b\";\"y\"\n1;2\n")
        == "d.csv:1: a quote inside a cell; quote the whole cell and double the quote; "
        + "the cells seem to stand apart by ';', write \"delimiter\": \";\"")
    #expect(
      try Self.errorText("# made by hand\na,y\n1,2\n").hasSuffix(
        "the line begins with '#', write \"comment\": \"#\" if that begins a comment"))
    #expect(
      try Self.errorText("Report of 2024\n\nmade; by hand\na;y\n1;2\n").hasSuffix(
        "line 4 seems to be the header, write \"skip_rows\": 3 and \"delimiter\": \";\""))
    #expect(
      try Self.errorText("Report of 2024\na,y\n1,2\n").hasSuffix(
        "line 2 seems to be the header, write \"skip_rows\": 1"))
    #expect(
      try Self.errorText("#y,a\n1,2\n")
        == "d.csv:1: no column 'y' for the target (did you mean '#y'?); the header holds '#y', 'a'")
    // A misspelt name in a file that is cut rightly is no matter of delimiters.
    #expect(
      try Self.errorText("a:b,z\n1,2\n")
        == "d.csv:1: no column 'y' for the target; the header holds 'a:b', 'z'")
  }
}
