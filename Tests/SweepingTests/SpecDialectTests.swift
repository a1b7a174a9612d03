import Datasets
import Sweeping
import Testing

/// What `data` says of how a CSV file is written.
struct SpecDialectTests {
  @Test(arguments: [
    (#""header": true"#, CSVDialect()),
    (#""delimiter": "whitespace""#, CSVDialect(delimiter: .whitespace)),
    (
      #""delimiter": "\u00a7", "encoding": "latin-1""#,
      CSVDialect(delimiter: "§", encoding: .latin1)
    ),
    (#""delimiter": "\u0001""#, CSVDialect(delimiter: "\u{1}")),
    (
      #""delimiter": ";", "decimal": ",", "thousands": ".""#,
      CSVDialect(delimiter: ";", decimal: .comma, thousands: ".")
    ),
    (#""thousands": ",""#, CSVDialect(thousands: ",")),
    (#""thousands": "\u202f""#, CSVDialect(thousands: "\u{202F}")),
    (#""comment": "//", "skip_rows": 4"#, CSVDialect(comment: "//", skippedLineCount: 4)),
  ])
  func `a dialect is read`(data: String, dialect: CSVDialect) throws {
    #expect(try CSVSource.ofSpec(data)?.dialect == dialect)
  }

  @Test(arguments: [
    (
      #""delimiter": "whitespaces""#, #"data.delimiter: found "whitespaces", must be one character"#
    ),
    (#""delimiter": "e""#, #"data.delimiter: found "e", must be one character"#),
    ("\"delimiter\": \"\"", #"data.delimiter: found "", must be one character"#),
    (#""delimiter": "\n""#, #"data.delimiter: found "\n", must be one character"#),
    (#""decimal": ";""#, #"data.decimal: found ";", must be "." or ",""#),
    (#""decimal": 1"#, #"data.decimal: found 1, must be "." or ",""#),
    (#""thousands": "..""#, #"data.thousands: found "..", must be one character"#),
    (#""thousands": "0""#, #"data.thousands: found "0", must be one character"#),
    (#""thousands": ".""#, "data.thousands: is the decimal mark too"),
    (#""decimal": ",", "thousands": ",""#, "data.thousands: is the decimal mark too"),
    ("\"comment\": \"\"", #"data.comment: found "", must be a text such as"#),
    (#""comment": "1""#, #"data.comment: found "1", must be a text such as"#),
    ("\"comment\": \"#\\\"\"", #"must be a text such as"#),
    (#""comment": ",""#, "data.comment: begins with the delimiter"),
    (#""comment": ";", "thousands": ";""#, "data.comment: begins with the thousands separator"),
    (
      #""comment": ",", "decimal": ",", "delimiter": ";""#,
      "data.comment: begins with the decimal mark"
    ),
    (#""skip_rows": -1"#, "data.skip_rows: found -1, must be a whole number"),
    (#""skip_rows": "1""#, "data.skip_rows: found \"1\", must be a whole number"),
    (#""encoding": "latin1""#, #"must be "utf-8" or "latin-1" (did you mean 'latin-1'?)"#),
    (
      #""encoding": "latin-1", "delimiter": "→""#,
      #"data.delimiter: is not in the encoding "latin-1""#
    ),
    (
      #""encoding": "latin-1", "thousands": "\u202f""#,
      #"data.thousands: is not in the encoding "latin-1""#
    ),
    (
      #""encoding": "latin-1", "comment": "→""#, #"data.comment: is not in the encoding "latin-1""#
    ),
  ])
  func `a dialect that cannot be is told with its place`(data: String, expected: String) {
    let error = #expect(throws: SpecErrors.self) { try CSVSource.ofSpec(data)?.dialect }
    #expect("\(error, default: "")".contains(expected))
  }

  @Test(arguments: ["delimiter", "decimal", "thousands", "comment", "skip_rows", "encoding"])
  func `a dialect goes with CSV only`(key: String) {
    let text = """
      {"data": {"libsvm": "d.svm", "\(key)": ","}, "grid": {"solver": "normal", "lambda": 1}}
      """
    let error = #expect(throws: SpecErrors.self) {
      try SpecReader.read(text: Array(text.utf8), path: "s.json")
    }
    #expect("\(error, default: "")".contains("data.\(key): '\(key)' goes with 'csv' only"))
  }
}
