import Datasets
import Tables
import Testing

@Suite struct TableSurveyTests {
  private static func survey(
    _ text: String, target: String? = nil, chunkByteCount: Int = 1 << 19, windowSize: Int? = nil
  ) throws -> TableSurvey {
    try withFiles(["d.csv": text]) { folder in
      try TableSurvey(
        folder + "/d.csv", target: target, workers: 2, chunkByteCount: chunkByteCount,
        windowSize: windowSize)
    }
  }

  struct Dialect: CustomTestStringConvertible, Sendable {
    let text: String
    var target: String?
    let delimiter: CSVDialect.Delimiter
    let names: [String]
    var testDescription: String { text }
  }

  @Test(arguments: [
    Dialect(text: "a,b\n1,2\n", delimiter: ",", names: ["a", "b"]),
    Dialect(text: "a;b;c\n1,5;2;3,5\n", delimiter: ";", names: ["a", "b", "c"]),
    Dialect(text: "1,5;2,5\n3,5;4,5\n", delimiter: ";", names: ["c1", "c2"]),
    Dialect(text: "\u{FEFF}a\tb\nx y\t2\n", delimiter: "\t", names: ["a", "b"]),
    Dialect(text: "a|b\n1|2\n", delimiter: "|", names: ["a", "b"]),
    Dialect(text: "\n\na b\n1 2\n", delimiter: .whitespace, names: ["a", "b"]),
    // A text with commas in it, and a name with the delimiter in quotes.
    Dialect(text: "who;y\nDoe, J;1\nRoe, K, L;2\n", delimiter: ";", names: ["who", "y"]),
    Dialect(text: "\"a,b\",y\n1,2\n", delimiter: ",", names: ["a,b", "y"]),
    // The target decides.
    Dialect(text: "a b;c,d\n1 2;3,4\n", target: "a b", delimiter: ";", names: ["a b", "c,d"]),
    // No header: a number or a mark in the first line, or a target that is called by number.
    Dialect(text: "1,x\n2,y\n", delimiter: ",", names: ["c1", "c2"]),
    Dialect(text: "?,x\nz,y\n", delimiter: ",", names: ["c1", "c2"]),
    Dialect(text: "p,x\nq,y\n", target: "c2", delimiter: ",", names: ["c1", "c2"]),
    // A header all the same: columns numbered as pandas does, and a target among them.
    Dialect(text: ",0,1,2\n0,5,6,7\n", delimiter: ",", names: ["c1", "0", "1", "2"]),
    Dialect(text: "x,1990\nu,3\n", target: "1990", delimiter: ",", names: ["x", "1990"]),
    Dialect(text: "y\n1\n2\n", delimiter: ",", names: ["y"]),
  ])
  func `the delimiter and the header are found`(dialect: Dialect) throws {
    let survey = try Self.survey(dialect.text, target: dialect.target)
    #expect(survey.dialect.delimiter == dialect.delimiter)
    #expect(survey.names == dialect.names)
  }

  @Test(arguments: [
    ("a;b\n1,5;2\n", CSVDialect(delimiter: ";", decimal: .comma)),
    ("a;b\n1.234,5;2\n2,5;3\n", CSVDialect(delimiter: ";", decimal: .comma, thousands: ".")),
    ("a,b\n\"1,234\",2.5\n\"22,345\",3\n", CSVDialect(thousands: ",")),
    ("a\tb\n1 234\t2.5\n", CSVDialect(delimiter: "\t", thousands: " ")),
    ("a;b;c\n1,5;2.5;3.5\n", CSVDialect(delimiter: ";")),
    ("a,y\n1,1.5\n-,2\n3,3\n4,4\n5,5\n6,6\n7,7\n8,8\n9,9\n10,10\n", CSVDialect()),
    ("a b  c\n 1 2\t 3 \n", CSVDialect(delimiter: .whitespace)),
    ("1.0  2  \"x y\"\n3.5 4\t\"z\"\n", CSVDialect(delimiter: .whitespace)),
    ("5, 3, 1\n6, 2, 8\n", CSVDialect()),
    ("# made by me\na,b\n1,2\n# the end\n", CSVDialect(comment: "#")),
    ("#id,b\n1,2\n3,4\n", CSVDialect()),
    ("|1x3 Cross validator\n1, a, 2\n2, b, 3\n", CSVDialect(skippedLineCount: 1)),
    ("A \"title\"\n\nby me\na,b\n1,2\n3,4\n5,6\n7,8\n", CSVDialect(skippedLineCount: 3)),
    ("a;b\nM\u{FC}nchen;2\n", CSVDialect(delimiter: ";")),
  ])
  func `the rest of the dialect is found`(text: String, dialect: CSVDialect) throws {
    #expect(try Self.survey(text).dialect == dialect)
  }

