import Datasets
import Numerics
import Testing

@Suite struct MissingRulesTests {
  private static func load(
    _ text: String, testRows: [Int32] = [], _ configure: (inout CSVSource) -> Void = { _ in }
  ) throws -> Dataset {
    try withFiles(["d.csv": text]) { folder in
      var source = CSVSource(path: folder + "/d.csv", target: "y", missing: MissingRules(.mean))
      configure(&source)
      return try Dataset.load(.csv(source), testRows: { _, _ in testRows }, workers: 2)
    }
  }

  private static func errorText(
    _ text: String, _ configure: (inout CSVSource) -> Void = { _ in }
  ) throws -> String {
    let error = #expect(throws: DatasetError.self) { try Self.load(text, configure) }
    return try #require(error).description.split(separator: "\n").map {
      String($0.drop { $0 != ":" })
    }.joined(separator: "\n")
  }

  private static func load(
    _ text: String, _ configure: (inout CSVSource) -> Void
  ) throws -> Dataset { try load(text, testRows: [], configure) }

  @Test func `a filled cell is a hole and its row stays`() throws {
    let dataset = try Self.load("a,b,y\n1,NA,1\n,5,2\n3, ? ,3\n")
    #expect(dataset.rows.map { $0.map { $0.isNaN ? -1 : $0 } } == [[1, -1], [-1, 5], [3, -1]])
    #expect(dataset.holes.columns.map(\.index) == [0, 1])
    #expect(dataset.holes.columns.map(\.count) == [1, 2])
    #expect(dataset.droppedRowCount == 0)
    #expect(
      dataset.remarks == [
        "3 missing cells are filled from the training rows of each fold "
          + "('a' 1 by the mean, 'b' 2 by the mean)"
      ])
  }

  @Test func `each column has its own rule`() throws {
    let dataset = try Self.load("a,b,k,y\n1,2,u,1\n,2,v,2\n3,,v,3\n4,5,,4\n,,,?\n5,6,u,\n") {
      $0.categorical = ["k"]
      $0.missing = MissingRules(
        .dropRows, named: [.init("a", .median), .init("k", .level), .init("y", .dropRows)])
    }
    #expect(dataset.featureNames == ["a", "b", "k=v", "k=missing"])
    #expect(
      dataset.rows.map { $0.map { $0.isNaN ? -1 : $0 } } == [
        [1, 2, 0, 0], [-1, 2, 1, 0], [4, 5, 0, 1],
      ])
    #expect(dataset.holes.columns.map(\.statistic) == [.median])
    #expect(dataset.droppedRowCount == 3)
    #expect(
      dataset.remarks == [
        "3 of 6 rows have missing cells and were left out (by column: 'b' 2, 'y' 2)",
        "1 missing cell is filled from the training rows of each fold ('a' 1 by the median)",
        "1 missing cell is the level 'missing' ('k' 1)",
      ])
  }

  @Test(arguments: [
    ("10,2,,10", ["k=10", "k=missing"]), ("b,a,?,b", ["k=b", "k=missing"]),
    ("a,NA,a,a", ["k=missing"]), ("zz,,,zz", ["k=missing"]),
  ])
  func `the level of missing cells is the last one`(cells: String, names: [String]) throws {
    let rows = cells.split(separator: ",", omittingEmptySubsequences: false)
    let text = "k,a,y\n" + rows.enumerated().map { "\($1),\($0),\($0)\n" }.joined()
    let dataset = try Self.load(text) {
      $0.categorical = ["k"]
      $0.missing = MissingRules(.level)
    }
    #expect(dataset.featureNames == names + ["a"])
  }

  @Test func `a missing category of test rows alone is no level`() throws {
    let dataset = try Self.load("k,a,y\nu,1,1\nv,2,2\n,3,3\n", testRows: [2]) {
      $0.categorical = ["k"]
      $0.missing = MissingRules(.level)
    }
    #expect(dataset.featureNames == ["k=v", "a"])
    #expect(dataset.rows == [[0, 1], [1, 2], [0, 3]])
    #expect(
      dataset.remarks.last
        == "column 'k': only test rows or rows of split.files have the level 'missing', "
        + "encoded as zeros")
  }

  @Test(arguments: ["missing,u,", "missing,u,v,", "a,missing,NA"])
  func `a real level of that name is refused, dropped or not`(cells: String) throws {
    let rows = cells.split(separator: ",", omittingEmptySubsequences: false)
    let text = "k,a,y\n" + rows.map { "\($0),1,1\n" }.joined()
    #expect(
      try Self.errorText(text) {
        $0.categorical = ["k"]
        $0.missing = MissingRules(.level)
      }
        == ": the level 'missing' of the column 'k' and the level of missing cells of the column 'k' "
        + "are both called 'k=missing'; rename a column, or leave one out")
  }

  @Test func `indicators come behind all columns that a row to learn from lacks`() throws {
    let dataset = try Self.load("a,b,c,d,y\n1,NA,1,1,1\n,5,2,2,2\n3,6,3,,3\n", testRows: [2]) {
      $0.missingIndicator = true
    }
    #expect(dataset.featureNames == ["a", "b", "c", "d", "a missing", "b missing"])
    #expect(dataset.indicatorCount == 2)
    #expect(dataset.rows.map { Array($0[4...]) } == [[0, 1], [1, 0], [0, 0]])
    #expect(dataset.holes.columns.map(\.index) == [0, 1, 3])
    let extra = try withFiles(["a.csv": "a,b,y\n,1,1\n2,2,2\n", "b.csv": "a,b,y\n1,,1\n,2,2\n"]) {
      folder in
      try Dataset.load(
        .csv(
          CSVSource(
            path: folder + "/a.csv", target: "y", missing: MissingRules(.median),
            missingIndicator: true)), extraFiles: [("validation", folder + "/b.csv")], workers: 2)
    }
    #expect(extra.featureNames == ["a", "b", "a missing"])
    #expect(extra.rows.map(\.last) == [1, 0, 0, 1])
  }

  @Test func `an indicator never has the name of a column`() throws {
    #expect(
      try Self.errorText("a,a missing,y\n,1,1\n2,2,2\n") { $0.missingIndicator = true }
        == ": the column 'a missing' and the indicator of missing cells of the column 'a' are both "
        + "called 'a missing'; rename a column, or leave one out")
  }

  private static let refusals: [(rules: MissingRules, expected: String)] = [
    (
      MissingRules(.error, named: [.init("aeg", .mean)]),
      ":1: no column 'aeg' for the rule of its missing cells (did you mean 'age'?)"
    ),
    (
      MissingRules(.error, named: [.init("k", .median)]),
      ":1: column 'k' is categorical and has no median; its missing cells can be \"level\", a level of their own, or \"drop_rows\""
    ),
    (
      MissingRules(.error, named: [.init("age", .level)]),
      ":1: column 'age' is no category and has no levels; its missing cells can be \"mean\", \"median\" or \"drop_rows\""
    ),
    (
      MissingRules(.mean),
      ":3: column 'k': 1 cell is missing (empty); write \"drop\": [\"k\"] to leave the column out, or \"missing\": {\"k\": \"drop_rows\", \"*\": \"mean\"} to leave out the rows with missing cells, or \"missing\": {\"k\": \"level\", \"*\": \"mean\"} to make them a level\n:4: column 'y': 1 cell is missing ('?'); write \"missing\": {\"y\": \"drop_rows\", \"*\": \"mean\"} to leave out the rows with missing cells"
    ),
    (
      MissingRules(.error, named: [.init("k", .level), .init("y", .dropRows)]),
      ":2: column 'age': 1 cell is missing ('NA'); write \"drop\": [\"age\"] to leave the column out, or \"missing\": \"drop_rows\" to leave out the rows with missing cells, or \"missing\": {\"age\": \"median\"} to fill them"
    ),
  ]

  @Test(arguments: refusals)
  func `what cannot be filled is told with what to write`(
    rules: MissingRules, expected: String
  ) throws {
    let text = "age,k,y\nNA,u,1\n2,,2\n3,v,?\n"
    #expect(
      try Self.errorText(text) {
        $0.categorical = ["k"]
        $0.missing = rules
      } == expected)
  }

  @Test func `a rule may name a column that is not used`() throws {
    let dataset = try Self.load("a,b,y\n1,NA,1\n,5,2\n") {
      $0.drop = ["b"]
      $0.missing = MissingRules(.error, named: [.init("a", .mean), .init("b", .level)])
    }
    #expect(dataset.featureNames == ["a"])
  }

  @Test(arguments: [MissingRules(.mean), MissingRules(.median), MissingRules(.level)])
  func `text and infinity are errors whatever is filled`(rules: MissingRules) throws {
    let text = try Self.errorText("a,b,y\n1,inf,1\nx,2,2\n") { $0.missing = rules }
    #expect(text.contains(":2: column 'b': 1 cell is not finite ('inf')"))
    #expect(text.contains(":3: column 'a': 1 cell is not a number ('x')"))
    let marked = try Self.errorText("a,y\nnan,1\n2,2\n") {
      $0.missing = rules
      $0.missingValues = ["?"]
    }
    #expect(marked.contains("1 cell is not finite ('nan')"))
  }

  @Test func `a column of truth values may have holes`() throws {
    let dataset = try Self.load("t,y\ntrue,1\n?,2\nFalse,3\n")
    #expect(dataset.rows.map { $0[0].isNaN ? -1 : $0[0] } == [1, -1, 0])
    let mixed = try Self.errorText("t,y\n1,1\n?,2\ntrue,3\n")
    #expect(mixed.contains("column 't'"))
  }

  @Test func `a mark may be a number`() throws {
    let dataset = try Self.load("a,y\n-999,1\n2,2\n") { $0.missingValues = ["-999"] }
    #expect(dataset.holes.columns.map(\.count) == [1])
    #expect(dataset.features[0, 0].isNaN)
  }

  @Test func `rules and indicators change the hash and their order does not`() throws {
    func hash(_ configure: (inout CSVSource) -> Void) throws -> String {
      try Self.load("a,b,y\n,1,1\n2,2,2\n", configure).contentHash
    }
    let named = [MissingRules.Named("a", .mean), .init("b", .median)]
    let hashes = try [
      hash { _ in },
      hash { $0.missing = MissingRules(.median) },
      hash { $0.missingIndicator = true },
      hash { $0.missing = MissingRules(.mean, named: named) },
      hash { $0.missing = MissingRules(.mean, named: [named[0]]) },
    ]
    #expect(Set(hashes).count == hashes.count)
    #expect(try hash { $0.missing = MissingRules(.mean, named: named.reversed()) } == hashes[3])
  }
}
