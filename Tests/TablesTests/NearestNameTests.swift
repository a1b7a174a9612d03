import Tables
import Testing

@Suite struct NearestNameTests {
  @Test(arguments: [
    ("lamda", "lambda"), ("lambda", "lambda"), ("LAMBDA", "lambda"), ("epoch", "epochs"),
    ("batchsize", "batch_size"), ("eat", "eta"), ("momentum", nil), ("", nil), ("x", nil),
  ])
  func `a slip finds the name that was meant`(written: String, meant: String?) {
    let names = ["lambda", "eta", "batch_size", "epochs", "y"]
    #expect(nearestName(to: written, among: names) == meant)
  }

  @Test func `the first of equally near names wins`() {
    #expect(nearestName(to: "c3", among: ["c1", "c2"]) == "c1")
    #expect(nearestName(to: "c3", among: []) == nil)
  }
}
