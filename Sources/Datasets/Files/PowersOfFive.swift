/// The 128 leading bits of 5^q for every q a double can need, and the product with them.
///
/// Positive powers are cut; negative ones are cut reciprocals, and from 5⁻²⁷ up, where a tie is
/// possible, one unit above the cut. Computed at start from exact whole numbers: 0.1 ms.
///
/// Source: Lemire, "Number parsing at a gigabyte per second" (2021), sections 5 and 6.
struct PowersOfFive: Sendable {
  static let smallestExponent = -342
  static let largestExponent = 308

  /// The high and the low word of each power, in turn.
  private let words: [UInt64]

  init() {
    let reciprocals = Self.reciprocals(count: -Self.smallestExponent)
    words = reciprocals.reversed().flatMap { $0 } + Self.powers(upTo: Self.largestExponent)
  }

  /// The double nearest to digits·10^exponent, ties to even.
  func nearestDouble(_ digits: UInt64, timesTenTo exponent: Int) -> Double {
    guard digits != 0, exponent >= Self.smallestExponent else { return 0 }
    guard exponent <= Self.largestExponent else { return .infinity }
    let leadingZeros = digits.leadingZeroBitCount
    let product = product(digits << UInt64(leadingZeros), exponent)
    let upperBit = Int(product.high >> 63)
    let shift = UInt64(upperBit + 64 - 52 - 3)
    // 54 bits: the 53 of the double and one to round by.
    var mantissa = product.high >> shift
    // floor(log₂ 10^q) by a fixed-point multiplication.
    var power = ((152_170 + 65_536) * exponent) >> 16 + 63 + upperBit - leadingZeros + 1023
    if power <= 0 {
      guard power > -63 else { return 0 }
      mantissa >>= UInt64(1 - power)
      mantissa = (mantissa + (mantissa & 1)) >> 1
      // Rounding up may have reached the smallest normal number; its bits follow of themselves.
      return Double(bitPattern: mantissa)
    }
    // Exactly between two doubles, which only these exponents allow: to even, not up.
    if product.low <= 1, exponent >= -4, exponent <= 23, mantissa & 3 == 1,
      mantissa << shift == product.high
    {
      mantissa &= ~1
    }
    mantissa = (mantissa + (mantissa & 1)) >> 1
    if mantissa >= 1 << 53 {
      mantissa = 1 << 52
      power += 1
    }
    guard power < 0x7FF else { return .infinity }
    return Double(bitPattern: UInt64(power) << 52 | (mantissa & ~(1 << 52)))
  }

  /// The leading 128 bits of digits·5^exponent; the low word only where the high one needs it.
  @inline(__always)
  private func product(_ digits: UInt64, _ exponent: Int) -> (high: UInt64, low: UInt64) {
    let index = 2 * (exponent - Self.smallestExponent)
    var (high, low) = digits.multipliedFullWidth(by: words[index])
    if high & 0x1FF == 0x1FF {
      let carry = digits.multipliedFullWidth(by: words[index + 1]).high
      let (sum, overflow) = low.addingReportingOverflow(carry)
      low = sum
      if overflow { high += 1 }
    }
    return (high, low)
  }

  /// The 128 leading bits of 5⁰…5^exponent, cut.
  private static func powers(upTo exponent: Int) -> [UInt64] {
    // 5³⁰⁸ has 716 bits; little-endian words, the lowest two for the cut of small powers.
    var power = [UInt64](repeating: 0, count: 14)
    power[2] = 1
    var words: [UInt64] = []
    for _ in 0...exponent {
      words += leadingWords(of: power)
      var carry: UInt64 = 0
      for i in power.indices {
        let (high, low) = power[i].multipliedFullWidth(by: 5)
        let (sum, overflow) = low.addingReportingOverflow(carry)
        power[i] = sum
        carry = high + (overflow ? 1 : 0)
      }
    }
    return words
  }

  /// The 128 leading bits of 5⁻¹…5^−count.
  private static func reciprocals(count: Int) -> [[UInt64]] {
    // 2¹⁰²⁴ divided by five again and again: a floor of a floor is the floor of the whole, and
    // 5³⁴² has 795 bits, so the leading 128 are always exact.
    var rest = [UInt64](repeating: 0, count: 17)
    rest[16] = 1
    return (1...count).map { exponent in
      var remainder: UInt64 = 0
      for i in rest.indices.reversed() {
        (rest[i], remainder) = UInt64(5).dividingFullWidth((remainder, rest[i]))
      }
      var words = leadingWords(of: rest)
      if exponent <= 27 {
        let (low, overflow) = words[1].addingReportingOverflow(1)
        words = [words[0] + (overflow ? 1 : 0), low]
      }
      return words
    }
  }

  /// The 128 bits from the highest set bit down, high word first.
  private static func leadingWords(of number: [UInt64]) -> [UInt64] {
    guard let top = number.lastIndex(where: { $0 != 0 }) else { return [0, 0] }
    func word(_ index: Int) -> UInt64 { index < 0 ? 0 : number[index] }
    let shift = UInt64(number[top].leadingZeroBitCount)
    return [0, 1].map { below in
      word(top - below) << shift | (shift == 0 ? 0 : word(top - below - 1) >> (64 - shift))
    }
  }
}
