/// Eight sums of two doubles, side by side: ``DoubleDouble`` in lanes.
///
/// A low part is carried along and not folded into the high one after every step (Ogita, Rump and Oishi,
/// "Accurate sum and dot product", 2005): the result is as if summed in twice the precision.
package struct DoubleDoubleLanes: BitwiseCopyable, Sendable {
  package var high: SIMD8<Double>
  package var low: SIMD8<Double>

  package init(high: SIMD8<Double> = .zero, low: SIMD8<Double> = .zero) {
    self.high = high
    self.low = low
  }

  /// The sum rounded to a double.
  package var value: SIMD8<Double> { high + low }

  /// With a low part of at most half a unit in the last place of the high one.
  package var normalized: DoubleDoubleLanes {
    let sum = high + low
    return DoubleDoubleLanes(high: sum, low: low - (sum - high))
  }

  /// Adds high + low.
  @inline(__always)
  package mutating func add(_ addedHigh: SIMD8<Double>, _ addedLow: SIMD8<Double>) {
    let sum = high + addedHigh
    let part = sum - high
    low = low + (((high - (sum - part)) + (addedHigh - part)) + addedLow)
    high = sum
  }

  /// Adds (a + aRest)·(b + bRest) but for the product of the rests, whose halves are given.
  @inline(__always)
  package mutating func addProduct(_ a: SplitDouble, _ b: SplitLanes) {
    let high = b.value * a.value
    let low =
      ((b.high * a.high - high) + b.low * a.high + b.high * a.low) + b.low * a.low
    add(high, low + (b.rest * a.value + b.value * a.rest))
  }
}

/// A number with a rest below it, and its two halves of 26 bits for exact products (Dekker).
package struct SplitDouble: BitwiseCopyable, Sendable {
  package let value: Double
  package let rest: Double
  let high: Double
  let low: Double

  @inline(__always)
  package init(_ value: Double, rest: Double) {
    self.value = value
    self.rest = rest
    let shifted = 0x8000001p0 * value
    high = shifted - (shifted - value)
    low = value - high
  }

  private init(value: Double, rest: Double, high: Double, low: Double) {
    self.value = value
    self.rest = rest
    self.high = high
    self.low = low
  }

  package var negated: SplitDouble {
    SplitDouble(value: -value, rest: -rest, high: -high, low: -low)
  }
}

/// Eight of them.
package struct SplitLanes: BitwiseCopyable, Sendable {
  package let value: SIMD8<Double>
  package let rest: SIMD8<Double>
  let high: SIMD8<Double>
  let low: SIMD8<Double>

  @inline(__always)
  package init(_ sum: DoubleDoubleLanes) {
    value = sum.high
    rest = sum.low
    let shifted = 0x8000001p0 * sum.high
    high = shifted - (shifted - sum.high)
    low = sum.high - high
  }
}
