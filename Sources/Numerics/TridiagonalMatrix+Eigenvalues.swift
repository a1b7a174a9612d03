extension TridiagonalMatrix {
  /// All eigenvalues, ascending, each within a few units of 2⁻⁵³ ‖T‖; all NaN if an element is not
  /// finite.
  ///
  /// By bisection with Sturm counts, eight eigenvalues in the lanes of one vector and four vectors
  /// in step, so that divisions do not wait for each other. It cannot fail to converge.
  ///
  /// Source: Barth, Martin and Wilkinson (1967); LAPACK's `dstebz` for the guarded pivot.
  /// - Complexity: about 58 count² divisions.
  package func eigenvalues() -> [Double] {
    let finite = diagonal.allSatisfy(\.isFinite) && offDiagonal.allSatisfy(\.isFinite)
    guard finite else { return [Double](repeating: .nan, count: count) }
    let largest = max(
      diagonal.reduce(0) { max($0, abs($1)) }, offDiagonal.reduce(0) { max($0, abs($1)) })
    guard largest > 0 else { return [Double](repeating: 0, count: count) }
    let exponent = max(-1000, min(1000, Int(largest.exponent)))
    let scale = Double(sign: .plus, exponent: -exponent, significand: 1)
    let unscale = Double(sign: .plus, exponent: exponent, significand: 1)

    let bisection = SturmBisection(
      diagonal: diagonal.map { $0 * scale }, offDiagonal: offDiagonal.map { $0 * scale })
    var result: [Double] = []
    result.reserveCapacity(count + 31)
    for first in stride(from: 0, to: count, by: 32) {
      for group in bisection.eigenvalues(from: first) {
        for lane in 0..<8 { result.append(group[lane] * unscale) }
      }
    }
    result.removeLast(result.count - count)
    // Neighbours may come out of their intervals an ulp in the wrong order.
    return result.sorted()
  }
}

/// Bisection for 32 neighbouring eigenvalues of a tridiagonal matrix with elements around 1.
private struct SturmBisection {
  private let diagonal: [Double]
  /// Squares; element i couples i and i − 1, the first is 0.
  private let squares: [Double]
  private let lower: Double
  private let upper: Double

  init(diagonal: [Double], offDiagonal: [Double]) {
    self.diagonal = diagonal
    squares = [0] + offDiagonal.map { $0 * $0 }
    var lower = Double.infinity
    var upper = -Double.infinity
    for i in diagonal.indices {
      let left = i > 0 ? abs(offDiagonal[i - 1]) : 0
      let right = i + 1 < diagonal.count ? abs(offDiagonal[i]) : 0
      lower = min(lower, diagonal[i] - (left + right))
      upper = max(upper, diagonal[i] + (left + right))
    }
    // Gershgorin's bounds, and a little more than their rounding.
    let margin = 0x1p-50 * max(abs(lower), abs(upper))
    self.lower = lower - margin
    self.upper = upper + margin
  }

  /// The eigenvalues with ascending indices `first..<(first + 32)`; past the last one, anything.
  func eigenvalues(from first: Int) -> [SIMD8<Double>] {
    let step = SIMD8<Double>(0, 1, 2, 3, 4, 5, 6, 7)
    let index = (0..<4).map { Double(first + 8 * $0) + step }
    var low = [SIMD8<Double>](repeating: SIMD8(repeating: lower), count: 4)
    var high = [SIMD8<Double>](repeating: SIMD8(repeating: upper), count: 4)
    // Each step halves the intervals; 58 take 2‖T‖ below 2⁻⁵⁶ ‖T‖.
    for _ in 0..<58 {
      let middle = (0..<4).map { low[$0] + 0.5 * (high[$0] - low[$0]) }
      let count = countBelow(middle[0], middle[1], middle[2], middle[3])
      let counts = [count.0, count.1, count.2, count.3]
      for k in 0..<4 {
        let isAbove = counts[k] .> index[k]
        high[k].replace(with: middle[k], where: isAbove)
        low[k].replace(with: middle[k], where: .!isAbove)
      }
    }
    return (0..<4).map { low[$0] + 0.5 * (high[$0] - low[$0]) }
  }

  /// How many eigenvalues lie below each of 32 points: the negative pivots of T − xI.
  private func countBelow(
    _ x0: SIMD8<Double>, _ x1: SIMD8<Double>, _ x2: SIMD8<Double>, _ x3: SIMD8<Double>
  ) -> (SIMD8<Double>, SIMD8<Double>, SIMD8<Double>, SIMD8<Double>) {
    let one = SIMD8<Double>(repeating: 1)
    var (p0, p1, p2, p3) = (one, one, one, one)
    var n0 = SIMD8<Double>(repeating: 0)
    var (n1, n2, n3) = (n0, n0, n0)
    for i in 0..<diagonal.count {
      let d = diagonal[i]
      let e = squares[i]
      advance(&p0, &n0, d - x0, e)
      advance(&p1, &n1, d - x1, e)
      advance(&p2, &n2, d - x2, e)
      advance(&p3, &n3, d - x3, e)
    }
    return (n0, n1, n2, n3)
  }

  /// p ← shifted − e/p, counted if negative; a pivot near 0 is taken for a small negative one.
  @inline(__always)
  private func advance(
    _ pivot: inout SIMD8<Double>, _ negatives: inout SIMD8<Double>, _ shifted: SIMD8<Double>,
    _ square: Double
  ) {
    let tiny = 0x1p-1000
    let value = shifted - square / pivot
    let isTiny = (value .< tiny) .& (value .> -tiny)
    pivot = value.replacing(with: SIMD8(repeating: -tiny), where: isTiny)
    negatives.replace(with: negatives + 1, where: pivot .< 0)
  }
}
