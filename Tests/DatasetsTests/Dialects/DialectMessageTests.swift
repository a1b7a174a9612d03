import Datasets
import Testing

/// What a file that is written otherwise is told to need.
@Suite struct DialectMessageTests {
  private static func errorText(
    _ text: String, _ configure: (inout CSVSource) -> Void = { _ in }
  ) throws -> String? {
    try withFiles(["d.csv": text]) { folder in
      var source = CSVSource(path: folder + "/d.csv", target: "y")
      configure(&source)
      let error = #expect(throws: DatasetError.self) {
        try Dataset.load(.csv(source), workers: 2)
      }
      return message(error, without: folder)
    }
  }

  private static let textKeys =
    ", or \"categorical\": [\"a\"] to make each text a level, or \"drop\": [\"a\"] to leave the column out"

  @Test(arguments: [
    (["1,5", "-0,25"], "\"decimal\": \",\""),
    (["1,234", "-2,500,000"], "\"thousands\": \",\""),
    (["1,234", "2,500"], "\"decimal\": \",\", or \"thousands\": \",\""),
    (["1.234,5", "2"], "\"decimal\": \",\" and \"thousands\": \".\""),
    (["1 234.5"], "\"thousands\": \" \""), (["1'234"], "\"thousands\": \"'\""),
    (["1\u{A0}234,5"], "\"decimal\": \",\" and \"thousands\": \"\\u00a0\""),
  ])
  func `numbers that are written otherwise are told with the keys`(
    cells: [String], keys: String
  ) throws {
    let wrong = cells.filter { Double($0) == nil }
    let count = wrong.count == 1 ? "1 cell is not a number" : "\(wrong.count) cells are not numbers"
    let texts = wrong.map { "'\($0)'" }.joined(separator: ", ")
    #expect(
      try Self.errorText("a;y\n" + cells.map { "\($0);1\n" }.joined()) {
        $0.dialect.delimiter = ";"
      } == "d.csv:2: column 'a': \(count) (\(texts)); write \(keys)\(Self.textKeys)")
  }

  @Test func `numbers are told otherwise from what the spec says`() throws {
    #expect(
      try Self.errorText("a;y\n1.234,5;1\n1;2\n") {
        $0.dialect = CSVDialect(delimiter: ";", decimal: .comma)
      } == "d.csv:2: column 'a': 1 cell is not a number ('1.234,5'); write \"thousands\": \".\""
        + Self.textKeys)
    #expect(
      try Self.errorText("a;y\n1.5;1\n1;2\n") {
        $0.dialect = CSVDialect(delimiter: ";", decimal: .comma)
      } == "d.csv:2: column 'a': 1 cell is not a number ('1.5'); write \"decimal\": \".\""
        + Self.textKeys)
    #expect(
      try Self.errorText("a;y\n1;1,5\n2;2,5\n3;3,25\n") { $0.dialect.delimiter = ";" }
        == "d.csv: column 'y': the target has the texts '1,5', '2,5', '3,25'; it must be numbers, "
        + "or exactly two texts with \"loss\": \"logistic\"; write \"decimal\": \",\"")
  }

  @Test func `a line that begins as a comment is told as one`() throws {
    let remedy = "; the line begins with '#', write \"comment\": \"#\" if that begins a comment"
    #expect(
      try Self.errorText("a,y\n1,2\n# made by hand\n3,4\n")
        == "d.csv:3: found 1 cell, 2 are needed\(remedy)")
    #expect(
      try Self.errorText("a,y\n1,2\n# 5\" wide\n3,4\n")
        == "d.csv:3: a quote inside a cell; quote the whole cell and double the quote\(remedy)")
  }

  @Test func `runs of blanks are told as what they are`() throws {
    #expect(
      try Self.errorText("a y\n1  2\n") { $0.dialect.delimiter = " " }
        == "d.csv:2: found 3 cells, 2 are needed; the cells seem to stand apart by blanks, "
        + "write \"delimiter\": \"whitespace\"")
  }

  @Test func `a file that has nothing but comments and skipped lines is told`() throws {
    #expect(
      try Self.errorText("# a\n\n") { $0.dialect.comment = "#" }
        == "d.csv: nothing is left after comments, blank lines and 'skip_rows'")
    #expect(
      try Self.errorText("a,y\n1,2\n") { $0.dialect.skippedLineCount = 3 }
        == "d.csv: nothing is left after comments, blank lines and 'skip_rows'")
  }

  @Test func `a cell that is not UTF-8 is told with the encoding`() throws {
    try withFiles(["d.csv": Array("a,y\nK".utf8) + [0xF6] + Array("ln,1\nBonn,2\n".utf8)]) {
      folder in
      let source = CSVSource(path: folder + "/d.csv", target: "y", categorical: ["a"])
      let error = #expect(throws: DatasetError.self) { try Dataset.load(.csv(source), workers: 2) }
      #expect(
        message(error, without: folder)
          == "d.csv:2: column 'a': 1 cell is not UTF-8 ('K\u{FFFD}ln'); "
          + "write \"encoding\": \"latin-1\" where it is that, or convert the file to UTF-8, "
          + "or \"drop\": [\"a\"] to leave the column out")
    }
  }

  @Test(arguments: [
    (
      "# y,x\n1,2\n",
      "the header seems to begin with '#', write \"skip_rows\": 1, \"header\": false, "
        + "and \"target\": \"c1\" as columns are then called c1, c2, …"
    ),
    (
      "\n% y   z\n1 2\n",
      "the header seems to begin with '%', write \"skip_rows\": 2, \"header\": false, "
        + "\"delimiter\": \"whitespace\", and \"target\": \"c1\" as columns are then called c1, c2, …"
    ),
    ("a,y\r1,2\r3,4\r", "the lines seem to end in CR, make them LF, say with: tr '\\r' '\\n'"),
    (
      "sep=;\na;y\n1;2\n",
      "line 2 seems to be the header, write \"skip_rows\": 1 and \"delimiter\": \";\""
    ),
  ])
  func `a header that is not there is told with what the file suggests`(
    text: String, hint: String
  ) throws {
    #expect(try Self.errorText(text)?.hasSuffix("; " + hint) == true)
  }

  @Test func `a header that lacks a name is told`() throws {
    #expect(
      try Self.errorText("a,y\n1,2,3\n2,3,4\n")
        == "d.csv:2: found 3 cells, 2 are needed; 2 lines have more or fewer; "
        + "where the header lacks a name write one, or a delimiter at its end")
  }
}
