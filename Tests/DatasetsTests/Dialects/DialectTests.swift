import Datasets
import Testing

@Suite struct DialectTests {
  private static func load(
    _ bytes: [UInt8], header: Bool = true, _ dialect: CSVDialect
  ) throws -> Dataset {
    try withFiles(["d.csv": bytes]) { folder in
      let source = CSVSource(
        path: folder + "/d.csv", target: header ? "y" : "c2", hasHeader: header, dialect: dialect)
      return try Dataset.load(.csv(source), workers: 2)
    }
  }

  /// Each is the table a, y of 1234.5, 1 and -0.25, 2.
  @Test(arguments: [
    ("a;y\n1234,5;1\n-,25;2\n", CSVDialect(delimiter: ";", decimal: .comma)),
    ("a;y\n1.234,5;1\n-0,25;2\n", CSVDialect(delimiter: ";", decimal: .comma, thousands: ".")),
    ("a,y\n\"1,234.5\",1\n-0.25,2\n", CSVDialect(thousands: ",")),
    ("a,y\n\"1234,5\",1\n\"-0,25\",2\n", CSVDialect(decimal: .comma)),
    ("a;y\n1 234,5;1\n-0,25;2\n", CSVDialect(delimiter: ";", decimal: .comma, thousands: " ")),
    ("a,y\n1'234.5,1\n-0.25e0,2\n", CSVDialect(thousands: "'")),
    ("a,y\n1\u{202F}234.5,1\n-0.25,2\n", CSVDialect(thousands: "\u{202F}")),
    ("a y\n1234.5 1\n-0.25 2\n", CSVDialect(delimiter: .whitespace)),
    ("  a\t y  \n\n \t\n1234.5  1\n\t-0.25 \t \"2\"\t\n", CSVDialect(delimiter: .whitespace)),
    ("a¦y\n1234.5¦1\n -0.25 ¦ 2\n", CSVDialect(delimiter: "¦")),
    ("a\u{1}y\n1234.5\u{1}1\n-0.25\u{1}2\n", CSVDialect(delimiter: "\u{1}")),
    ("# \"\na,y\n#\"\"\"\n1234.5,1 # \"\n # 5\n-0.25,2#", CSVDialect(comment: "#")),
    ("a,y\n1234.5,1// a/b\n/// c\n-0.25,\"2\" //", CSVDialect(comment: "//")),
    ("-- a\na,y\n1234.5,1--2\n-0.25,2\n", CSVDialect(comment: "--")),
    ("\"\n,,\r\n\na,y\n1234.5,1\n-0.25,2\n", CSVDialect(skippedLineCount: 3)),
    ("\u{FEFF}x\n#\na,y\r\n1234.5,1\r\n-0.25,2\r\n", CSVDialect(comment: "#", skippedLineCount: 1)),
  ])
  func `a table may be written in many ways`(text: String, dialect: CSVDialect) throws {
    let dataset = try Self.load(Array(text.utf8), dialect)
    #expect(dataset.featureNames == ["a"])
    #expect(dataset.rows == [[1234.5], [-0.25]])
    #expect(dataset.target == [1, 2])
  }

  @Test func `without a header the first line that is not skipped is data`() throws {
    let text = "x\n# y\n1,2\n3,4\n"
    let dataset = try Self.load(
      Array(text.utf8), header: false, CSVDialect(comment: "#", skippedLineCount: 1))
    #expect(dataset.rows == [[1], [3]])
  }

  @Test(arguments: [
    ("12,34,567", 1_234_567), ("+1,234", 1234), ("999", 999), ("1234567", 1_234_567),
    ("12,345e-2", 123.45), ("1,234,567.125", 1_234_567.125),
  ])
  func `digits are grouped by threes, or by twos before the last three`(
    cell: String, value: Double
  ) throws {
    let dialect = CSVDialect(delimiter: ";", thousands: ",")
    #expect(try Self.load(Array("a;y\n\(cell);1\n1;2\n".utf8), dialect).rows[0] == [value])
  }

