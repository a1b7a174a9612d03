import Numerics
import Testing

@Suite("Double-double arithmetic")
struct DoubleDoubleTests {
  @Test("a sum and its error add up exactly")
  func exactSum() {
    #expect(DoubleDouble.exactSum(1, 0x1p-60) == (1, 0x1p-60))
    #expect(DoubleDouble.exactSum(0x1p-60, 1) == (1, 0x1p-60))
    #expect(DoubleDouble.exactSum(1e16, 1) == (1e16, 1))
  }

  /// (1 + 2⁻³⁰)² = 1 + 2⁻²⁹ + 2⁻⁶⁰.
  @Test("a product and its error add up exactly")
  func exactProduct() {
    let factor = 1 + 0x1p-30
    #expect(DoubleDouble.exactProduct(factor, factor) == (1 + 0x1p-29, 0x1p-60))
  }

  /// The error of a rounded product is what a fused multiply-add finds; a test may use one.
  @Test("the error of a product agrees with a fused multiply-add")
  func fused() {
    var random = RandomGenerator(seed: 9)
    for _ in 0..<1000 {
      let (a, b) = (random.nextGaussian(), 1e10 * random.nextGaussian())
      let product = DoubleDouble.exactProduct(a, b)
      #expect(product.low == (-product.high).addingProduct(a, b))
    }
  }

  @Test("a dot product survives cancellation of 30 digits")
  func cancellation() {
    let a: [Double] = [1e15, 3, -1e15, 1e-15]
    let b: [Double] = [1e15, 0.25, 1e15, 1]
    #expect(DoubleDouble.dot(a.span, b.span).value == 0.75 + 1e-15)
  }

  @Test("many small numbers are not lost beside a large one")
  func accumulation() {
    var sum = DoubleDouble(1e16)
    for _ in 0..<1000 { sum.add(0.5) }
    sum.add(-1e16)
    #expect(sum.value == 500)
  }
}
