import Numerics

/// Sixteen grid points that are trained side by side: lane `l` belongs to point `l` of a block.
///
/// Every operation on lanes is the scalar operation on each of them, so what a point computes does
/// not depend on its neighbours.
package typealias Lanes = SIMD16<Double>

/// Eight points, half of `Lanes`.
typealias HalfLanes = SIMD8<Double>

extension Lanes {
  package static var width: Int { 16 }

  /// The values of up to sixteen points; the lanes beyond them hold `filler`.
  package init(_ values: ArraySlice<Double>, filler: Double) {
    self.init(repeating: filler)
    for (lane, value) in values.enumerated() { self[lane] = value }
  }
}

/// A vector of points: `Lanes`, or half of them where no more are needed.
///
/// A kernel that is written for it and inlined is compiled for both widths; an operation is the same in
/// every lane of both, so the width changes no bit.
protocol LaneVector: BitwiseCopyable {
  static var zero: Self { get }
  static func + (a: Self, b: Self) -> Self
  static func + (a: Self, b: Double) -> Self
  static func - (a: Self, b: Self) -> Self
  static func - (a: Self, b: Double) -> Self
  static func * (a: Self, b: Self) -> Self
  static func * (a: Self, b: Double) -> Self
  static func * (a: Double, b: Self) -> Self
  /// 1/(1 + e⁻ˣ)
  var sigmoids: Self { get }
}

extension SIMD16: LaneVector where Scalar == Double {
  @inline(__always)
  var sigmoids: Lanes { Lanes(lowHalf: logistic(lowHalf), highHalf: logistic(highHalf)) }
}

extension SIMD8: LaneVector where Scalar == Double {
  @inline(__always)
  var sigmoids: HalfLanes { logistic(self) }
}
