import Charts
import Foundation
import TestSupport
import Testing

/// Pictures and reports of tables that are larger than any screen.
@Suite struct LargeTableTests {
  private let limit = 5_000_000

  private func curve(_ count: Int, _ row: (Int) -> String) -> String {
    "point,solver,batch_size,eta,lambda,status,folds,train_mse,train_mse_se,validation_mse,"
      + "validation_mse_se,weight_norm,effective_df,selected\n"
      + (0..<count).map { "\($0),\(row($0))\n" }.joined()
  }

  private func numbers(_ index: Int) -> String {
    let wave = 2 + sin(Double(index) / 300)
    return "ok,5,\(wave),0.1,\(wave + Double(index % 7)),0.2,1,3,\(index == 777 ? "min" : "")"
  }

  private func sizes(of text: String) throws -> (page: String, picture: String, seconds: Double) {
    var result = (page: "", picture: "", seconds: 0.0)
    try withFolder([:], curve: text) { folder in
      let start = ContinuousClock.now
      result.page = report(folder)
      result.picture = svg(folder)
      let passed = (ContinuousClock.now - start).components
      result.seconds = Double(passed.seconds) + Double(passed.attoseconds) * 1e-18
    }
    return result
  }

  @Test func `one axis of 20,000 values is thinned to what a screen shows`() throws {
    let text = curve(20_000) { "normal,,,\(Double($0 + 1) * 1e-3),\(numbers($0))" }
    let (page, picture, _) = try sizes(of: text)
    #expect(page.utf8.count < limit)
    #expect(picture.utf8.count < limit / 4)
    // The selected point keeps its mark and its values on hover.
    #expect(picture.contains("min: λ = 0.778"))
    #expect(page.contains("selected: min"))
  }

  @Test func `time grows no faster than the number of combinations`() throws {
    func table(_ count: Int) -> String {
      curve(count) { "sgd,\($0 % 200 + 1),\(Double($0 / 200 + 1) * 1e-3),1,\(numbers($0))" }
    }
    let small = try sizes(of: table(4_000)).seconds
    let (page, _, large) = try sizes(of: table(16_000))
    #expect(page.utf8.count < limit)
    // Quadratic work takes sixteen times as long; half of that leaves room for a busy machine.
    #expect(large < 8 * small)
  }

  @Test func `words of 16,000 characters are shortened`() throws {
    let word = String(repeating: "w", count: 16_000)
    let text = curve(500) { index in
      "\(word)\(index % 3),,,\(index + 1),\(numbers(index))"
    }
    let (page, picture, seconds) = try sizes(of: text)
    #expect(page.utf8.count < limit)
    #expect(picture.utf8.count < limit)
    #expect(!page.contains(word))
    #expect(seconds < 20)
  }
}
