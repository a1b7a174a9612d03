/// Eight sums of two doubles, side by side: `DoubleDouble` in lanes.
///
/// A low part is carried along and not folded into the high one after every step (Ogita, Rump and Oishi,
/// "Accurate sum and dot product", 2005): the result is as if summed in twice the precision.
struct DoubleDoubleLanes: BitwiseCopyable, Sendable {
  var high: HalfLanes
  var low: HalfLanes

  @inline(__always)
  init(high: HalfLanes = .zero, low: HalfLanes = .zero) {
    self.high = high
    self.low = low
  }

  /// The sum rounded to a double.
  var value: HalfLanes { high + low }

  /// With a low part of at most half a unit in the last place of the high one.
  var normalized: DoubleDoubleLanes {
    let sum = high + low
    return DoubleDoubleLanes(high: sum, low: low - (sum - high))
  }

  /// The product with one number.
  func times(_ factor: Double) -> DoubleDoubleLanes {
    var product = DoubleDoubleLanes()
    product.addProduct(SplitDouble(factor, rest: 0), SplitLanes(self))
    return product.normalized
  }

  /// Adds high + low.
  @inline(__always)
  mutating func add(_ addedHigh: HalfLanes, _ addedLow: HalfLanes) {
    let sum = high + addedHigh
    let part = sum - high
    low = low + (((high - (sum - part)) + (addedHigh - part)) + addedLow)
    high = sum
  }

  /// Adds (a + aRest)·(b + bRest) but for the product of the rests, lane by lane.
  @inline(__always)
  mutating func addProduct(_ a: SplitLanes, _ b: SplitLanes) {
    let high = b.value * a.value
    let low =
      ((b.high * a.high - high) + b.low * a.high + b.high * a.low) + b.low * a.low
    add(high, low + (b.rest * a.value + b.value * a.rest))
  }

  /// Adds (a + aRest)·(b + bRest) but for the product of the rests, whose halves are given.
  @inline(__always)
  mutating func addProduct(_ a: SplitDouble, _ b: SplitLanes) {
    let high = b.value * a.value
    let low =
      ((b.high * a.high - high) + b.low * a.high + b.high * a.low) + b.low * a.low
    add(high, low + (b.rest * a.value + b.value * a.rest))
  }
}

/// A number with a rest below it, and its two halves of 26 bits for exact products (Dekker).
struct SplitDouble: BitwiseCopyable, Sendable {
  let value: Double
  let rest: Double
  let high: Double
  let low: Double

  @inline(__always)
  init(_ value: Double, rest: Double) {
    self.value = value
    self.rest = rest
    let shifted = 0x8000001p0 * value
    high = shifted - (shifted - value)
    low = value - high
  }

  @inline(__always)
  init(value: Double, rest: Double, high: Double, low: Double) {
    self.value = value
    self.rest = rest
    self.high = high
    self.low = low
  }

  @inline(__always)
  var negated: SplitDouble {
    SplitDouble(value: -value, rest: -rest, high: -high, low: -low)
  }
}

/// Eight of them.
struct SplitLanes: BitwiseCopyable, Sendable {
  let value: HalfLanes
  let rest: HalfLanes
  let high: HalfLanes
  let low: HalfLanes

  @inline(__always)
  init(_ sum: DoubleDoubleLanes) {
    value = sum.high
    rest = sum.low
    let shifted = 0x8000001p0 * sum.high
    high = shifted - (shifted - sum.high)
    low = sum.high - high
  }
}
