import Tables
import Testing

struct JSONTextTests {
  @Test func aPrettyTextHasOneMemberPerLineAndShortListsOnOne() {
    let value: JSONValue = [
      "name": "ridge", "lambda": 1e-6, "folds": 5, "ok": true, "none": nil,
      "values": [1, 2.5, "a"], "empty": [], "nothing": [:],
      "points": [["a": 1], ["b": .number(.nan)]],
    ]
    #expect(
      JSONText.encode(value) == """
        {
          "name": "ridge",
          "lambda": 1e-6,
          "folds": 5,
          "ok": true,
          "none": null,
          "values": [1, 2.5, "a"],
          "empty": [],
          "nothing": {},
          "points": [
            {
              "a": 1
            },
            {
              "b": null
            }
          ]
        }

        """)
  }

  @Test func aCompactTextIsOneLine() {
    let value: JSONValue = ["a": [1, 100.0, 0.1], "b": ["c": .literal("18446744073709551615")]]
    #expect(
      JSONText.encode(value, style: .compact)
        == #"{"a":[1,100,0.1],"b":{"c":18446744073709551615}}"#)
  }

  @Test func aLongListBreaksIntoLines() {
    let text = JSONText.encode(.array((0..<60).map { .integer($0 + 1000) }))
    #expect(text.split(separator: "\n").count == 62)
  }

  @Test func `a folded text has on a line what fits on it`() {
    let value: JSONValue = [
      "name": "ridge", "empty": [:], "split": ["k_fold": 5], "points": [["a": 1], ["b": [1, 2]]],
      "long": .array((0..<30).map { .integer($0 + 1000) }),
      "data": ["csv": .string(String(repeating: "d", count: 90)), "drop": ["a", "b"]],
    ]
    let lines = JSONText.encode(value, style: .folded).split(separator: "\n")
    #expect(
      lines.prefix(6) == [
        "{", #"  "name": "ridge","#, #"  "empty": {},"#, #"  "split": { "k_fold": 5 },"#,
        #"  "points": [{ "a": 1 }, { "b": [1, 2] }],"#, #"  "long": ["#,
      ])
    #expect(lines[6].hasPrefix("    1000, 1001, ") && lines[6].count > 75)
    #expect(lines.count { $0.contains("1029") } == 1)
    #expect(lines.suffix(5).first == #"  "data": {"#)
    #expect(lines.suffix(3).first == #"    "drop": ["a", "b"]"#)
    #expect(lines.allSatisfy { $0.count <= 110 })
  }

  @Test func stringsComeBackFromTheReader() throws {
    let string = "a\"b\\c/\n\r\t\u{8}\u{C}\u{1}\u{7F}é😀\u{2028}"
    let text = JSONText.encode(.string(string))
    #expect(try JSONReader.node(Array(text.utf8)).string == string)
  }

  @Test func whatWasReadIsWrittenWithItsNumbersAsTheyWere() throws {
    let text = #"{"b":[1.0E-3,-0,12345678901234567890],"a":{"c":null,"d":false}}"#
    let node = try JSONReader.node(Array(text.utf8))
    #expect(JSONText.encode(JSONValue(node), style: .compact) == text)
  }
}
