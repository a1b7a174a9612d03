/// Textbook linear algebra on plain arrays: what the fast kernels are held against.
package enum PlainLinearAlgebra {
  package static func dot(_ x: [Double], _ y: [Double]) -> Double {
    var sum = 0.0
    for (a, b) in zip(x, y) { sum += a * b }
    return sum
  }

  package static func norm(_ x: [Double]) -> Double { dot(x, x).squareRoot() }

  /// The solution of A x = b by Gaussian elimination with partial pivoting.
  package static func solution(of matrix: [[Double]], _ rightSide: [Double]) -> [Double] {
    var a = matrix
    var b = rightSide
    let n = b.count
    for column in 0..<n {
      let pivot = (column..<n).max { abs(a[$0][column]) < abs(a[$1][column]) } ?? column
      a.swapAt(column, pivot)
      b.swapAt(column, pivot)
      for row in (column + 1)..<max(n, column + 1) {
        let ratio = a[row][column] / a[column][column]
        for j in column..<n { a[row][j] -= ratio * a[column][j] }
        b[row] -= ratio * b[column]
      }
    }
    for row in (0..<n).reversed() {
      for j in (row + 1)..<max(n, row + 1) { b[row] -= a[row][j] * b[j] }
      b[row] /= a[row][row]
    }
    return b
  }

  /// Eigenvalues, ascending, and for each its vector, of a symmetric matrix by cyclic Jacobi
  /// rotations (Golub and Van Loan, section 8.5).
  package static func eigensystem(
    of matrix: [[Double]]
  ) -> (values: [Double], vectors: [[Double]]) {
    var a = matrix
    let n = a.count
    var vectors = (0..<n).map { i in (0..<n).map { $0 == i ? 1.0 : 0 } }
    for _ in 0..<60 {
      for p in 0..<n {
        for q in (p + 1)..<max(n, p + 1) where a[p][q] != 0 {
          let tau = (a[q][q] - a[p][p]) / (2 * a[p][q])
          let root = (1 + tau * tau).squareRoot()
          let t = tau >= 0 ? 1 / (tau + root) : 1 / (tau - root)
          let c = 1 / (1 + t * t).squareRoot()
          let s = t * c
          for k in 0..<n {
            (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q])
          }
          for k in 0..<n {
            (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k])
            (vectors[p][k], vectors[q][k]) = (
              c * vectors[p][k] - s * vectors[q][k], s * vectors[p][k] + c * vectors[q][k]
            )
          }
        }
      }
    }
    let order = (0..<n).sorted { a[$0][$0] < a[$1][$1] }
    return (order.map { a[$0][$0] }, order.map { vectors[$0] })
  }

  /// An orthogonal matrix, from Gram and Schmidt on random rows.
  package static func randomRotation(
    _ count: Int, using generator: inout SeededGenerator
  ) -> [[Double]] {
    var rows: [[Double]] = []
    while rows.count < count {
      var row = (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
      // Twice, since once leaves errors of the size of the cancellation.
      for _ in 0..<2 {
        for other in rows {
          let part = dot(row, other)
          for j in row.indices { row[j] -= part * other[j] }
        }
      }
      let length = norm(row)
      rows.append(row.map { $0 / length })
    }
    return rows
  }
}

/// The largest difference between two vectors, relative to the largest entry of the second.
package func relativeDistance(_ found: [Double], _ expected: [Double]) -> Double {
  guard found.count == expected.count else { return .infinity }
  var difference = 0.0
  var scale = 0.0
  for (a, b) in zip(found, expected) {
    guard (a - b).isFinite else { return .infinity }
    difference = max(difference, abs(a - b))
    scale = max(scale, abs(b))
  }
  return scale > 0 ? difference / scale : difference
}

package func relativeDistance(_ found: Double, _ expected: Double) -> Double {
  relativeDistance([found], [expected])
}
