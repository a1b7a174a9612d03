/// A small, fast, reproducible source of random numbers: xoshiro256** with one stream per purpose.
///
/// The same seed and stream words give the same numbers on every machine. Streams that differ in
/// any word, or in the number of words, are unrelated, so a job draws from
/// `(seed, [purpose, repeat, fold, epoch])` and never depends on what other jobs drew.
///
/// Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators" (2021); the state
/// is filled with the finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
package struct RandomGenerator: RandomNumberGenerator, Sendable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64
  private var spareGaussian: Double?

  package init(seed: UInt64, stream: [UInt64] = []) {
    // Each state word is its own hash of the same words, so the whole 256 bits depend on all.
    func word(_ index: UInt64) -> UInt64 {
      var hash = Self.mixed(seed &+ (index &+ 1) &* Self.goldenGamma)
      for word in stream { hash = Self.mixed((hash ^ word) &+ Self.goldenGamma) }
      return Self.mixed(hash &+ UInt64(stream.count))
    }
    s0 = word(0)
    s1 = word(1)
    s2 = word(2)
    s3 = word(3)
    // The zero state is the one that never moves.
    if s0 | s1 | s2 | s3 == 0 { s0 = Self.goldenGamma }
  }

  /// The next 64 random bits.
  package mutating func nextUInt64() -> UInt64 {
    let result = Self.rotated(s1 &* 5, by: 7) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = Self.rotated(s3, by: 45)
    return result
  }

  package mutating func next() -> UInt64 { nextUInt64() }

  /// A whole number in `0..<bound`, each equally likely.
  ///
  /// Source: Lemire, "Fast random integer generation in an interval" (2019).
  package mutating func next(below bound: Int) -> Int {
    precondition(bound > 0, "an empty range has no number")
    let bound = UInt64(bound)
    var product = nextUInt64().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold {
        product = nextUInt64().multipliedFullWidth(by: bound)
      }
    }
    return Int(product.high)
  }

  /// A multiple of 2⁻⁵³ in [0, 1), each equally likely.
  package mutating func nextUniform() -> Double {
    Double(nextUInt64() >> 11) * 0x1p-53
  }

  /// A draw from the normal distribution with mean 0 and standard deviation 1.
  ///
  /// Source: Marsaglia and Bray's polar method (1964), which makes two at a time; the second is
  /// kept for the next call.
  package mutating func nextGaussian() -> Double {
    if let spare = spareGaussian {
      spareGaussian = nil
      return spare
    }
    while true {
      let u = 2 * nextUniform() - 1
      let v = 2 * nextUniform() - 1
      let square = u * u + v * v
      guard square > 0, square < 1 else { continue }
      let factor = (-2 * logarithm(square) / square).squareRoot()
      spareGaussian = v * factor
      return u * factor
    }
  }

  /// The numbers `0..<count` in random order, each order equally likely (Fisher–Yates).
  package mutating func permutation(count: Int) -> [Int32] {
    precondition(count >= 0 && count <= Int(Int32.max))
    var order = (0..<Int32(count)).map { $0 }
    guard count > 1 else { return order }
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, next(below: last + 1))
    }
    return order
  }

  private static let goldenGamma: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static func rotated(_ value: UInt64, by count: UInt64) -> UInt64 {
    (value << count) | (value >> (64 - count))
  }
}
