import Tables
import Testing

@Suite struct CSVTests {
  private static func table(_ text: String) throws -> CSVTable {
    try CSVTable(Array(text.utf8), path: "t.csv")
  }

  @Test func `cells of every kind make RFC 4180 rows`() {
    var writer = CSVWriter()
    writer.row(["point", "name", "value"])
    writer.cell(3)
    writer.cell("a,b")
    writer.cell(0.5)
    writer.endRow()
    writer.cell(-1)
    writer.cell("say \"x\"")
    writer.cell(nil as Double?)
    writer.endRow()
    writer.preformatted(Array("7,8".utf8))
    writer.emptyCell()
    writer.endRow()
    #expect(
      String(decoding: writer.bytes, as: UTF8.self)
        == "point,name,value\n3,\"a,b\",0.5\n-1,\"say \"\"x\"\"\",\n7,8,\n")
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `what is no finite number is an empty cell`(value: Double) {
    var writer = CSVWriter()
    writer.cell(1)
    writer.cell(value)
    writer.endRow()
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "1,\n")
  }

  @Test func `rows built apart and put together are the rows built in one`() {
    var whole = CSVWriter()
    var parts: [UInt8] = []
    for i in 0..<4 {
      whole.row(["\(i)", "x"])
      var part = CSVWriter()
      part.reserve(100 * i)
      part.row(["\(i)", "x"])
      parts += part.bytes
    }
    #expect(whole.bytes == parts)
  }

  @Test(arguments: [
    "plain", "", "a,b", "say \"x\"", "two\nlines", "two\r\nlines", " padded ", "\ttab", "é✓", "\"",
    "\"\"", ",", "\r",
  ])
  func `a text cell reads back as it was written`(text: String) throws {
    var writer = CSVWriter()
    writer.row(["a", "b"])
    writer.row([text, "end"])
    let table = try CSVTable(writer.bytes, path: "t.csv")
    #expect(table.rows.map(\.cells) == [[text, "end"]])
  }

  @Test(arguments: [
    "a,b\n1,2\n3,4\n", "a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r\n", "\u{FEFF}a,b\n1,2\n3,4\n",
    "\na,b\n\n1,2\n\r\n3,4\n\n", "\"a\",\"b\"\n\"1\",2\n3,\"4\"",
  ])
  func `line ends, a byte order mark, empty lines and quotes do not matter`(text: String) throws {
    let table = try Self.table(text)
    #expect(table.header == ["a", "b"])
    #expect(table.rows.map(\.cells) == [["1", "2"], ["3", "4"]])
    #expect(table.column("b") == 1)
    #expect(table.column("c") == nil)
  }

  @Test func `a row knows the line it starts on`() throws {
    let table = try Self.table("a,b\n\"x\ny\",1\n\n2,3\n")
    #expect(table.rows.map(\.line) == [2, 5])
  }

  @Test(arguments: [
    ("", "t.csv:1: the file is empty, a header row is needed"),
    ("a,b,a\n", "t.csv:1: column 'a' occurs twice in the header"),
    ("a,b\n1,2\n3\n", "t.csv:3: found 1 cell, the header has 2"),
    ("a,b\n1,2,3\n", "t.csv:2: found 3 cells, the header has 2"),
    ("a,b\n1,\"2\n", "t.csv:2: a quoted cell that starts here is never closed"),
    ("a,b\n1,2\"\n", "t.csv:2: a quote inside a cell; quote the whole cell and double the quote"),
    (
      "a,b\n1,\"2\"3\n", "t.csv:2: a quote inside a cell; quote the whole cell and double the quote"
    ),
  ])
  func `a malformed table is an error with its line`(text: String, message: String) {
    let error = #expect(throws: CSVError.self) { try Self.table(text) }
    #expect(error?.description == message)
  }
}
