import Tables
import Testing

struct PrintableTextTests {
  @Test(arguments: [
    ("plain é λ 日本", "plain é λ 日本"), ("a\nb\r\tc", "a\\nb\\r\\tc"),
    ("\u{1B}[31mred", "\\u001b[31mred"), ("\0\u{7F}\u{9B}2J", "\\u0000\\u007f\\u009b2J"),
    ("a\u{202E}b\u{2066}c\u{200F}\u{061C}", "a\\u202eb\\u2066c\\u200f\\u061c"),
    ("a\u{2028}b", "a\\u2028b"), ("::error::boom", "\\::error::boom"),
    (" ::stop-commands::x", "\\ ::stop-commands::x"), ("a::b", "a::b"),
    ("x ##[error]y", "x ##\\[error]y"), ("", ""),
  ])
  func `nothing from a file is obeyed by a terminal or by GitHub`(text: String, shown: String) {
    #expect(printable(text) == shown)
  }

  @Test(arguments: [
    ("2 × 3 ± 1 → λ", "2 x 3 +- 1 -> lambda"), ("café", "caf\\u00e9"), ("𝒳", "\\ud835\\udcb3"),
    ("plain", "plain"), ("✅ done…", "[ok] done..."),
  ])
  func `a locale without Unicode gets ASCII`(text: String, shown: String) {
    #expect(asciiText(text) == shown)
  }

  @Test func `JSON escapes what a terminal would obey`() throws {
    let text = "a\u{9B}b\u{202E}é\"\\\n\u{1}"
    let json = JSONText.encode(.string(text), style: .compact)
    #expect(json == #""a\u009bb\u202eé\"\\\n\u0001""#)
    #expect(try JSONReader.node(Array(json.utf8)).string == text)
  }
}
