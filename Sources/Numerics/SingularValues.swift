/// The singular value decomposition A = U Σ Vᵀ of a small square matrix, to high relative accuracy.
///
/// A pivoted QR factorisation A P = Q R, then one-sided Jacobi rotations of R's rows until they
/// are orthogonal: small singular values of a matrix that is badly scaled by columns come out as
/// accurate as large ones. Those below 2⁻⁴⁵⁰ of the largest element count as zero.
///
/// A matrix with an element that is not finite gives NaN everywhere.
///
/// Source: Drmač and Veselić, "New fast and accurate Jacobi SVD algorithm" (2008); de Rijk (1989)
/// for the order of the rotations.
package struct SingularValues: Sendable {
  package let count: Int

  /// Descending.
  package let values: [Double]

  /// Row k is the k-th left singular vector.
  private let left: [Double]
  /// Row k is the k-th right singular vector, zero where the singular value is.
  private let right: [Double]

  /// Decomposes the `count × count` row-major matrix.
  /// - Parameter shouldAbandon: asked now and then; when true, what comes out is of no use.
  /// - Complexity: some 40 to 80 count³ operations.
  package init(of matrix: [Double], count: Int, shouldAbandon: () -> Bool = { false }) {
    precondition(count >= 0 && matrix.count == count * count)
    self.count = count
    guard matrix.allSatisfy(\.isFinite) else {
      values = [Double](repeating: .nan, count: count)
      left = [Double](repeating: .nan, count: count * count)
      right = left
      return
    }
    let largest = matrix.reduce(0) { max($0, abs($1)) }
    let exponent = largest == 0 ? 0 : max(-1000, min(1000, Int(largest.exponent)))
    let scale = Double(sign: .plus, exponent: -exponent, significand: 1)
    let unscale = Double(sign: .plus, exponent: exponent, significand: 1)

    let factorization = PivotedQR(
      matrix.map { $0 * scale }, count: count, shouldAbandon: shouldAbandon)
    let rotations = JacobiRotations(rows: factorization.rows, count: count)
    rotations.run(shouldAbandon)
    let lengths = rotations.lengths()
    let order = (0..<count).sorted {
      lengths[$0] != lengths[$1] ? lengths[$0] > lengths[$1] : $0 < $1
    }
    values = order.map { lengths[$0] * unscale }
    var left: [Double] = []
    var right = [Double](repeating: 0, count: count * count)
    left.reserveCapacity(count * count)
    for (k, row) in order.enumerated() {
      left += factorization.turnedBack(rotations.basis, row: row)
      guard lengths[row] > 0 else { continue }
      for j in 0..<count {
        right[k * count + factorization.order[j]] = rotations.element(row, j) / lengths[row]
      }
    }
    self.left = left
    self.right = right
  }

  /// The k-th right singular vector, zero where the singular value is.
  package func rightVector(_ k: Int) -> [Double] {
    Array(right[(k * count)..<((k + 1) * count)])
  }

  /// Uᵀv.
  package func leftCoordinates(of vector: [Double]) -> [Double] {
    precondition(vector.count == count)
    return (0..<count).map { k in
      var sum = 0.0
      for j in 0..<count { sum += left[k * count + j] * vector[j] }
      return sum
    }
  }
}
