/// The sum of eight lanes by one fixed tree: ((0+4)+(2+6)) + ((1+5)+(3+7)).
@inlinable
@inline(__always)
package func laneSum(_ x: SIMD8<Double>) -> Double {
  let four = x.lowHalf + x.highHalf
  let two = four.lowHalf + four.highHalf
  return two.x + two.y
}

/// Eight neighbouring doubles, wherever they lie.
@inlinable
@inline(__always)
package func loadLanes(_ pointer: UnsafePointer<Double>) -> SIMD8<Double> {
  unsafe UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Double>.self)
}

@inlinable
@inline(__always)
package func loadLanes(_ pointer: UnsafeMutablePointer<Double>) -> SIMD8<Double> {
  unsafe UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Double>.self)
}

@inlinable
@inline(__always)
package func storeLanes(_ value: SIMD8<Double>, _ pointer: UnsafeMutablePointer<Double>) {
  unsafe UnsafeMutableRawPointer(pointer).storeBytes(of: value, as: SIMD8<Double>.self)
}
