/// The functions of `ElementaryFunctions.swift` on eight lanes: the same operations in the same
/// order, so the same bits in every lane; choices are selections, not branches.

/// eˣ in every lane.
@inlinable
@inline(__always)
package func exponential(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let most = SIMD8(repeating: ExponentialConstants.largest)
  let least = SIMD8(repeating: ExponentialConstants.smallest)
  var x = x
  x = x.replacing(with: most, where: x .> most)
  x = x.replacing(with: least, where: x .< least)
  let shifted = x * ExponentialConstants.inverseOfLog2 + ElementaryConstants.roundingShift
  let k = shifted - ElementaryConstants.roundingShift
  let high = x - k * ElementaryConstants.log2High
  let low = k * ElementaryConstants.log2Low
  let r = high - low
  let square = r * r
  let even = ExponentialConstants.evenPart(square)
  let odd = ExponentialConstants.oddPart(square)
  let rest = square * (even + r * odd) - low
  let sum = 1 + high
  let mantissa = sum + ((high - (sum - 1)) + rest)
  let exponent = bitPattern(shifted) &- ElementaryConstants.roundingShiftBits
  let half = exponent &>> 1
  return mantissa * powerOfTwo(half) * powerOfTwo(exponent &- half)
}

/// The natural logarithm of every lane.
@inlinable
@inline(__always)
package func logarithm(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let isSubnormal = x .< Double.leastNormalMagnitude
  let scaled = x.replacing(with: x * 0x1p54, where: isSubnormal)
  let bits = bitPattern(scaled)
  let exponent = (bits &- LogarithmConstants.squareRootOfHalfBits) &>> 52
  let mantissa = lanes(bitPattern: bits &- (exponent &<< 52))
  let shifted = lanes(bitPattern: exponent &+ ElementaryConstants.roundingShiftBits)
  let k =
    (shifted - ElementaryConstants.roundingShift)
    - SIMD8<Double>(repeating: 0).replacing(with: 54, where: isSubnormal)
  var result = logarithmOfProduct(f: mantissa - 1, k: k)
  // Not x < ∞: ∞ and NaN stay what they are.
  result = x.replacing(with: result, where: x .< Double.infinity)
  result = result.replacing(with: Double.nan, where: x .< 0)
  return result.replacing(with: -Double.infinity, where: x .== 0)
}

/// log(1 + eˣ) in every lane.
@inlinable
@inline(__always)
package func softplus(_ x: SIMD8<Double>) -> SIMD8<Double> {
  softplusAndLogistic(x).softplus
}

/// 1 / (1 + e⁻ˣ) in every lane.
@inlinable
@inline(__always)
package func logistic(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let u = exponential(-magnitude(x))
  return SIMD8<Double>(repeating: 1).replacing(with: u, where: x .< 0) / (1 + u)
}

/// `softplus` and `logistic` of every lane for the price of one exponential.
@inlinable
@inline(__always)
package func softplusAndLogistic(
  _ x: SIMD8<Double>
) -> (softplus: SIMD8<Double>, logistic: SIMD8<Double>) {
  let zero = SIMD8<Double>(repeating: 0)
  let one = SIMD8<Double>(repeating: 1)
  let u = exponential(-magnitude(x))
  let isNegative = x .< 0
  let isLarge = u .>= 0.5
  let tail = logarithmOfProduct(
    f: u.replacing(with: (u - 1) * 0.5, where: isLarge),
    k: zero.replacing(with: one, where: isLarge))
  return (
    x.replacing(with: zero, where: isNegative) + tail,
    one.replacing(with: u, where: isNegative) / (1 + u)
  )
}

@inlinable
@inline(__always)
func logarithmOfProduct(f: SIMD8<Double>, k: SIMD8<Double>) -> SIMD8<Double> {
  let halfSquare = 0.5 * f * f
  let s = f / (2 + f)
  let z = s * s
  let w = z * z
  let q = z * (LogarithmConstants.evenPart(w) + z * LogarithmConstants.oddPart(w))
  let small = s * (halfSquare + q) + k * ElementaryConstants.log2Low
  return ((small - halfSquare) + f) + k * ElementaryConstants.log2High
}

@inlinable
@inline(__always)
func powerOfTwo(_ k: SIMD8<Int64>) -> SIMD8<Double> {
  lanes(bitPattern: (k &+ 1023) &<< 52)
}

@inlinable
@inline(__always)
func magnitude(_ x: SIMD8<Double>) -> SIMD8<Double> {
  lanes(bitPattern: bitPattern(x) & Int64.max)
}

@inlinable
@inline(__always)
func bitPattern(_ x: SIMD8<Double>) -> SIMD8<Int64> {
  // SAFETY: both are 64 bytes without invalid patterns.
  unsafe unsafeBitCast(x, to: SIMD8<Int64>.self)
}

@inlinable
@inline(__always)
func lanes(bitPattern: SIMD8<Int64>) -> SIMD8<Double> {
  // SAFETY: both are 64 bytes without invalid patterns.
  unsafe unsafeBitCast(bitPattern, to: SIMD8<Double>.self)
}
