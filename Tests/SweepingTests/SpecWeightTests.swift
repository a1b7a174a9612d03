import Datasets
import Sweeping
import Testing

/// What a spec says of weights of rows and classes.
struct SpecWeightTests {
  @Test func `a weight column is named beside the target`() throws {
    #expect(try CSVSource.ofSpec("\"weight_column\": \"v\"")?.weightColumn == "v")
    #expect(try CSVSource.ofSpec("\"header\": true")?.weightColumn == nil)
  }

  @Test(arguments: [
    ("\"weight_column\": 3", "data.weight_column: found 3, must be the name of a column"),
    ("\"weight_column\": \"\"", "data.weight_column: found \"\", must be the name of a column"),
    (
      "\"weight_column\": \"y\"",
      "data.weight_column: 'y' is the target, so it cannot hold the weights"
    ),
    (
      "\"weight_column\": \"v\", \"features\": [\"a\", \"v\"]",
      "data.features.1: 'v' holds the weights, so it cannot be a feature"
    ),
    (
      "\"weight_column\": \"v\", \"drop\": [\"v\"]",
      "data.drop.0: 'v' holds the weights, so it cannot be dropped"
    ),
  ])
  func `a wrong weight column is told with its place`(data: String, expected: String) {
    let error = #expect(throws: SpecErrors.self) { try CSVSource.ofSpec(data) }
    #expect("\(error, default: "")".contains(expected))
  }

  @Test func `weights need columns`() {
    let text = """
      {"data": {"libsvm": "d.svm", "weight_column": "v"}, "grid": {"solver": "normal", "lambda": 1}}
      """
    let error = #expect(throws: SpecErrors.self) {
      try SpecReader.read(text: Array(text.utf8), path: "s.json")
    }
    #expect("\(error, default: "")".contains("'weight_column' goes with 'csv' only"))
  }

  private static func classWeight(_ value: String, loss: String = "logistic") throws -> ClassWeight?
  {
    let text = """
      {"data": {"csv": "d.csv", "target": "y"},
       "model": {"loss": "\(loss)", "class_weight": \(value)},
       "grid": {"solver": "gd", "lambda": 1, "eta": 1}}
      """
    return try SpecReader.read(text: Array(text.utf8), path: "s.json").classWeight
  }

  @Test func `classes have weights by name or are balanced`() throws {
    #expect(try Self.classWeight("\"balanced\"") == .balanced)
    #expect(
      try Self.classWeight("{\"yes\": 5, \"no\": 0.5}") != Self.classWeight("{\"yes\": 5}"))
  }

  @Test(arguments: [
    ("\"balance\"", "logistic", "found \"balance\", must be \"balanced\" or an object"),
    ("3", "logistic", "model.class_weight: found 3, must be \"balanced\" or an object"),
    ("{}", "logistic", "model.class_weight: found"),
    ("{\"a\": 0}", "logistic", "model.class_weight.a: found 0, must be a number above 0"),
    ("{\"a\": \"x\"}", "logistic", "model.class_weight.a: found \"x\", must be a number above 0"),
    (
      "\"balanced\"", "squared",
      "model.class_weight: goes with a loss of classes, write \"loss\": \"logistic\" beside it"
    ),
  ])
  func `wrong class weights are told with their place`(
    value: String, loss: String, expected: String
  ) {
    let error = #expect(throws: SpecErrors.self) { try Self.classWeight(value, loss: loss) }
    #expect("\(error, default: "")".contains(expected))
  }
}
