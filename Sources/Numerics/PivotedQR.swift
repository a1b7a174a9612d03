/// The factorisation A P = Q R of a square matrix with elements around 1, the column with the
/// largest rest taken first, so that the diagonal of R falls.
///
/// Source: Businger and Golub (1965). Norms are recomputed, not updated: nothing to safeguard.
@safe
struct PivotedQR {
  let count: Int
  /// Column j of R is column `order[j]` of A.
  private(set) var order: [Int]
  /// R, row by row, each padded to whole lanes.
  let rows: Workspace<Double>
  /// The tails of the reflections, column k zero down to row k.
  private let tails: Workspace<Double>
  private var taus: [Double]
  private let length: Int

  init(_ matrix: [Double], count: Int, shouldAbandon: () -> Bool = { false }) {
    self.count = count
    length = (count + 7) / 8 * 8
    order = Array(0..<count)
    rows = Workspace(count * length, repeating: 0)
    tails = Workspace(count * length, repeating: 0)
    taus = [Double](repeating: 0, count: count)
    for i in 0..<count {
      for j in 0..<count { unsafe tails.base[j * length + i] = matrix[i * count + j] }
    }
    for k in 0..<count {
      if k % 8 == 0, shouldAbandon() { break }
      swapColumns(k, largestColumn(from: k))
      reduceColumn(k)
    }
  }

  /// Q times a row of `vectors`.
  func turnedBack(_ vectors: Workspace<Double>, row: Int) -> [Double] {
    let vector = unsafe vectors.base + row * length
    for k in (0..<count).reversed() {
      let first = k / 8 * 8
      var head = unsafe vector[k]
      unsafe vector[k] = 0
      unsafe ColumnReflector.apply(
        tau: taus[k], tail: tails.base + (k * length + first), head: &head,
        column: vector + first, count: length - first)
      unsafe vector[k] = head
    }
    return (0..<count).map { unsafe vector[$0] }
  }

  private func largestColumn(from first: Int) -> Int {
    var best = first
    var bestNorm = -1.0
    let lanes = first / 8 * 8
    for j in first..<count {
      let norm = unsafe ColumnReflector.squaredNorm(
        tails.base + (j * length + lanes), length - lanes)
      if norm > bestNorm { (best, bestNorm) = (j, norm) }
    }
    return best
  }

  private mutating func swapColumns(_ a: Int, _ b: Int) {
    guard a != b else { return }
    order.swapAt(a, b)
    let (columnA, columnB) = unsafe (tails.base + a * length, tails.base + b * length)
    for i in 0..<length {
      unsafe (columnA[i], columnB[i]) = unsafe (columnB[i], columnA[i])
    }
    for i in 0..<a {
      let row = unsafe rows.base + i * length
      unsafe (row[a], row[b]) = unsafe (row[b], row[a])
    }
  }

  /// Reflects column k; the heads it makes leave the columns for row k of R.
  private mutating func reduceColumn(_ k: Int) {
    let first = k / 8 * 8
    let row = unsafe rows.base + k * length
    for j in k..<count {
      unsafe row[j] = tails.base[j * length + k]
      unsafe tails.base[j * length + k] = 0
    }
    let tail = unsafe tails.base + (k * length + first)
    let made = unsafe ColumnReflector.make(head: row[k], tail: tail, count: length - first)
    unsafe row[k] = made.head
    taus[k] = made.tau
    for j in (k + 1)..<max(count, k + 1) {
      unsafe ColumnReflector.apply(
        tau: made.tau, tail: tail, head: &row[j], column: tails.base + (j * length + first),
        count: length - first)
    }
  }
}
