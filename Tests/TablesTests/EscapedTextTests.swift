import Tables
import Testing

@Suite struct EscapedTextTests {
  @Test(arguments: [
    ("plain, with é and 日本", "plain, with é and 日本"),
    ("a\u{1B}[31mb", "a\\u{1b}[31mb"), ("a\n::error::b\r\tc", "a\\n::error::b\\r\\tc"),
    ("\0\u{7F}\u{85}\u{9B}", "\\u{0}\\u{7f}\\u{85}\\u{9b}"),
    ("\u{202E}abc\u{2066}\u{200F}\u{2028}", "\\u{202e}abc\\u{2066}\\u{200f}\\u{2028}"),
  ])
  func `what a terminal may obey is written out`(text: String, expected: String) {
    #expect(escapedForTerminal(text) == expected)
    #expect(escapedForTerminal(text[...]) == expected)
  }

  @Test func `texts that look alike are two, in the order of their bytes`() {
    let (one, two) = (ExactText("\u{E9}"), ExactText("e\u{301}"))
    #expect(one.text == two.text)
    #expect(one != two)
    #expect(Set([one, two, ExactText("\u{E9}")]).count == 2)
    #expect([one, ExactText("z"), two].sorted() == [two, ExactText("z"), one])
  }
}