  /// A separator elsewhere stands for something else.
  @Test(arguments: [
    "1,5", "1,23", "1234,567", "1,,234", ",234", "1,234,", "1,2345", "1.5,000", "1,2,345",
  ])
  func `digits grouped otherwise are no number`(cell: String) throws {
    let dialect = CSVDialect(delimiter: ";", thousands: ",")
    #expect(throws: DatasetError.self) {
      try Self.load(Array("a;y\n\(cell);1\n1;2\n".utf8), dialect)
    }
  }

  /// Longer than what is compared at once, and at the edges of the doubles.
  @Test(arguments: [
    "0,1", "1,7976931348623157e308", "4,9e-324", "123456789012345678901234567890,5",
    "9007199254740993,00000000000000000000000000000000000000001", "0,30000000000000004",
  ])
  func `a decimal comma is as exact as a point`(cell: String) throws {
    let dialect = CSVDialect(delimiter: ";", decimal: .comma)
    let dataset = try Self.load(Array("a;y\n\(cell);1\n1;2\n".utf8), dialect)
    #expect(dataset.rows[0][0] == Double(cell.replacing(",", with: ".")))
  }

  @Test func `Latin-1 is read in names, texts and marks`() throws {
    let bytes: [UInt8] =
      Array("caf".utf8) + [0xE9, 0xA7] + Array("y".utf8) + [0xA7] + Array("ort\n".utf8)
      + Array("1".utf8) + [0xA0] + Array("234".utf8) + [0xA7] + Array("1".utf8) + [0xA7]
      + Array("K".utf8) + [0xF6] + Array("ln\n5".utf8) + [0xA7] + Array("2".utf8) + [0xA7]
      + Array("Bonn\n".utf8)
    try withFiles(["d.csv": bytes]) { folder in
      let source = CSVSource(
        path: folder + "/d.csv", target: "y", categorical: [CategoricalColumn("ort")],
        dialect: CSVDialect(delimiter: "§", thousands: "\u{A0}", encoding: .latin1))
      let dataset = try Dataset.load(.csv(source), workers: 2)
      #expect(dataset.featureNames == ["café", "ort=Köln"])
      #expect(dataset.rows == [[1234, 1], [5, 0]])
    }
  }

  @Test func `levels that are numbers are in their order in any dialect`() throws {
    try withFiles(["d.csv": "a;y\n10,5;1\n9,5;2\n2,5;3\n1.000,5;4\n"]) { folder in
      let source = CSVSource(
        path: folder + "/d.csv", target: "y", categorical: [CategoricalColumn("a")],
        dialect: CSVDialect(delimiter: ";", decimal: .comma, thousands: "."))
      let dataset = try Dataset.load(.csv(source), workers: 2)
      #expect(dataset.featureNames == ["a=9,5", "a=10,5", "a=1.000,5"])
    }
  }

  @Test func `a number that stands for a missing value is one in any dialect`() throws {
    try withFiles(["d.csv": "a;y\n-99,5;1\n9,5;2\n"]) { folder in
      let source = CSVSource(
        path: folder + "/d.csv", target: "y",
        dialect: CSVDialect(delimiter: ";", decimal: .comma), missing: .dropRows,
        missingValues: ["-99,5"])
      let dataset = try Dataset.load(.csv(source), workers: 2)
      #expect(dataset.rows == [[9.5]])
    }
  }

  @Test func `rows are counted without comments, blank and skipped lines`() throws {
    let text = "junk\n\na,y\n# one\n1,1\n\n,2\n# two\n3,3\n"
    try withFiles(["d.csv": text]) { folder in
      let source = CSVSource(
        path: folder + "/d.csv", target: "y",
        dialect: CSVDialect(comment: "#", skippedLineCount: 1), missing: .dropRows)
      let dataset = try Dataset.load(.csv(source), workers: 2)
      #expect([0, 1].map(dataset.origins.number) == [0, 2])
    }
  }

  @Test func `what is read otherwise has another hash`() throws {
    let dialects = [
      CSVDialect(), CSVDialect(decimal: .comma), CSVDialect(decimal: .comma, thousands: "."),
      CSVDialect(thousands: "'"), CSVDialect(comment: "#"), CSVDialect(comment: "%"),
      CSVDialect(encoding: .latin1),
    ]
    let hashes = try dialects.map { dialect in
      try Self.load(Array("a,y\n1,2\n3,4\n".utf8), dialect).contentHash
    }
    #expect(Set(hashes).count == dialects.count)
  }

  @Test(arguments: [
    CSVDialect(delimiter: "."), CSVDialect(delimiter: "\n"), CSVDialect(delimiter: "\""),
    CSVDialect(thousands: "."), CSVDialect(thousands: "5"), CSVDialect(comment: ""),
    CSVDialect(comment: ",#"), CSVDialect(comment: "e"), CSVDialect(comment: "#\""),
    CSVDialect(comment: "123456789"), CSVDialect(delimiter: "→", encoding: .latin1),
    CSVDialect(skippedLineCount: -1),
  ])
  func `marks that cannot be told apart are refused`(dialect: CSVDialect) {
    let error = #expect(throws: DatasetError.self) {
      try Self.load(Array("a,y\n1,2\n".utf8), dialect)
    }
    #expect(
      error?.description.hasSuffix("the marks of the dialect cannot be told from the cells")
        == true)
  }
}
