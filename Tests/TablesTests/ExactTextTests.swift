import Tables
import Testing

@Suite struct ExactTextTests {
  @Test func `texts that look alike are two, in the order of their bytes`() {
    let (one, two) = (ExactText("\u{E9}"), ExactText("e\u{301}"))
    #expect(one.text == two.text)
    #expect(one != two)
    #expect(Set([one, two, ExactText("\u{E9}")]).count == 2)
    #expect([one, ExactText("z"), two].sorted() == [two, ExactText("z"), one])
  }
}
