/// The exponential function, the logarithm and the two functions of logistic regression, made of
/// `+ − × ÷` in a fixed order: the C library's differ from one system to the next, these do not.
///
/// Each has a twin on eight lanes (`ElementaryFunctions+Lanes.swift`) with the same bits per lane.
/// Errors in units in the last place, bounded by the tests: `exponential` and `logarithm` 1,
/// `softplus` and `logistic` 2. NaN passes through.
///
/// The reductions are the classical ones (Tang 1989; Sun's fdlibm); the polynomials are Chebyshev
/// interpolants computed for the intervals below, with errors under 2⁻⁶⁰ of the result.

/// eˣ; +∞ above 709.78…, subnormal below −708.39…, 0 below −745.13….
@inlinable
package func exponential(_ x: Double) -> Double {
  var x = x
  if x > ExponentialConstants.largest { x = ExponentialConstants.largest }
  if x < ExponentialConstants.smallest { x = ExponentialConstants.smallest }
  // x = k log 2 + high − low, with |high − low| ≤ (log 2)/2 and `high` exact.
  let shifted = x * ExponentialConstants.inverseOfLog2 + ElementaryConstants.roundingShift
  let k = shifted - ElementaryConstants.roundingShift
  let high = x - k * ElementaryConstants.log2High
  let low = k * ElementaryConstants.log2Low
  let r = high - low
  let square = r * r
  let even = ExponentialConstants.evenPart(square)
  let odd = ExponentialConstants.oddPart(square)
  // 1 + (high + (r²p(r) − low)), the rounding error of 1 + high put back.
  let rest = square * (even + r * odd) - low
  let sum = 1 + high
  let mantissa = sum + ((high - (sum - 1)) + rest)
  // 2ᵏ in two factors, because k may be out of the range of one exponent.
  let exponent =
    Int64(bitPattern: shifted.bitPattern) &- ElementaryConstants.roundingShiftBits
  let half = exponent &>> 1
  return mantissa * powerOfTwo(half) * powerOfTwo(exponent &- half)
}

/// The natural logarithm; −∞ at 0, NaN below 0, ∞ at ∞.
@inlinable
package func logarithm(_ x: Double) -> Double {
  guard x > 0, x < .infinity else { return x == 0 ? -.infinity : x < 0 ? .nan : x }
  let isSubnormal = x < .leastNormalMagnitude
  let scaled = isSubnormal ? x * 0x1p54 : x
  // x = 2ᵏ (1 + f) with 1 + f in [√½, √2).
  let bits = Int64(bitPattern: scaled.bitPattern)
  let exponent = (bits &- LogarithmConstants.squareRootOfHalfBits) &>> 52
  let mantissa = Double(bitPattern: UInt64(bitPattern: bits &- (exponent &<< 52)))
  let shifted = Double(
    bitPattern: UInt64(bitPattern: exponent &+ ElementaryConstants.roundingShiftBits))
  let k = (shifted - ElementaryConstants.roundingShift) - (isSubnormal ? 54 : 0)
  return logarithmOfProduct(f: mantissa - 1, k: k)
}

/// log(1 + eˣ), the loss of a margin −x, as max(x, 0) + log(1 + e^−|x|): no overflow at either
/// end and full relative accuracy where it tends to 0.
@inlinable
package func softplus(_ x: Double) -> Double {
  softplusAndLogistic(x).softplus
}

/// 1 / (1 + e⁻ˣ), the derivative of `softplus`, accurate in both tails.
@inlinable
package func logistic(_ x: Double) -> Double {
  let u = exponential(-abs(x))
  return (x < 0 ? u : 1) / (1 + u)
}

/// `softplus(x)` and `logistic(x)` for the price of one exponential.
@inlinable
package func softplusAndLogistic(_ x: Double) -> (softplus: Double, logistic: Double) {
  let u = exponential(-abs(x))
  // 1 + u = 2ᵏ (1 + f), both f exact.
  let isLarge = u >= 0.5
  let tail = logarithmOfProduct(f: isLarge ? (u - 1) * 0.5 : u, k: isLarge ? 1 : 0)
  return ((x < 0 ? 0 : x) + tail, (x < 0 ? u : 1) / (1 + u))
}

/// log(2ᵏ (1 + f)) for f in [√½ − 1, ½].
///
/// With s = f / (2 + f), log(1 + f) = 2 artanh s = f − f²/2 + s (f²/2 + s² q(s²)).
@inlinable
@inline(__always)
func logarithmOfProduct(f: Double, k: Double) -> Double {
  let halfSquare = 0.5 * f * f
  let s = f / (2 + f)
  let z = s * s
  let w = z * z
  let q = z * (LogarithmConstants.evenPart(w) + z * LogarithmConstants.oddPart(w))
  let small = s * (halfSquare + q) + k * ElementaryConstants.log2Low
  return ((small - halfSquare) + f) + k * ElementaryConstants.log2High
}

/// 2ᵏ for k in −1022…1023, by writing the exponent.
@inlinable
@inline(__always)
func powerOfTwo(_ k: Int64) -> Double {
  Double(bitPattern: UInt64(bitPattern: (k &+ 1023) &<< 52))
}
