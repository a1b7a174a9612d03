/// One-sided Jacobi: rotates pairs of rows until all are orthogonal, and collects the rotations.
///
/// With W the product of the rotations, W R has orthogonal rows: their lengths are the singular
/// values of R, their directions the right singular vectors, the rows of W the left ones.
struct JacobiRotations {
  /// W, row by row, each padded to whole lanes.
  let basis: Workspace<Double>
  private let rows: Workspace<Double>
  private let count: Int
  private let length: Int
  private let squares: Workspace<Double>

  /// Shorter rows are zero.
  private static let negligibleSquare = 0x1p-900
  private static let mostSweeps = 40

  init(rows: Workspace<Double>, count: Int) {
    self.rows = rows
    self.count = count
    length = (count + 7) / 8 * 8
    basis = Workspace(count * length, repeating: 0)
    squares = Workspace(count, repeating: 0)
    for i in 0..<count { unsafe basis.base[i * length + i] = 1 }
  }

  /// Sweeps over all pairs until a sweep rotates none; each row meets the others after the longest
  /// remaining one took its place.
  func run(_ shouldAbandon: () -> Bool) {
    let tolerance = 0x1p-52 * max(2, Double(count).squareRoot())
    for i in 0..<count {
      unsafe squares.base[i] = ColumnReflector.squaredNorm(rows.base + i * length, length)
    }
    for _ in 0..<Self.mostSweeps {
      var rotated = false
      for p in 0..<max(count - 1, 0) {
        if p % 8 == 0, shouldAbandon() { return }
        swapRows(p, longest(from: p))
        for q in (p + 1)..<count where rotate(p, q, tolerance) { rotated = true }
      }
      if !rotated { break }
    }
  }

  func lengths() -> [Double] {
    (0..<count).map { i in
      let square = unsafe squares.base[i]
      return square <= Self.negligibleSquare ? 0 : square.squareRoot()
    }
  }

  func element(_ row: Int, _ column: Int) -> Double { unsafe rows.base[row * length + column] }

  private func longest(from first: Int) -> Int {
    var best = first
    for i in first..<count where unsafe squares.base[i] > squares.base[best] { best = i }
    return best
  }

  private func swapRows(_ a: Int, _ b: Int) {
    guard a != b else { return }
    unsafe (squares.base[a], squares.base[b]) = unsafe (squares.base[b], squares.base[a])
    for matrix in [rows, basis] {
      let (rowA, rowB) = unsafe (matrix.base + a * length, matrix.base + b * length)
      for i in stride(from: 0, to: length, by: 8) {
        let lanes = unsafe loadLanes(rowA + i)
        unsafe storeLanes(loadLanes(rowB + i), rowA + i)
        unsafe storeLanes(lanes, rowB + i)
      }
    }
  }

  /// Makes two rows orthogonal; false if they were.
  private func rotate(_ p: Int, _ q: Int, _ tolerance: Double) -> Bool {
    let (squareP, squareQ) = unsafe (squares.base[p], squares.base[q])
    guard squareP > Self.negligibleSquare, squareQ > Self.negligibleSquare else { return false }
    let (x, y) = unsafe (rows.base + p * length, rows.base + q * length)
    var sums = SIMD8<Double>(repeating: 0)
    for i in stride(from: 0, to: length, by: 8) {
      unsafe sums += loadLanes(x + i) * loadLanes(y + i)
    }
    let product = laneSum(sums)
    let bound = tolerance * squareP.squareRoot() * squareQ.squareRoot()
    guard abs(product) > bound else { return false }

    let zeta = (squareQ - squareP) / (2 * product)
    let tangent = (zeta < 0 ? -1 : 1) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
    let cosine = 1 / (1 + tangent * tangent).squareRoot()
    let sine = cosine * tangent
    var sumsP = SIMD8<Double>(repeating: 0)
    var sumsQ = sumsP
    for i in stride(from: 0, to: length, by: 8) {
      let (xi, yi) = unsafe (loadLanes(x + i), loadLanes(y + i))
      let a = cosine * xi - sine * yi
      let b = sine * xi + cosine * yi
      unsafe storeLanes(a, x + i)
      unsafe storeLanes(b, y + i)
      sumsP += a * a
      sumsQ += b * b
    }
    unsafe squares.base[p] = laneSum(sumsP)
    unsafe squares.base[q] = laneSum(sumsQ)
    let (u, v) = unsafe (basis.base + p * length, basis.base + q * length)
    for i in stride(from: 0, to: length, by: 8) {
      let (ui, vi) = unsafe (loadLanes(u + i), loadLanes(v + i))
      unsafe storeLanes(cosine * ui - sine * vi, u + i)
      unsafe storeLanes(sine * ui + cosine * vi, v + i)
    }
    return true
  }
}
