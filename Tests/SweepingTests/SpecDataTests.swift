import Datasets
import Sweeping
import Testing

/// What `data` says of missing cells and columns without a name.
struct SpecDataTests {
  @Test func `missing values are those of the contract until a list replaces them`() throws {
    #expect(
      try CSVSource.ofSpec("\"header\": true")?.missingValues
        == ["", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None", "?"])
    #expect(
      try CSVSource.ofSpec("\"missing_values\": [\"-999\", \" x \\t\", \"\"]")?.missingValues
        == ["-999", "x", ""])
    #expect(try CSVSource.ofSpec("\"missing_values\": []")?.missingValues == [])
  }

  @Test(arguments: [
    ("\"missing_values\": \"NA\"", "data.missing_values"),
    ("\"missing_values\": [\"NA\", -999]", "data.missing_values.1"),
    ("\"drop\": [\"\", \"\"]", "data.drop.1: '' is listed twice"),
  ])
  func `a wrong list is told with its place`(data: String, expected: String) {
    let error = #expect(throws: SpecErrors.self) { try CSVSource.ofSpec(data) }
    #expect("\(error, default: "")".contains(expected))
  }

  @Test(
    arguments: [
      ("\"header\": true", .error), ("\"missing\": \"drop_rows\"", .dropRows),
      ("\"missing\": \"mean\"", MissingRules(.mean)), ("\"missing\": {}", .error),
      (
        "\"missing\": {\"a\": \"median\", \"*\": \"drop_rows\", \"y\": \"error\", \"k\": \"level\"}",
        MissingRules(
          .dropRows, named: [.init("a", .median), .init("y", .error), .init("k", .level)])
      ),
    ] as [(String, MissingRules)])
  func `missing is one rule for all columns or one for each`(
    data: String, rules: MissingRules
  ) throws {
    #expect(try CSVSource.ofSpec(data)?.missing == rules)
  }

  @Test func `an indicator is made where it is asked for`() throws {
    #expect(try CSVSource.ofSpec("\"missing\": \"mean\"")?.missingIndicator == false)
    #expect(
      try CSVSource.ofSpec("\"missing\": \"mean\", \"missing_indicator\": true")?.missingIndicator
        == true)
  }

  @Test(arguments: [
    ("\"drop_rows\"", 1), ("{\"k\": \"level\"}", 1), ("{\"a\": \"mean\"}", 0), ("\"median\"", 0),
  ])
  func `an indicator without a fill is remarked on`(missing: String, count: Int) throws {
    let text = """
      {"data": {"csv": "d.csv", "target": "y", "missing": \(missing), "missing_indicator": true},
       "grid": {"solver": "normal", "lambda": 1}}
      """
    let spec = try SpecReader.read(text: Array(text.utf8), path: "s.json")
    #expect(spec.remarks.count == count)
  }

  @Test func `an empty name stands for columns without one`() throws {
    #expect(try CSVSource.ofSpec("\"drop\": [\"\"]")?.drop == [""])
    #expect(
      try CSVSource.ofSpec("\"features\": [\"\", \"a\"], \"categorical\": [\"\"]")?.features == [
        "", "a",
      ])
  }

  @Test func `names are told apart by their bytes`() throws {
    #expect(try CSVSource.ofSpec("\"drop\": [\"\u{E9}\", \"e\u{301}\"]")?.drop.count == 2)
  }

  @Test func `categories are a list or an object that says more of each`() throws {
    #expect(try CSVSource.ofSpec("\"categorical\": [\"a\"]")?.categorical == ["a"])
    #expect(
      try CSVSource.ofSpec(
        """
        "categorical": {"a": {}, "b": {"levels": "all"}, "": {"levels": "drop_first", "min_count": 20}}
        """)?.categorical
        == [
          "a", CategoricalColumn("b", levels: .all), CategoricalColumn("", minimumCount: 20),
        ])
    #expect(try CSVSource.ofSpec("\"categorical\": {}")?.categorical == [])
  }

  @Test(arguments: [
    (
      "\"a\"",
      "data.categorical: found \"a\", must be an array of column names, or an object such as "
        + "{\"city\": {\"min_count\": 20}}"
    ),
    (
      "{\"a\": true}",
      "data.categorical.a: found true, must be an object such as {\"min_count\": 20}"
    ),
    (
      "{\"a\": {\"levels\": \"first\"}}",
      "data.categorical.a.levels: found \"first\", must be \"drop_first\" or \"all\""
    ),
    (
      "{\"a\": {\"min_count\": 0}}",
      "data.categorical.a.min_count: found 0, must be a whole number of at least 1"
    ),
    (
      "{\"a\": {\"mincount\": 2}}",
      "data.categorical.a.mincount: unknown key (did you mean 'min_count'?)"
    ),
    ("{\"y\": {}}", "data.categorical.y: 'y' is the target, so it cannot be categorical"),
    ("{\"a\": {}}, \"drop\": [\"a\"]", "data.categorical.a: 'a' is dropped"),
    ("{\"a\": {}}, \"features\": [\"b\"]", "data.categorical.a: 'a' is not listed in 'features'"),
  ])
  func `what is wrong with a category is told with its place`(value: String, expected: String) {
    let error = #expect(throws: SpecErrors.self) {
      try CSVSource.ofSpec("\"categorical\": \(value)")
    }
    #expect(error?.problems.count == 1)
    #expect("\(error, default: "")".contains(expected))
  }
}
