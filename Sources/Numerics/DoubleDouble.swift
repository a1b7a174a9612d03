/// A sum of two doubles, the second at most half an ulp of the first: about 106 bits.
///
/// For residuals, where the digits that a double holds cancel. Products are split (Dekker, 1971)
/// and never fused, so the bits are the same on every machine; factors must stay below 2⁹⁹⁶.
///
/// Source: Shewchuk, "Adaptive precision floating-point arithmetic" (1997), section 2.
package struct DoubleDouble: Equatable, Sendable {
  package var high: Double
  package var low: Double

  package init(_ value: Double = 0) {
    high = value
    low = 0
  }

  /// high + low, the second at most half an ulp of the first.
  package init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  /// The sum rounded to a double.
  package var value: Double { high + low }

  /// Adds a double; the error is about 2⁻¹⁰⁵ of the largest partial sum.
  package mutating func add(_ value: Double) {
    add(value, 0)
  }

  /// Adds the exact product of two doubles.
  package mutating func addProduct(of a: Double, and b: Double) {
    let product = Self.exactProduct(a, b)
    add(product.high, product.low)
  }

  /// The dot product of two equally long vectors, with an error of about 2⁻¹⁰⁵ Σ|aᵢbᵢ|.
  package static func dot(_ a: Span<Double>, _ b: Span<Double>) -> DoubleDouble {
    precondition(a.count == b.count)
    var sum = DoubleDouble()
    for i in 0..<a.count { sum.addProduct(of: a[i], and: b[i]) }
    return sum
  }

  /// a + b = high + low exactly (Knuth).
  @inlinable
  package static func exactSum(_ a: Double, _ b: Double) -> (high: Double, low: Double) {
    let high = a + b
    let part = high - a
    return (high, (a - (high - part)) + (b - part))
  }

  /// a · b = high + low exactly, barring overflow and underflow (Dekker, Veltkamp).
  @inlinable
  package static func exactProduct(_ a: Double, _ b: Double) -> (high: Double, low: Double) {
    let high = a * b
    let (aHigh, aLow) = halves(a)
    let (bHigh, bLow) = halves(b)
    return (high, ((aHigh * bHigh - high) + aHigh * bLow + aLow * bHigh) + aLow * bLow)
  }

  private mutating func add(_ addedHigh: Double, _ addedLow: Double) {
    let sum = Self.exactSum(high, addedHigh)
    let rest = sum.low + (low + addedLow)
    high = sum.high + rest
    low = rest - (high - sum.high)
  }

  /// A double as the sum of two of 26 bits.
  @inlinable
  static func halves(_ a: Double) -> (high: Double, low: Double) {
    let shifted = 0x8000001p0 * a
    let high = shifted - (shifted - a)
    return (high, a - high)
  }
}
