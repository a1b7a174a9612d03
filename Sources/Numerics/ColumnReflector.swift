/// Householder reflections of columns that lie one after the other, whole lanes long and padded
/// with zeros: the step that both QR factorisations share.
///
/// A reflection is H = I − τ v vᵀ with v = (1; tail): the 1 belongs to a separate element, the
/// head. Sums run over lanes in order and end in `laneSum`.
enum ColumnReflector {
  /// Turns (head; tail) into (β; 0): the tail becomes that of v.
  /// - Returns: β and τ; τ = 0 when the tail was zero already.
  static func make(
    head: Double, tail: UnsafeMutablePointer<Double>, count: Int
  ) -> (head: Double, tau: Double) {
    let square = unsafe squaredNorm(tail, count)
    // The matrix is scaled to elements around 1: what is lost below 2⁻⁴⁵⁰ is nothing.
    guard square > 0x1p-900 else {
      for i in stride(from: 0, to: count, by: 8) {
        unsafe storeLanes(SIMD8(repeating: 0), tail + i)
      }
      return (head, 0)
    }
    let norm = (head * head + square).squareRoot()
    let beta = head < 0 ? norm : -norm
    let divisor = head - beta
    for i in stride(from: 0, to: count, by: 8) {
      unsafe storeLanes(loadLanes(tail + i) / divisor, tail + i)
    }
    return (beta, (beta - head) / beta)
  }

  /// Applies H to (head; column).
  static func apply(
    tau: Double, tail: UnsafePointer<Double>, head: inout Double,
    column: UnsafeMutablePointer<Double>, count: Int
  ) {
    var sums = SIMD8<Double>(repeating: 0)
    for i in stride(from: 0, to: count, by: 8) {
      unsafe sums += loadLanes(tail + i) * loadLanes(column + i)
    }
    let change = tau * (head + laneSum(sums))
    head -= change
    for i in stride(from: 0, to: count, by: 8) {
      unsafe storeLanes(loadLanes(column + i) - change * loadLanes(tail + i), column + i)
    }
  }

  /// Applies H to four columns, `count` apart, with the bits of one at a time.
  static func applyToFour(
    tau: Double, tail: UnsafePointer<Double>, heads: UnsafeMutablePointer<Double>,
    columns: UnsafeMutablePointer<Double>, count: Int
  ) {
    let c1 = unsafe columns + count
    let c2 = unsafe c1 + count
    let c3 = unsafe c2 + count
    var s0 = SIMD8<Double>(repeating: 0)
    var (s1, s2, s3) = (s0, s0, s0)
    for i in stride(from: 0, to: count, by: 8) {
      let v = unsafe loadLanes(tail + i)
      unsafe s0 += v * loadLanes(columns + i)
      unsafe s1 += v * loadLanes(c1 + i)
      unsafe s2 += v * loadLanes(c2 + i)
      unsafe s3 += v * loadLanes(c3 + i)
    }
    let d0 = unsafe tau * (heads[0] + laneSum(s0))
    let d1 = unsafe tau * (heads[1] + laneSum(s1))
    let d2 = unsafe tau * (heads[2] + laneSum(s2))
    let d3 = unsafe tau * (heads[3] + laneSum(s3))
    unsafe heads[0] -= d0
    unsafe heads[1] -= d1
    unsafe heads[2] -= d2
    unsafe heads[3] -= d3
    for i in stride(from: 0, to: count, by: 8) {
      let v = unsafe loadLanes(tail + i)
      unsafe storeLanes(loadLanes(columns + i) - d0 * v, columns + i)
      unsafe storeLanes(loadLanes(c1 + i) - d1 * v, c1 + i)
      unsafe storeLanes(loadLanes(c2 + i) - d2 * v, c2 + i)
      unsafe storeLanes(loadLanes(c3 + i) - d3 * v, c3 + i)
    }
  }

  static func squaredNorm(_ values: UnsafePointer<Double>, _ count: Int) -> Double {
    var sums = SIMD8<Double>(repeating: 0)
    for i in stride(from: 0, to: count, by: 8) {
      let part = unsafe loadLanes(values + i)
      sums += part * part
    }
    return laneSum(sums)
  }
}
