import Datasets
import Foundation
import Sweeping
import Tables
import TestSupport
import Testing

@Suite struct SpecGuessTests {
  private static func guess(_ text: String, target: String = "y") throws -> SpecGuess {
    let folder = try ScratchFolder()
    try folder.write(text, to: "d.csv")
    let survey = try TableSurvey(
      folder.url.appendingPathComponent("d.csv").path, target: target, workers: 2)
    return try SpecGuess(name: "d", survey, target: target)
  }

  /// A member of the spec without the path, which is another for each test.
  private static func member(_ guess: SpecGuess, _ key: String) throws -> String {
    let node = try JSONReader.node(Array(JSONText.encode(guess.document).utf8))
    guard let value = node[key] else { return "nothing" }
    guard key == "data", case .object(let members) = JSONValue(value) else {
      return JSONText.encode(JSONValue(value), style: .compact)
    }
    return JSONText.encode(.object(members.filter { $0.key != "csv" }), style: .compact)
  }

  /// A column of a table with a target, and what the spec's data say of it beyond the target.
  struct Column: CustomTestStringConvertible, Sendable {
    let name: String
    let cell: @Sendable (Int) -> String
    let data: String
    var remark: String?
    var testDescription: String { name }
  }

  private static let letters = Array("abcdefghijklmnopqrstuvwxyz").map { String($0) }

  @Test(arguments: [
    Column(name: "size", cell: { "\($0 * $0)" }, data: ""),
    Column(name: "flag", cell: { $0 % 2 == 0 ? "true" : "False" }, data: ""),
    Column(
      name: "city", cell: { SpecGuessTests.letters[$0 % 4] }, data: #","categorical":["city"]"#,
      remark: "texts become levels (\"categorical\"): 'city' 4"),
    Column(
      name: "town", cell: { $0 > 25 ? "t\($0)" : "t\($0 % 2)" },
      data: #","categorical":{"town":{"min_count":5}}"#,
      remark: "levels of fewer than 5 rows are put together (\"min_count\"): 'town'"),
    Column(
      name: "rooms", cell: { "\($0 % 3)" }, data: "",
      remark: "whole numbers of few values are taken as quantities, not as codes: 'rooms'"),
    Column(
      name: "serial", cell: { "\($0)" }, data: #","drop":["serial"]"#,
      remark: "left out: 'serial': counts the rows"),
    Column(
      name: "year", cell: { "\($0 + 1950)" }, data: "", remark: "follow each other in time ('year')"
    ),
    Column(
      name: "PassengerId", cell: { "\($0 * 17 % 1009 + 500)" }, data: #","drop":["PassengerId"]"#,
      remark: "left out: 'PassengerId': seems to tell things apart"),
    Column(
      name: "one", cell: { _ in "5" }, data: #","drop":["one"]"#,
      remark: "left out: 'one': every cell holds the same"),
    Column(
      name: "none", cell: { _ in "NA" }, data: #","drop":["none"]"#,
      remark: "left out: 'none': every cell is missing"),
    Column(
      name: "rare", cell: { $0 % 3 == 0 ? "\($0)" : "" }, data: #","drop":["rare"]"#,
      remark: "left out: 'rare': more than half of the cells are missing"),
    Column(
      name: "who", cell: { "name \($0)" }, data: #","drop":["who"]"#,
      remark: "left out: 'who': holds texts of which too many are different"),
    Column(
      name: "day", cell: { "2024-01-\($0 + 1)" }, data: #","drop":["day"]"#,
      remark: "left out: 'day': holds dates or times"),
    Column(
      name: "hole", cell: { $0 == 3 ? "?" : "\($0 * $0)" },
      data: #","missing":{"*":"mean"},"missing_indicator":true"#,
      remark: "missing numbers get the mean of the training rows, and a column says where "
        + "(\"missing_indicator\"): 'hole' 1"),
    Column(
      name: "town", cell: { $0 == 3 ? "NA" : SpecGuessTests.letters[$0 % 3] },
      data: #","categorical":["town"],"missing":{"town":"level"}"#,
      remark: "missing texts are a level of their own: 'town' 1"),
    // A level of that name is there already.
    Column(
      name: "town", cell: { $0 == 3 ? "" : ["missing", "there"][$0 % 2] },
      data: #","categorical":["town"],"missing":{"town":"drop_rows"}"#,
      remark: "rows are left out that lack 'town' 1"),
    Column(
      name: "dash", cell: { $0 == 3 ? "-" : "\($0 * $0)" },
      data:
        #","missing_values":["","NA","N/A","n/a","NaN","nan","null","NULL","None","?","-"],"missing":{"*":"mean"},"missing_indicator":true"#,
      remark: "'-' seems to stand for a missing value, as in 'dash'"),
    Column(
      name: "(intercept)", cell: { "\($0 % 5)" }, data: #","drop":["(intercept)"]"#,
      remark: "left out: '(intercept)': the name is the intercept's"),
    Column(
      name: "patient", cell: { "\($0 / 3)" }, data: "",
      remark: "rows seem to belong together by 'patient'"),
    Column(
      name: "maker", cell: { SpecGuessTests.letters[$0 / 5] }, data: #","categorical":["maker"]"#,
      remark: "rows seem to belong together by 'maker'"),
  ])
  func `a column is taken for what it looks like`(column: Column) throws {
    let text =
      "x,\(column.name),y\n"
      + (0..<30).map { "\($0 * $0 + 1),\(column.cell($0)),\(Double($0) / 3)\n" }.joined()
    let guess = try Self.guess(text)
    #expect(try Self.member(guess, "data") == #"{"target":"y"\#(column.data)}"#)
    let remarks = guess.remarks.joined(separator: "\n")
    if let remark = column.remark {
      #expect(remarks.contains(remark))
    } else {
      #expect(guess.remarks.count == 2)
    }
  }

