/// Sixteen grid points that are trained side by side: lane `l` belongs to point `l` of a block.
///
/// Every operation on lanes is the scalar operation on each of them, so what a point computes does
/// not depend on its neighbours.
package typealias Lanes = SIMD16<Double>

extension Lanes {
  package static var width: Int { 16 }

  /// The values of up to sixteen points; the lanes beyond them hold `filler`.
  package init(_ values: ArraySlice<Double>, filler: Double) {
    self.init(repeating: filler)
    for (lane, value) in values.enumerated() { self[lane] = value }
  }
}
