/// The constants that the exponential and the logarithm share.
@usableFromInline
enum ElementaryConstants {
  /// log 2 = high + low; `high` has 32 bits, so its product with an exponent is exact.
  @inlinable static var log2High: Double { 0x1.62e42feep-1 }
  @inlinable static var log2Low: Double { 0x1.a39ef35793c76p-33 }

  /// 1.5 · 2⁵²: adding it rounds to a whole number, which its low bits then hold.
  @inlinable static var roundingShift: Double { 0x1.8p52 }
  @inlinable static var roundingShiftBits: Int64 { 0x4338_0000_0000_0000 }
}

/// The reduction of eˣ, and p with eʳ = 1 + r + r² p(r) for |r| ≤ (log 2)/2.
@usableFromInline
enum ExponentialConstants {
  @inlinable static var inverseOfLog2: Double { 0x1.71547652b82fep+0 }
  /// Beyond these the result is ∞ and 0.
  @inlinable static var largest: Double { 710 }
  @inlinable static var smallest: Double { -746 }

  @inlinable static var p0: Double { 0x1.0000000000000p-1 }
  @inlinable static var p1: Double { 0x1.5555555555557p-3 }
  @inlinable static var p2: Double { 0x1.5555555555557p-5 }
  @inlinable static var p3: Double { 0x1.11111111100bap-7 }
  @inlinable static var p4: Double { 0x1.6c16c16c15836p-10 }
  @inlinable static var p5: Double { 0x1.a01a01abfa7c1p-13 }
  @inlinable static var p6: Double { 0x1.a01a01ab43f6cp-16 }
  @inlinable static var p7: Double { 0x1.71de01f71037ap-19 }
  @inlinable static var p8: Double { 0x1.27e4cf9216df5p-22 }
  @inlinable static var p9: Double { 0x1.af4e630767d92p-26 }
  @inlinable static var p10: Double { 0x1.1f88ddc1e11b6p-29 }

  /// The even coefficients of p, in r².
  @inlinable
  @inline(__always)
  static func evenPart(_ z: Double) -> Double {
    p0 + z * (p2 + z * (p4 + z * (p6 + z * (p8 + z * p10))))
  }

  /// The odd coefficients of p, in r².
  @inlinable
  @inline(__always)
  static func oddPart(_ z: Double) -> Double {
    p1 + z * (p3 + z * (p5 + z * (p7 + z * p9)))
  }

  @inlinable
  @inline(__always)
  static func evenPart(_ z: SIMD8<Double>) -> SIMD8<Double> {
    p0 + z * (p2 + z * (p4 + z * (p6 + z * (p8 + z * p10))))
  }

  @inlinable
  @inline(__always)
  static func oddPart(_ z: SIMD8<Double>) -> SIMD8<Double> {
    p1 + z * (p3 + z * (p5 + z * (p7 + z * p9)))
  }
}

/// q with log((1 + s) / (1 − s)) = 2s + s³ q(s²) for s² ≤ 0.04.
@usableFromInline
enum LogarithmConstants {
  /// The bits of √½, the lower end of the reduced mantissa.
  @inlinable static var squareRootOfHalfBits: Int64 { 0x3FE6_A09E_667F_3BCD }

  @inlinable static var q0: Double { 0x1.5555555555555p-1 }
  @inlinable static var q1: Double { 0x1.9999999999f30p-2 }
  @inlinable static var q2: Double { 0x1.24924923dba6ap-2 }
  @inlinable static var q3: Double { 0x1.c71c72e2f78d5p-3 }
  @inlinable static var q4: Double { 0x1.745cab2727663p-3 }
  @inlinable static var q5: Double { 0x1.3b29fcbbce66dp-3 }
  @inlinable static var q6: Double { 0x1.0e88ea4725d3dp-3 }
  @inlinable static var q7: Double { 0x1.16b68338bd78bp-3 }

  /// The even coefficients of q, in s⁴.
  @inlinable
  @inline(__always)
  static func evenPart(_ w: Double) -> Double { q0 + w * (q2 + w * (q4 + w * q6)) }

  /// The odd coefficients of q, in s⁴.
  @inlinable
  @inline(__always)
  static func oddPart(_ w: Double) -> Double { q1 + w * (q3 + w * (q5 + w * q7)) }

  @inlinable
  @inline(__always)
  static func evenPart(_ w: SIMD8<Double>) -> SIMD8<Double> {
    q0 + w * (q2 + w * (q4 + w * q6))
  }

  @inlinable
  @inline(__always)
  static func oddPart(_ w: SIMD8<Double>) -> SIMD8<Double> {
    q1 + w * (q3 + w * (q5 + w * q7))
  }
}
