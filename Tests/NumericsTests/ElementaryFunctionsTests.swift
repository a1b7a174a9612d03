import Foundation
import Numerics
import Testing

@Suite("Elementary functions")
struct ElementaryFunctionsTests {
  /// A correctly rounded reference is within half an ulp of the truth, so a function with an error
  /// under one ulp is at most one step away from it.
  @Test(
    "the exponential is within one ulp", arguments: ElementaryReference.exponential)
  func exponentialReference(x: UInt64, expected: UInt64) {
    #expect(ulps(exponential(Double(bitPattern: x)), Double(bitPattern: expected)) <= 1)
  }

  @Test("the logarithm is within one ulp", arguments: ElementaryReference.logarithm)
  func logarithmReference(x: UInt64, expected: UInt64) {
    #expect(ulps(logarithm(Double(bitPattern: x)), Double(bitPattern: expected)) <= 1)
  }

  @Test("softplus is within two ulps", arguments: ElementaryReference.softplus)
  func softplusReference(x: UInt64, expected: UInt64) {
    #expect(ulps(softplus(Double(bitPattern: x)), Double(bitPattern: expected)) <= 2)
  }

  @Test("logistic is within two ulps", arguments: ElementaryReference.logistic)
  func logisticReference(x: UInt64, expected: UInt64) {
    #expect(ulps(logistic(Double(bitPattern: x)), Double(bitPattern: expected)) <= 2)
  }

  /// The C library is correct to about half an ulp, hence one more than against the truth.
  @Test("a dense sweep of arguments agrees with the C library")
  func denseSweep() {
    var random = RandomGenerator(seed: 5, stream: [1])
    var worst = (exponential: 0, logarithm: 0)
    for _ in 0..<20_000 {
      let x = 700 * (2 * random.nextUniform() - 1)
      worst.exponential = max(worst.exponential, ulps(exponential(x), Foundation.exp(x)))
      let y = Double(bitPattern: random.nextUInt64() >> 1)
      if y.isFinite {
        worst.logarithm = max(worst.logarithm, ulps(logarithm(y), Foundation.log(y)))
      }
    }
    #expect(worst.exponential <= 1)
    #expect(worst.logarithm <= 1)
  }

  @Test("the ends of the range give the limits")
  func limits() {
    #expect(exponential(.infinity) == .infinity)
    #expect(exponential(710) == .infinity)
    #expect(exponential(-.infinity) == 0)
    #expect(exponential(-1e300) == 0)
    #expect(exponential(0) == 1)
    #expect(logarithm(0) == -.infinity)
    #expect(logarithm(-0.0) == -.infinity)
    #expect(logarithm(.infinity) == .infinity)
    #expect(logarithm(-1).isNaN)
    #expect(logarithm(1) == 0)
    #expect(softplus(-.infinity) == 0)
    #expect(softplus(.infinity) == .infinity)
    #expect(softplus(-800) == 0)
    #expect(softplus(800) == 800)
    #expect(logistic(.infinity) == 1)
    #expect(logistic(-.infinity) == 0)
    #expect(logistic(0) == 0.5)
  }

  @Test("NaN passes through")
  func notANumber() {
    #expect(exponential(Double.nan).isNaN)
    #expect(logarithm(Double.nan).isNaN)
    #expect(softplus(Double.nan).isNaN)
    #expect(logistic(Double.nan).isNaN)
    let x = SIMD8<Double>(0, .nan, 1, 2, 3, 4, 5, 6)
    #expect(exponential(x)[1].isNaN && exponential(x)[0] == 1)
    #expect(logarithm(x)[1].isNaN && logarithm(x)[2] == 0)
    #expect(softplus(x)[1].isNaN && logistic(x)[1].isNaN && logistic(x)[0] == 0.5)
  }

  @Test("every lane has the bits of the scalar function")
  func lanesEqualScalars() {
    var arguments: [Double] = [
      0, -0.0, 1, -1, 0.5, 710, 709.7, -708.5, -745.1, -746, -800, 1e300, -1e300, .infinity,
      -.infinity, .leastNonzeroMagnitude, .leastNormalMagnitude / 64, .leastNormalMagnitude,
      .greatestFiniteMagnitude,
      0.7071067811865476,
      0.7071067811865475, -0.6931471805599453, -0.6931471805599454, 36.7,
    ]
    var random = RandomGenerator(seed: 5, stream: [2])
    for _ in 0..<2000 {
      arguments.append(Double(bitPattern: random.nextUInt64()))
      arguments.append(800 * (2 * random.nextUniform() - 1))
      arguments.append(2 * (2 * random.nextUniform() - 1))
    }
    arguments.removeAll { $0.isNaN }
    var mismatches: [Double] = []
    for start in stride(from: 0, to: arguments.count - 7, by: 8) {
      let x = SIMD8(arguments[start..<(start + 8)])
      let both = softplusAndLogistic(x)
      for lane in 0..<8 {
        let scalar = softplusAndLogistic(x[lane])
        let pairs = [
          (exponential(x)[lane], exponential(x[lane])),
          (logarithm(x)[lane], logarithm(x[lane])),
          (softplus(x)[lane], softplus(x[lane])),
          (logistic(x)[lane], logistic(x[lane])),
          (both.softplus[lane], scalar.softplus),
          (both.logistic[lane], scalar.logistic),
          (both.logistic[lane], logistic(x)[lane]),
        ]
        for (a, b) in pairs where a.bitPattern != b.bitPattern && !(a.isNaN && b.isNaN) {
          mismatches.append(x[lane])
        }
      }
    }
    #expect(mismatches.isEmpty)
  }

  /// The number of doubles from one to the other.
  private func ulps(_ a: Double, _ b: Double) -> Int {
    if a == b { return 0 }
    guard a.isFinite, b.isFinite else { return .max }
    func order(_ x: Double) -> Int {
      let magnitude = Int(x.magnitude.bitPattern)
      return x < 0 ? -magnitude : magnitude
    }
    return abs(order(a) - order(b))
  }
}
