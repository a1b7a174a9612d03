import Tables
import Testing

@Suite struct ShortestNumberTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (100, "100"), (-3, "-3"), (0.1, "0.1"), (-2.5, "-2.5"),
    (1e-6, "1e-6"), (1e-5, "1e-5"), (0.0001, "0.0001"), (1e16, "1e16"), (1e22, "1e22"),
    (1e100, "1e100"), (1.5e-7, "1.5e-7"), (-1.25e-10, "-1.25e-10"),
    (1_000_000_000_000_000, "1000000000000000"), (9_007_199_254_740_991, "9007199254740991"),
    (9_007_199_254_740_992, "9007199254740992"), (123_456_789_012_345_680, "1.2345678901234568e17"),
    (.leastNonzeroMagnitude, "5e-324"), (.greatestFiniteMagnitude, "1.7976931348623157e308"),
    (.leastNormalMagnitude, "2.2250738585072014e-308"), (1.0 / 3.0, "0.3333333333333333"),
    (.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf"),
  ])
  func `a number has its shortest text`(value: Double, text: String) {
    #expect(shortest(value) == text)
  }

  @Test func `the text of any number reads back as the same bits`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite, value != 0 else { continue }
      let text = shortest(value)
      #expect(Double(text)?.bitPattern == value.bitPattern, "\(value)")
      #expect(!text.hasSuffix(".0") && !text.contains("+") && !text.contains("e0"))
    }
  }

  @Test func `texts are appended, not replaced`() {
    var bytes = Array("a,".utf8)
    appendShortest(1e-6, to: &bytes)
    appendDecimal(.min, to: &bytes)
    appendDecimal(0, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "a,1e-6-92233720368547758080")
  }
}
