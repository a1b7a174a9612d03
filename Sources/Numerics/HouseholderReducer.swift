/// The loop of `TridiagonalReduction`: clears one row after the other, from the last up.
///
/// Row m of what is left, a matrix A of order m + 1, gives a reflection I − uuᵀ of its first m
/// coordinates, and A becomes A − uwᵀ − wuᵀ with w = Au − (uᵀAu / 2) u. That update waits for the
/// next step, whose pass over the triangle applies it and multiplies by the new u at once: the
/// triangle is read and written once for each row.
///
/// The elements of `rows` should be around 1 or below; parts of a row under 2⁻⁴⁵⁰ count as zero.
struct HouseholderReducer {
  private let rows: Workspace<Double>
  private let count: Int
  /// The pending update.
  private let u: Workspace<Double>
  private let w: Workspace<Double>
  /// The new u and its product.
  private let x: Workspace<Double>
  private let y: Workspace<Double>

  /// Lanes past the order of what is left are zero in all four vectors, so the last strip of rows
  /// may be ragged: zeros leave the reflectors stored there as they are.
  init(rows: Workspace<Double>, count: Int) {
    let padded = (count + 7) / 8 * 8
    self.rows = rows
    self.count = count
    u = Workspace(padded, repeating: 0)
    w = Workspace(padded, repeating: 0)
    x = Workspace(padded, repeating: 0)
    y = Workspace(padded, repeating: 0)
  }

  /// Reduces; the rows then hold the reflectors.
  func run(_ shouldAbandon: () -> Bool) -> (diagonal: [Double], offDiagonal: [Double]) {
    var diagonal = [Double](repeating: 0, count: count)
    var offDiagonal = [Double](repeating: 0, count: max(count - 1, 0))
    for row in stride(from: count - 1, through: 0, by: -1) {
      if row % 8 == 0, shouldAbandon() { break }
      let element = unsafe rows.base + PackedRows.offset(of: row)
      let lanes = row / 8 * 8 + 8
      unsafe updatePending(element, row, lanes)
      diagonal[row] = unsafe element[row]
      for column in row..<lanes { unsafe element[column] = 0 }
      guard row > 0 else { break }
      offDiagonal[row - 1] = unsafe makeReflector(element, row, lanes)
      guard row > 1 else {
        unsafe element[0] = 0
        continue
      }
      updateAndMultiply(order: row)
      takeProduct(order: row, lanes)
    }
    return (diagonal, offDiagonal)
  }

  /// Brings one row up to date and takes it out of the pending update.
  private func updatePending(_ element: UnsafeMutablePointer<Double>, _ row: Int, _ lanes: Int) {
    let (u, w) = unsafe (u.base, w.base)
    let (ur, wr) = unsafe (u[row], w[row])
    for j in stride(from: 0, to: lanes, by: 8) {
      let change = unsafe ur * loadLanes(w + j) + wr * loadLanes(u + j)
      unsafe storeLanes(loadLanes(element + j) - change, element + j)
    }
    unsafe u[row] = 0
    unsafe w[row] = 0
  }

  /// Turns the first `row` elements into u, copied to `x`, and returns what they become: an
  /// off-diagonal element of T.
  private func makeReflector(
    _ element: UnsafeMutablePointer<Double>, _ row: Int, _ lanes: Int
  ) -> Double {
    let x = unsafe x.base
    let pivot = unsafe element[row - 1]
    unsafe element[row - 1] = 0
    var sums = SIMD8<Double>(repeating: 0)
    for j in stride(from: 0, to: lanes, by: 8) {
      let part = unsafe loadLanes(element + j)
      sums += part * part
    }
    let square = laneSum(sums)
    var scale = 0.0
    var result = pivot
    if square > 0x1p-900 {
      let norm = (pivot * pivot + square).squareRoot()
      result = pivot < 0 ? norm : -norm
      // No cancellation: the two have opposite signs.
      unsafe element[row - 1] = pivot - result
      scale = 1 / (result * (result - pivot)).squareRoot()
    }
    for j in stride(from: 0, to: lanes, by: 8) {
      let part = unsafe loadLanes(element + j) * scale
      unsafe storeLanes(part, element + j)
      unsafe storeLanes(part, x + j)
    }
    return result
  }

  /// A ← A − uwᵀ − wuᵀ, y ← Ax for the first `order` rows and columns.
  ///
  /// Four rows at a time. Left of its diagonal block a row also acts as a column of the half that
  /// is not stored. A product is the lane sum of the row's part, then the columns' parts in order.
  private func updateAndMultiply(order: Int) {
    let (u, w, x, y) = unsafe (u.base, w.base, x.base, y.base)
    for row in stride(from: 0, to: order, by: 4) {
      let lanes = row / 8 * 8 + 8
      let r0 = unsafe rows.base + PackedRows.offset(of: row)
      let r1 = unsafe r0 + lanes
      let r2 = unsafe r1 + lanes
      let r3 = unsafe r2 + lanes
      let (u0, u1, u2, u3) = unsafe (u[row], u[row + 1], u[row + 2], u[row + 3])
      let (w0, w1, w2, w3) = unsafe (w[row], w[row + 1], w[row + 2], w[row + 3])
      let (x0, x1, x2, x3) = unsafe (x[row], x[row + 1], x[row + 2], x[row + 3])
      var s0 = SIMD8<Double>(repeating: 0)
      var s1 = s0
      var s2 = s0
      var s3 = s0
      var j = 0
      while true {
        let (uj, wj, xj) = unsafe (loadLanes(u + j), loadLanes(w + j), loadLanes(x + j))
        let a0 = unsafe loadLanes(r0 + j) - (u0 * wj + w0 * uj)
        let a1 = unsafe loadLanes(r1 + j) - (u1 * wj + w1 * uj)
        let a2 = unsafe loadLanes(r2 + j) - (u2 * wj + w2 * uj)
        let a3 = unsafe loadLanes(r3 + j) - (u3 * wj + w3 * uj)
        unsafe storeLanes(a0, r0 + j)
        unsafe storeLanes(a1, r1 + j)
        unsafe storeLanes(a2, r2 + j)
        unsafe storeLanes(a3, r3 + j)
        s0 += a0 * xj
        s1 += a1 * xj
        s2 += a2 * xj
        s3 += a3 * xj
        guard j < lanes - 8 else { break }
        let columns = (a0 * x0 + a1 * x1) + (a2 * x2 + a3 * x3)
        unsafe storeLanes(loadLanes(y + j) + columns, y + j)
        j += 8
      }
      unsafe y[row] = laneSum(s0)
      unsafe y[row + 1] = laneSum(s1)
      unsafe y[row + 2] = laneSum(s2)
      unsafe y[row + 3] = laneSum(s3)
    }
  }

  /// u ← x, w ← y − (x·y / 2) x: the next pending update.
  private func takeProduct(order: Int, _ lanes: Int) {
    let (u, w, x, y) = unsafe (u.base, w.base, x.base, y.base)
    var sums = SIMD8<Double>(repeating: 0)
    for j in stride(from: 0, to: lanes, by: 8) {
      unsafe sums += loadLanes(x + j) * loadLanes(y + j)
    }
    let half = 0.5 * laneSum(sums)
    for j in stride(from: 0, to: lanes, by: 8) {
      let xj = unsafe loadLanes(x + j)
      unsafe storeLanes(xj, u + j)
      unsafe storeLanes(loadLanes(y + j) - half * xj, w + j)
    }
    // Rows of the last strip that were no part of the product.
    for j in order..<lanes { unsafe w[j] = 0 }
  }
}