  @Test func `a text that is not UTF-8 is read as Latin-1`() throws {
    let body =
      Array("city,y\nM".utf8) + [0xFC] + Array("nchen,1\nK".utf8) + [0xF6] + Array("ln,2\n".utf8)
    let survey = try withFiles(["d.csv": body]) { folder in
      try TableSurvey(folder + "/d.csv", target: "y", workers: 1)
    }
    #expect(survey.dialect == CSVDialect(encoding: .latin1))
    #expect(survey.columns[0].texts.all.map(\.value.text) == ["München", "Köln"])
    let header = Array("stra".utf8) + [0xDF] + Array("e,y\na,1\n".utf8)
    let names = try withFiles(["d.csv": header]) { folder in
      try TableSurvey(folder + "/d.csv", target: "y", workers: 1).names
    }
    #expect(names == ["straße", "y"])
  }

  @Test func `cells are sorted into missing, numbers, truth values and texts`() throws {
    let survey = try Self.survey(
      """
      n,b,t,d,e
      1,true,x,2024-01-31,
      -2.5,FALSE,"x",2024-02-01 10:00,NA
      ?,True,inf,31.01.2024,
      NA,na ,3,1/2/24,

      """)
    #expect(survey.rowCount == 4)
    let columns = survey.columns
    #expect(columns.map(\.missingCount) == [2, 0, 0, 0, 4])
    #expect(columns.map(\.numberCount) == [2, 0, 1, 0, 0])
    #expect(columns.map(\.booleanCount) == [0, 3, 0, 0, 0])
    #expect(columns.map(\.textCount) == [0, 1, 3, 4, 0])
    #expect(columns[0].marks == ["?", "NA"])
    // `true` and `True` are one value, `na` is no mark.
    #expect(columns.map(\.distinctCount) == [2, 3, 3, 4, 0])
    #expect(columns[2].nonFiniteCount == 1)
    #expect(columns[3].dateCount == 4)
    #expect(columns[0].range.smallest?.value == -2.5)
    #expect(columns[0].range.isWhole == false)
  }

  @Test func `the order of rows is seen`() throws {
    let survey = try Self.survey(
      """
      id,patient,year,when,far
      7,1,1990,2024-01-01,-5
      8,1,1990,2024-01-02,3
      9,2,1995,2024-01-02,-5
      10,3,1996,2024-02-01,4

      """)
    #expect(survey.columns.map(\.order.countsUp) == [true, false, false, false, false])
    #expect(survey.columns.map(\.order.isSorted) == [true, true, true, true, false])
    #expect(survey.columns.map(\.order.isStepwise) == [true, true, false, false, false])
    #expect(survey.columns.map(\.order.runCount) == [4, 3, 3, 3, 4])
    #expect(survey.columns[0].order.firstNumber == 7)
    let end = survey.columns[4].range.smallest
    #expect(end?.value == -5)
    #expect(end?.count == 2)
    #expect(end?.next == 3)
  }

  @Test(arguments: [
    (["1", "-", "3", "4", "5", "6"], ["-"]),
    (["1", "unknown", "3", ".", "5", "6", "7", "8", "9", "3"], ["unknown", "."]),
    (["1.5", "inf", "2", "3", "4"], ["inf"]),
    (["0.5", "-200.0", "2", "-200.0", "-1"], ["-200.0"]),
    (["3", "-9", "2", "-9", "1"], ["-9"]),
    (["3", "9999", "2", "9999", "1"], ["9999"]),
    // None: one such cell, no gap, texts with digits, too many texts, a top code, a small number.
    (["0.5", "-200", "2", "3", "1"], []),
    (["3", "-9", "2", "-9", "40"], []),
    (["1", "10+", "3", "4", "5", "6"], []),
    (["1", "a", "b", "4", "5", "6"], []),
    (["0", "99999", "41310", "99999", "1"], []),
    (["1", "99", "2", "99", "3"], []),
  ])
  func `a mark for a missing value is told from numbers`(
    cells: [String], marks: [String]
  ) throws {
    let survey = try Self.survey("a,y\n" + cells.map { "\($0),1\n" }.joined(), target: "y")
    #expect(survey.addedMarks == marks)
    #expect(survey.columns[0].missingCount == cells.count { marks.contains($0) })
    #expect(survey.markedColumns == (marks.isEmpty ? [] : [0]))
  }

