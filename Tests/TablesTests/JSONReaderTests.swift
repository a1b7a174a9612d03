import Tables
import TestSupport
import Testing

struct JSONReaderTests {
  private func read(_ text: String) -> JSONReader.Outcome { JSONReader.read(Array(text.utf8)) }

  private func errors(_ text: String) -> [String] { read(text).errors.map(\.description) }

  @Test func valuesKnowWhereTheyStand() throws {
    let root = try JSONReader.node(Array("{\n  \"é\": [1, \"b\",\n true]}".utf8))
    let member = try #require(root.members?.first)
    #expect(member.key == "é")
    #expect(member.keyPosition == JSONPosition(line: 2, column: 3))
    #expect(member.node.position == JSONPosition(line: 2, column: 8))
    let elements = try #require(member.node.elements)
    #expect(elements.map(\.position.line) == [2, 2, 3])
    #expect(elements.map(\.position.column) == [9, 12, 2])
    #expect(elements[0].number == 1)
    #expect(elements[1].string == "b")
    #expect(elements[2].bool == true)
  }

  @Test func aColumnCountsScalarsNotBytes() throws {
    let root = try JSONReader.node(Array("[\"é😀\", 1]".utf8))
    #expect(try #require(root.elements)[1].position == JSONPosition(line: 1, column: 8))
  }

