import Charts
import Tables
import Testing

@Suite struct NumberTests {
  @Test(arguments: [
    (1270.0, "1270"), (9374.4, "9374"), (0.1, "0.1"), (2.15443469, "2.154"), (0, "0"),
    (-0.00012344, "−0.0001234"), (123_456, "123500"), (1_234_567, "1.235×10⁶"),
    (1e-6, "10⁻⁶"), (2e-6, "2×10⁻⁶"), (-1e20, "−10²⁰"), (99_999, "100000"),
    (.leastNonzeroMagnitude, "4.941×10⁻³²⁴"),
    (1.7976931348623157e308, "1.798×10³⁰⁸"),
  ])
  func `four significant digits, plain where that is shorter to read`(value: Double, text: String) {
    #expect(readable(value) == text)
  }

  @Test(arguments: -300...300)
  func `the logarithm of a power of ten is its exponent`(exponent: Int) {
    // The power itself is rounded, which moves its logarithm by 1e-16, and 300 adds its own rounding.
    let power = Double("1e\(exponent)") ?? .nan
    #expect(abs(decades(power) - Double(exponent)) <= 3e-16 * max(1, abs(Double(exponent))))
  }

  @Test func `the logarithm is that of two between powers of two`() {
    #expect(abs(decades(2) - 0.3010299956639812) < 1e-16)
    #expect(abs(decades(3) - 0.47712125471966244) < 1e-16)
    #expect(abs(decades(1.4142) - 0.15051083290796738) < 1e-16)
    #expect(abs(decades(.leastNonzeroMagnitude) + 323.3062153431158) < 1e-12)
  }

  @Test func `linear ticks are round and inside`() {
    let ticks = Scale(.linear, from: 2713, to: 4105, pixels: 0, 100).ticks(count: 5)
    #expect(ticks.map(\.value) == [3000, 3500, 4000])
    let small = Scale(.linear, from: 0.0012, to: 0.0058, pixels: 0, 1).ticks(count: 5)
    #expect(small.compactMap { $0.label?.text } == ["0.002", "0.003", "0.004", "0.005"])
    let negative = Scale(.linear, from: -1, to: 1, pixels: 0, 1).ticks(count: 5)
    #expect(negative.compactMap { $0.label?.text } == ["−1", "−0.5", "0", "0.5", "1"])
  }

  @Test(arguments: [
    (Scale.Kind.linear, -1.7e308, 1.7e308), (.linear, 0, .leastNonzeroMagnitude),
    (.linear, .leastNonzeroMagnitude, .leastNonzeroMagnitude),
    (.linear, 1e300, 1e300), (.linear, .nan, 1), (.linear, 1.7e308, 1.7e308),
    (.logarithmic, .leastNonzeroMagnitude, 1.7e308), (.logarithmic, 1.7e308, 1.7e308),
    (.logarithmic, .leastNonzeroMagnitude, .leastNonzeroMagnitude), (.logarithmic, 0, 0),
  ])
  func `a scale over any numbers has finite places and few ticks`(
    kind: Scale.Kind, low: Double, high: Double
  ) {
    let scale = Scale(kind, from: low, to: high, pixels: 0, 100)
    for value in [low, high, 0, 1, -.greatestFiniteMagnitude, .greatestFiniteMagnitude] {
      #expect(scale.position(value).isFinite)
    }
    let ticks = scale.ticks(count: 5)
    #expect(ticks.count <= 700)
    #expect(ticks.count { $0.label != nil } <= 8)
  }

  @Test func `whole numbers are never split`() {
    let ticks = Scale(.linear, from: 1, to: 3, pixels: 0, 1).ticks(count: 9, wholeNumbers: true)
    #expect(ticks.map(\.value) == [1, 2, 3])
  }

  @Test func `many decades are labelled at a steady step with small ticks between`() {
    let ticks = Scale(.logarithmic, from: 1e-6, to: 1e3, pixels: 0, 1).ticks(count: 8)
    #expect(ticks.count == 10)
    #expect(
      ticks.compactMap { $0.label?.text } == ["10⁻⁶", "10⁻⁴", "10⁻²", "1", "10²"])
  }

  @Test func `few decades are labelled at 1, 2 and 5`() {
    let ticks = Scale(.logarithmic, from: 0.9, to: 60, pixels: 0, 1).ticks(count: 5)
    #expect(ticks.compactMap { $0.label?.text } == ["1", "2", "5", "10", "20", "50"])
  }

  @Test(arguments: [0.0, 5, -3, 1e-9, 1e9])
  func `a single value still has a scale`(value: Double) {
    let scale = Scale(.linear, from: value, to: value, pixels: 0, 10)
    #expect(scale.position(value) > 0 && scale.position(value) < 10)
  }

  @Test func `spread labels keep their order, their distance and the bounds`() {
    let places: [Double] = [50, 10, 52, 51, 99, 100]
    let result = spread(places, spacing: 12, within: 0, 100)
    let sorted = result.sorted()
    #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 >= 12 - 1e-9 })
    #expect(result.allSatisfy { $0 >= 0 && $0 <= 100 })
    #expect(result[1] == 10)
    #expect(result[0] < result[3] && result[3] < result[2] && result[2] < result[4])
  }
}