  /// Numbers, texts, quotes with line ends, holes: a file that is cut at many places.
  private static let mixed =
    "n,t,q\n"
    + (0..<400).map { row in
      "\(row % 7 == 0 ? "" : "\(row)"),k\(row / 50),\"a\n,\(row % 3)\"\n"
    }.joined()

  @Test(arguments: [16, 64, 1024], [nil, 1 << 20])
  func `pieces of any length add up to the same`(chunk: Int, window: Int?) throws {
    let whole = try Self.survey(Self.mixed)
    let survey = try Self.survey(Self.mixed, chunkByteCount: chunk, windowSize: window)
    #expect(survey.rowCount == 400)
    for (column, expected) in zip(survey.columns, whole.columns) {
      #expect(column.missingCount == expected.missingCount)
      #expect(column.distinctCount == expected.distinctCount)
      #expect(column.order.runCount == expected.order.runCount)
      #expect(column.order.countsUp == expected.order.countsUp)
      #expect(column.order.isSorted == expected.order.isSorted)
      #expect(column.range.largest?.value == expected.range.largest?.value)
      #expect(column.range.largest?.next == expected.range.largest?.next)
      #expect(column.texts.all.map(\.count) == expected.texts.all.map(\.count))
    }
    #expect(whole.columns.map(\.missingCount) == [58, 0, 0])
    #expect(whole.columns.map(\.distinctCount) == [342, 8, 3])
    #expect(whole.columns[1].order.runCount == 8)
  }

  @Test func `values beyond a limit are only known to be many`() throws {
    let text = "n,t\n" + (0..<1001).map { "\($0),t\($0)\n" }.joined()
    let survey = try Self.survey(text)
    #expect(survey.columns.map(\.distinctCount) == [nil, nil])
    #expect(survey.columns.map { $0.numbers.all.count + $0.texts.all.count } == [0, 0])
    #expect(survey.columns[0].order.countsUp)
    #expect(survey.columns[0].range.largest?.value == 1000)
    let long = try Self.survey("t\n" + String(repeating: "x", count: 300) + "\ny\n")
    #expect(long.columns[0].distinctCount == nil)
  }

  @Test(arguments: [
    ("", "d.csv: the file is empty"),
    ("a,b\n", "d.csv: no rows of data"),
    ("a,b\n1,2\n1\n1,2,3\n", "d.csv:3: found 1 cell, 2 are needed; 2 lines have more or fewer"),
    ("a,b\n1,\"2\n", "d.csv:2: a quoted cell that starts here is never closed"),
    ("% made by Weka\n\n@RELATION x\n", "the file is ARFF of Weka"),
    ("\u{1F}\u{8B}", "d.csv: "),
    (
      "+1 1:0.5 3:-1\n-1 2:1\n",
      "the line looks like LIBSVM, name such a file by \"libsvm\" in place of \"csv\""
    ),
  ])
  func `what cannot be read is told as for a run`(text: String, message: String) throws {
    let error = #expect(throws: DatasetError.self) { try Self.survey(text) }
    #expect("\(error, default: "")".contains(message))
  }

  @Test(arguments: [
    (
      "a,bee\n1,2\n", "be",
      "no column 'be' for the target (did you mean 'bee'?); the header holds 'a', 'bee'"
    ),
    (
      "1,x\n2,y\n", "y",
      "no column 'y' for the target; the first line is data and names no columns: they are called "
        + "c1 to c2"
    ),
    ("a,b,b\n1,2,3\n", "b", "column 'b' occurs twice in the header"),
  ])
  func `a column that is not there is an error`(text: String, name: String, message: String) throws
  {
    let survey = try Self.survey(text, target: name)
    let error = #expect(throws: DatasetError.self) { try survey.column(named: name) }
    #expect("\(error, default: "")".hasSuffix(message))
  }
}
