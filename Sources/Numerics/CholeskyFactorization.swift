/// The factorisation A = UᵀU of a symmetric positive definite matrix, U upper triangular.
///
/// It works on −A, so that every update is an addition and the Gram kernel does the bulk: panels
/// of 16 rows are reduced row by row, then the rest of the matrix gains PᵀP of the panel P. Each
/// element of U is its element of A less one product after the other, in order of the rows.
///
/// Source: Golub and Van Loan, section 4.2.
package struct CholeskyFactorization {
  package let count: Int

  /// The smallest Uᵢᵢ² / Aᵢᵢ: one minus the squared multiple correlation of coordinate i with the
  /// ones before it. At a few `count` · 2⁻⁵³ the matrix is singular to working precision.
  package let smallestPivotRatio: Double

  private let rows: Workspace<Double>
  private let stride: Int

  /// Factorises the `count × count` row-major matrix, of which the upper triangle is read; nil if
  /// a pivot is not positive (or NaN).
  /// - Complexity: count³ / 3 operations.
  package init?(_ matrix: [Double], count: Int) {
    precondition(count >= 0 && matrix.count == count * count)
    self.count = count
    stride = GramKernel.paddedStride(count)
    rows = Workspace(stride * stride, repeating: 0)
    for i in 0..<count {
      for j in i..<count { unsafe rows.base[i * stride + j] = -matrix[i * count + j] }
    }
    var smallest = 1.0
    var start = 0
    while start < count {
      let end = min(start + 16, count)
      for k in start..<end {
        let pivot = unsafe -rows.base[k * stride + k]
        guard pivot > 0, pivot < .infinity else { return nil }
        smallest = min(smallest, pivot / matrix[k * count + k])
        unsafe finishRow(rows.base, stride: stride, k, pivot: pivot, panelEnd: end)
      }
      if end < count {
        // `end` is a multiple of 16: only the last panel is shorter.
        let panel = unsafe UnsafePointer(rows.base + (start * stride + end))
        unsafe GramKernel.accumulateGram(
          rows: panel, weightedRows: panel, rowCount: end - start, stride: stride,
          columnCount: stride - end, into: rows.base + (end * stride + end))
      }
      start = end
    }
    smallestPivotRatio = smallest
  }

  /// U, `count × count`, row-major, zero below the diagonal.
  package var upper: [Double] {
    var matrix = [Double](repeating: 0, count: count * count)
    for i in 0..<count {
      for j in i..<count { unsafe matrix[i * count + j] = rows.base[i * stride + j] }
    }
    return matrix
  }

  /// The solution of A x = b.
  /// - Complexity: O(count²).
  package func solve(_ rightHandSide: [Double]) -> [Double] {
    precondition(rightHandSide.count == count)
    let buffer = Workspace<Double>(stride, repeating: 0)
    let x = unsafe buffer.base
    for i in 0..<count { unsafe x[i] = rightHandSide[i] }
    for k in 0..<count {
      let row = unsafe rows.base + k * stride
      let value = unsafe x[k] / row[k]
      unsafe x[k] = value
      for j in (k + 1)..<max(count, k + 1) { unsafe x[j] -= value * row[j] }
    }
    for k in Swift.stride(from: count - 1, through: 0, by: -1) {
      let row = unsafe rows.base + k * stride
      // Lanes from the one that holds k; what is left of k and k itself count as zero.
      var j = k / 8 * 8
      var first = unsafe loadLanes(row + j) * loadLanes(x + j)
      for lane in 0...(k - j) { first[lane] = 0 }
      var sums = first
      j += 8
      while j < stride {
        unsafe sums += loadLanes(row + j) * loadLanes(x + j)
        j += 8
      }
      unsafe x[k] = (x[k] - laneSum(sums)) / row[k]
    }
    return (0..<count).map { unsafe x[$0] }
  }
}

/// Turns row k of the panel into a row of U and adds it to the panel's later rows.
private func finishRow(
  _ rows: UnsafeMutablePointer<Double>, stride: Int, _ k: Int, pivot: Double, panelEnd: Int
) {
  let row = unsafe rows + k * stride
  let root = pivot.squareRoot()
  let first = k / 8 * 8
  for j in Swift.stride(from: first, to: stride, by: 8) {
    unsafe storeLanes(-loadLanes(row + j) / root, row + j)
  }
  // Left of the diagonal nothing is stored, so whole lanes may be written.
  unsafe row[k] = root
  for i in (k + 1)..<max(panelEnd, k + 1) {
    let other = unsafe rows + i * stride
    let factor = unsafe row[i]
    for j in Swift.stride(from: i / 8 * 8, to: stride, by: 8) {
      unsafe storeLanes(loadLanes(other + j) + factor * loadLanes(row + j), other + j)
    }
  }
}