  @Test func membersKeepTheirOrder() throws {
    let root = try JSONReader.node(Array(#"{"b": 1, "a": 2, "c": 3}"#.utf8))
    #expect(root.members?.map(\.key) == ["b", "a", "c"])
  }

  @Test func aByteOrderMarkIsSkipped() throws {
    let root = try JSONReader.node([0xEF, 0xBB, 0xBF] + Array("[1]".utf8))
    #expect(root.position == JSONPosition(line: 1, column: 1))
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("12", 12), ("-1.5", -1.5), ("1e-3", 0.001), ("1.0E-3", 0.001),
      ("1e+3", 1000), ("0.1", 0.1), ("1e-400", 0), ("4.9e-324", .leastNonzeroMagnitude),
      ("1.7976931348623157e308", 1.7976931348623157e308),
      ("9007199254740993", 9_007_199_254_740_992), ("0.30000000000000004", 0.1 + 0.2),
    ] as [(String, Double)])
  func numbersAreRoundedExactly(text: String, value: Double) throws {
    let node = try JSONReader.node(Array(text.utf8))
    #expect(node.value == .number(JSONNumber(value: value, text: text)))
  }

  @Test(arguments: [
    (#""a\n\t\"\\\/\b\f\r""#, "a\n\t\"\\/\u{8}\u{C}\r"), (#""\u00e9""#, "é"),
    (#""\ud83d\ude00""#, "😀"), (#""\uD83D\uDE00x""#, "😀x"), ("\"\u{7F}é\"", "\u{7F}é"),
  ])
  func escapesAreDecoded(text: String, string: String) throws {
    #expect(try JSONReader.node(Array(text.utf8)).string == string)
  }

  /// Every message of the reader, each provoked.
  @Test(arguments: [
    ("", "1:1: the text is empty, expected a JSON value"),
    (" \n ", "2:2: the text is empty, expected a JSON value"),
    ("{\"a\": 1", "1:8: found the end of the text, expected ',' or '}'"),
    ("[1 2]", "1:4: found '2', expected ',' or ']'"),
    ("{a: 1}", "1:2: found 'a', expected a key in double quotes or '}'"),
    ("{\"a\" 1}", "1:6: a: found '1', expected ':' after the key"),
    ("{\"a\": }", "1:7: a: found '}', expected a value"),
    ("[tru]", "1:2: 0: found 'tru', expected a value"),
    ("[1,,2]", "1:4: 1: found ',', expected a value"),
    ("{\"a\": [1,]}", "1:9: a: found a comma after the last item, JSON allows none there"),
    ("{\"a\": 1,}", "1:8: found a comma after the last item, JSON allows none there"),
    ("[1] // x", "1:5: found a comment, JSON has none (write it in \"description\")"),
    ("[/* x */ 1]", "1:2: found a comment, JSON has none (write it in \"description\")"),
    ("# x\n[1]", "1:1: found a comment, JSON has none (write it in \"description\")"),
    ("[\"a\n\"]", "1:2: 0: a string is not closed, expected '\"' before the end of the line"),
    ("\"abc", "1:1: a string is not closed, expected '\"' before the end of the line"),
    ("\"a\tb\"", "1:3: found a control character in a string, write it as \\u0009"),
    (
      #""\x""#,
      #"1:2: found '\x' in a string, allowed are \" \\ \/ \b \f \n \r \t and \uXXXX"#
    ),
    (
      #""\u12G4""#,
      #"1:2: found '\u12G4' in a string, allowed are \" \\ \/ \b \f \n \r \t and \uXXXX"#
    ),
    (#""\ud83d""#, #"1:2: found '\ud83d', half of a surrogate pair"#),
    (#""\ude00\ud83d""#, #"1:2: found '\ude00', half of a surrogate pair"#),
    ("[01]", "1:2: 0: found '01', not a JSON number (such as 12, -0.5 or 1e-3)"),
    ("[1.]", "1:2: 0: found '1.', not a JSON number (such as 12, -0.5 or 1e-3)"),
    ("[.5]", "1:2: 0: found '.5', not a JSON number (such as 12, -0.5 or 1e-3)"),
    ("[+1]", "1:2: 0: found '+1', not a JSON number (such as 12, -0.5 or 1e-3)"),
    ("[0x10]", "1:2: 0: found '0x10', not a JSON number (such as 12, -0.5 or 1e-3)"),
    ("[1e]", "1:2: 0: found '1e', not a JSON number (such as 12, -0.5 or 1e-3)"),
    ("[1e999]", "1:2: 0: found 1e999, too large for a double"),
    ("[NaN]", "1:2: 0: found NaN, JSON has only finite numbers"),
    ("[-Infinity]", "1:2: 0: found -Infinity, JSON has only finite numbers"),
    ("['a']", "1:2: 0: found a single quote, JSON strings stand in double quotes"),
    ("{\"a\": {\"b\": 1, \"b\": 2}}", "1:16: a.b: duplicate key, first at line 1, column 8"),
    ("[1] 2", "1:5: found '2' after the end of the value"),
  ])
  func everyFaultHasItsMessage(text: String, message: String) {
    #expect(errors(text).first == message)
  }

  @Test func faultsThatLeaveTheRestReadableAreAllReported() {
    let outcome = read("{\"a\": NaN, \"a\": 01,\n \"b\": \"\\q\", // why\n \"c\": [1,],}")
    #expect(outcome.errors.map(\.position.line) == [1, 1, 1, 2, 2, 3, 3])
    #expect(outcome.root?.members?.map(\.key) == ["a", "b", "c"])
  }

  @Test(
    arguments: [
      ([0x22, 0xFF, 0x22], 2), ([0x22, 0xC3, 0xA9, 0xC3, 0x22], 3), ([0x22, 0xC0, 0x80, 0x22], 2),
      ([0x22, 0xED, 0xA0, 0x80, 0x22], 2), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 2),
      ([0x22, 0xE0, 0x9F, 0xBF, 0x22], 2), ([0x22, 0xF0, 0x9F, 0x98], 2),
    ] as [([UInt8], Int)])
  func whatIsNotUTF8IsRefusedWithItsPlace(bytes: [UInt8], column: Int) {
    let outcome = JSONReader.read(bytes)
    #expect(outcome.root == nil)
    #expect(
      outcome.errors == [JSONSyntaxError(.invalidUTF8, at: JSONPosition(line: 1, column: column))])
  }

  @Test func nestingEndsAtTwoHundredLevels() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(errors(nested(200)).isEmpty)
    #expect(errors(nested(202)).first?.hasSuffix("nested more than 200 levels deep") == true)
    #expect(errors(String(repeating: "[", count: 1_000_000)).count == 1)
    #expect(errors(String(repeating: "{\"a\":", count: 100_000)).count == 1)
  }

  @Test func noSequenceOfFragmentsTraps() {
    var random = SeededGenerator(seed: 1)
    let fragments =
      [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d83d", "\"a\"", "1", "-", ".", "e", "/",
        "*", "//", "/*", "#", "\n", "é", "NaN", "true", "'", " ", "\u{FEFF}",
      ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0x00], [0xED, 0xA0, 0x80], [0xF0]]
    for _ in 0..<3000 {
      let count = Int.random(in: 0..<24, using: &random)
      let bytes = (0..<count).flatMap { _ in fragments.randomElement(using: &random) ?? [] }
      let outcome = JSONReader.read(bytes)
      #expect(outcome.root != nil || !outcome.errors.isEmpty)
    }
  }
}

struct JSONKeyTests {
  @Test func `keys are told apart by their bytes`() throws {
    let node = try JSONReader.node(Array("{\"\u{E9}\": 1, \"e\u{301}\": 2}".utf8))
    #expect(node.members?.count == 2)
  }
}
