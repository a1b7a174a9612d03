import Datasets
import Testing

/// Columns whose cells are all `true` or `false`.
@Suite struct TruthValueTests {
  private static func load(
    _ text: String, also extra: String? = nil, _ configure: (inout CSVSource) -> Void = { _ in }
  ) throws -> Dataset {
    try withFiles(["d.csv": text, "v.csv": extra ?? ""]) { folder in
      var source = CSVSource(path: folder + "/d.csv", target: "y", missing: .dropRows)
      configure(&source)
      return try Dataset.load(
        .csv(source), extraFiles: extra == nil ? [] : [("validation", folder + "/v.csv")],
        workers: 2)
    }
  }

  @Test func `a column of truth values is 1 and 0`() throws {
    let dataset = try Self.load(
      "a,t,y\n1,TRUE,true\n2,false,False\n3,True,?\n4,,true\n5,\" true \",TRUE\n")
    #expect(dataset.featureNames == ["a", "t"])
    #expect(dataset.rows == [[1, 1], [2, 0], [5, 1]])
    #expect(dataset.target == [1, 0, 1])
    #expect(dataset.textClasses == nil)
    #expect(dataset.remarks.last == "the target 'y' is 1 for true and 0 for false")
  }

  @Test func `it is in no square, as a level is`() throws {
    let text = "a,t,k,u,y\n1,true,u,false,1\n2,false,v,true,2\n"
    let dataset = try Self.load(text) { $0.categorical = ["k"] }
    #expect(dataset.featureNames == ["a", "t", "k=v", "u"])
    #expect(dataset.levelGroups == [1..<2, 2..<3, 3..<4])
    #expect(dataset.hasTruthValues)
    #expect(
      try PolynomialFeatures(
        degree: 2, featureNames: dataset.featureNames, levelGroups: dataset.levelGroups
      ).names == ["a", "t", "k=v", "u", "a^2", "a*t", "a*k=v", "a*u", "t*k=v", "t*u", "k=v*u"])
    // Numbers are numbers, also where they are all 0 or 1.
    let numbers = try Self.load("t,y\n1,1\n0,2\n")
    #expect(numbers.levelGroups.isEmpty && !numbers.hasTruthValues)
  }

  @Test func `in a category they are texts`() throws {
    let dataset = try Self.load("t,y\ntrue,1\nfalse,2\nTrue,3\n") { $0.categorical = ["t"] }
    #expect(dataset.featureNames == ["t=false", "t=true"])
    #expect(!dataset.hasTruthValues)
  }

  private static let advice =
    "; write 1 and 0 in their place; write \"categorical\": [\"t\"] to make each text a level, or "
    + "\"drop\": [\"t\"] to leave the column out"

  @Test(arguments: [
    (
      "t,y\n1,1\ntrue,2\n0,3\nFALSE,4\n",
      "d.csv:3: column 't': 2 cells are true or false beside numbers ('true', 'FALSE')" + advice
    ),
    // A missing cell is neither; a cell that is no number is told with the truth values.
    (
      "t,y\ntrue,1\n,2\n2.5,3\n",
      "d.csv:2: column 't': 1 cell is true or false beside numbers ('true')" + advice
    ),
    (
      "a,y\n1,true\n2,0\n3,false\n",
      "d.csv:2: column 'y': 2 cells are true or false beside numbers ('true', 'false'); "
        + "write 1 and 0 in their place"
    ),
  ])
  func `truth values beside numbers are told at the first of them`(
    text: String, expected: String
  ) throws {
    let error = #expect(throws: DatasetError.self) { try Self.load(text) }
    #expect("\(error, default: "")".hasSuffix(expected))
  }

  @Test func `beside other texts they are texts`() throws {
    let error = #expect(throws: DatasetError.self) {
      try Self.load("t,y\n1,1\ntrue,2\nmaybe,3\n")
    }
    #expect(
      "\(error, default: "")".contains(
        "d.csv:3: column 't': 2 cells are not numbers ('maybe', 'true'); write \"categorical\""))
    let classes = try Self.load("a,y\n1,true\n2,yes\n3,true\n")
    #expect(classes.textClasses == ["true", "yes"])
  }

  @Test func `numbers in another file are beside them too`() throws {
    for (first, second, place) in [
      ("true", "1", "d.csv:2"), ("1", "true", "v.csv:2"), ("false", "2.5", "d.csv:2"),
    ] {
      let error = #expect(throws: DatasetError.self) {
        try Self.load("t,y\n\(first),1\n", also: "y,t\n1,\(second)\n")
      }
      #expect(
        "\(error, default: "")".contains("\(place): column 't': 1 cell is true or false beside"))
    }
    let agreeing = try Self.load("t,y\ntrue,1\n", also: "y,t\n1,FALSE\n")
    #expect(agreeing.rows == [[1], [0]])
  }
}