  @Test func `rows without a target are left out while holes of features are filled`() throws {
    let text =
      "x,y\n"
      + (0..<30).map {
        "\($0 == 2 ? "" : "\($0 * $0 + 1)"),\($0 == 5 ? "NA" : "\(Double($0) / 3)")\n"
      }.joined()
    let guess = try Self.guess(text)
    #expect(
      try Self.member(guess, "data")
        == #"{"target":"y","missing":{"*":"mean","y":"drop_rows"},"missing_indicator":true}"#)
    #expect(
      guess.remarks.contains(
        "the target is missing in 1 row, which is left out (\"missing\": \"drop_rows\")"))
  }

  @Test func `a file that says itself where cells were missing gets no further column`() throws {
    let text =
      "x,x missing,y\n"
      + (0..<30).map {
        "\($0 % 7 == 2 ? "" : "\($0 * $0 + 1)"),\($0 % 7 == 2 ? 1 : 0),\(Double($0) / 3)\n"
      }.joined()
    #expect(try Self.member(Self.guess(text), "data") == #"{"target":"y","missing":{"*":"mean"}}"#)
  }

  @Test(arguments: [
    (
      "0,1", "logistic", #","positive":1"#, "two values, '0' and '1'",
      "logistic loss, which predicts the probability of '1'"
    ),
    ("2,1", "logistic", #","positive":2"#, "two values, '1' and '2'", "of '2'"),
    ("yes,no", "logistic", #","positive":"yes""#, "two values, 'no' and 'yes'", "of 'yes'"),
    ("True,false", "logistic", "", "two values, 'false' and 'true'", "of 'true'"),
    ("1.5,2,3", "squared", "", "is a number", "squared loss"),
    (
      "0,1,2", "squared", "", "whole number of 3 values, taken as a quantity",
      "one against the rest"
    ),
  ])
  func `the loss follows from the target`(
    values: String, loss: String, positive: String, what: String, more: String
  ) throws {
    let values = values.split(separator: ",")
    let text = "x,y\n" + (0..<30).map { "\($0 * $0),\(values[$0 % values.count])\n" }.joined()
    let guess = try Self.guess(text)
    #expect(try Self.member(guess, "model") == #"{"loss":"\#(loss)"\#(positive)}"#)
    let solver = loss == "squared" ? "normal" : "newton"
    #expect(try Self.member(guess, "grid").hasPrefix(#"{"solver":"\#(solver)","lambda":"#))
    #expect(guess.remarks.contains { $0.contains(what) && $0.contains(more) })
  }

  @Test(arguments: [
    ("x,y\n1,\n2,NA\n", "d.csv: column 'y': every cell is missing, so there is nothing to predict"),
    ("x,y\n1,5\n2,5.0\n", "column 'y': every cell is '5', so there is nothing to predict"),
    ("x,y\n1,a\n2,a\n", "column 'y': every cell is 'a', so there is nothing to predict"),
    (
      "x,y\n1,a\n2,b\n3,c\n4,d\n",
      "column 'y': 4 different texts ('a', 'b', 'c', …); a target is numbers or has two texts: take "
        + "another column, keep the rows of two of them, or make one against the rest"
    ),
    (
      "x,y\n1,5\n2,6\n3,lots\n",
      "column 'y': cells that are numbers 2, that are not 1 ('lots'); a target is numbers or has two texts: "
        + "mend these cells or leave them empty"
    ),
    (
      "x,y\n1,5\n1,6\n",
      "d.csv: no column is left to predict from; left out: 'x': every cell holds the same"
    ),
    ("y\n1\n2\n", "d.csv: no column is left to predict from"),
  ])
  func `a target that cannot be predicted is told`(text: String, message: String) throws {
    let error = #expect(throws: SpecGuessError.self) { try Self.guess(text) }
    #expect("\(error, default: "")".hasSuffix(message))
  }

  @Test func `few rows are left out one at a time`() throws {
    let guess = try Self.guess("x,y\n1,2\n2,3\n4,7\n8,9\n")
    #expect(try Self.member(guess, "split") == #"{"leave_one_out":true}"#)
    #expect(try Self.member(guess, "metrics") == #"["mse"]"#)
  }

  @Test func `the spec is one that the reader takes`() throws {
    let guess = try Self.guess("a;\"b \"\"q\"\"\";y\n1;u;no\n2;v;yes\n4;u;yes\n8;v;no\n")
    let text = JSONText.encode(guess.document, style: .folded)
    let spec = try SpecReader.read(text: Array(text.utf8), path: "d.json")
    #expect(spec.name == "d")
    guard case .csv(let source) = spec.data else {
      Issue.record("no CSV source")
      return
    }
    #expect(source.categorical.map(\.name) == ["b \"q\""])
    #expect(source.dialect.delimiter == ";")
    #expect(!text.contains("{\n    \"loss\""))
  }
}
