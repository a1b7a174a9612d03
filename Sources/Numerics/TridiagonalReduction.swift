/// The orthogonal reduction G = Q T Qᵀ of a symmetric matrix to a tridiagonal one.
///
/// Q is kept as the Householder reflections that make it up, so that turning a vector costs
/// O(count²) and no eigenvectors are ever computed. The matrix is scaled by a power of two on the
/// way, which keeps every norm in range and changes no digit.
///
/// A matrix with an element that is not finite gives a T of NaN.
///
/// Source: Householder's method as in Golub and Van Loan, section 8.3.1, from the last row up
/// (EISPACK's `tred1`), with the update of one step and the product of the next in one pass.
package struct TridiagonalReduction: Sendable {
  /// T.
  package let tridiagonal: TridiagonalMatrix

  /// Row m is u of the reflection I − uuᵀ that clears row m left of the subdiagonal (‖u‖² = 2, or
  /// u = 0 where there was nothing to clear), padded with zeros to whole lanes.
  private let reflectors: [Double]

  package var count: Int { tridiagonal.count }
  package var diagonal: [Double] { tridiagonal.diagonal }
  package var offDiagonal: [Double] { tridiagonal.offDiagonal }

  /// Reduces the `count × count` row-major matrix, of which the upper triangle is read.
  /// - Parameter shouldAbandon: asked row by row; when true, T is of no use.
  /// - Complexity: 4/3 count³ operations.
  package init(_ matrix: [Double], count: Int, shouldAbandon: () -> Bool = { false }) {
    precondition(count >= 0 && matrix.count == count * count)
    guard matrix.allSatisfy(\.isFinite) else {
      tridiagonal = TridiagonalMatrix(
        diagonal: [Double](repeating: .nan, count: count),
        offDiagonal: [Double](repeating: .nan, count: max(count - 1, 0)))
      reflectors = [Double](repeating: 0, count: PackedRows.size(count))
      return
    }
    let largest = matrix.reduce(0) { max($0, abs($1)) }
    let exponent = largest == 0 ? 0 : max(-1000, min(1000, Int(largest.exponent)))
    let scale = Double(sign: .plus, exponent: -exponent, significand: 1)
    let unscale = Double(sign: .plus, exponent: exponent, significand: 1)

    let rows = Workspace<Double>(PackedRows.size(count), repeating: 0)
    for row in 0..<count {
      let offset = PackedRows.offset(of: row)
      for column in 0..<min(count, row / 8 * 8 + 8) {
        let value = matrix[min(row, column) * count + max(row, column)]
        unsafe rows.base[offset + column] = value * scale
      }
    }
    let reduced = HouseholderReducer(rows: rows, count: count).run(shouldAbandon)
    tridiagonal = TridiagonalMatrix(
      diagonal: reduced.diagonal.map { $0 * unscale },
      offDiagonal: reduced.offDiagonal.map { $0 * unscale })
    reflectors = unsafe Array(UnsafeBufferPointer(start: rows.base, count: rows.count))
  }

  /// Qᵀv: the coordinates in which G is tridiagonal.
  /// - Complexity: O(count²).
  package func rotated(_ vector: [Double]) -> [Double] {
    precondition(vector.count == count)
    var result = vector
    for row in stride(from: count - 1, to: 1, by: -1) { reflect(&result, row) }
    return result
  }

  /// Qv: back to the coordinates of G.
  /// - Complexity: O(count²).
  package func rotatedBack(_ vector: [Double]) -> [Double] {
    precondition(vector.count == count)
    var result = vector
    for row in stride(from: 2, to: count, by: 1) { reflect(&result, row) }
    return result
  }

  /// Replaces eight vectors, stored `[feature][lane]`, by Q times each; a lane gets the bits that
  /// `rotatedBack(_:)` gives.
  package func rotateBack(lanes: inout MutableSpan<SIMD8<Double>>) {
    precondition(lanes.count == count)
    unsafe lanes.withUnsafeMutableBufferPointer { lanes in
      unsafe reflectors.withUnsafeBufferPointer { reflectors in
        guard let x = lanes.baseAddress, let base = reflectors.baseAddress else { return }
        for row in stride(from: 2, to: count, by: 1) {
          unsafe reflectLanes(x, base + PackedRows.offset(of: row), row)
        }
      }
    }
  }

  /// Replaces eight vectors, stored `[feature][lane]`, by Qᵀ times each; a lane gets the bits that
  /// `rotated(_:)` gives.
  package func rotate(lanes: inout MutableSpan<SIMD8<Double>>) {
    precondition(lanes.count == count)
    unsafe lanes.withUnsafeMutableBufferPointer { lanes in
      unsafe reflectors.withUnsafeBufferPointer { reflectors in
        guard let x = lanes.baseAddress, let base = reflectors.baseAddress else { return }
        for row in stride(from: count - 1, to: 1, by: -1) {
          unsafe reflectLanes(x, base + PackedRows.offset(of: row), row)
        }
      }
    }
  }

  /// x ← x − u (u·x) on the first `row` elements, with the lane sums of `reflectLanes`.
  private func reflect(_ x: inout [Double], _ row: Int) {
    let offset = PackedRows.offset(of: row)
    var sums = SIMD8<Double>(repeating: 0)
    var column = 0
    while column < row {
      for lane in 0..<min(8, row - column) {
        sums[lane] += reflectors[offset + column + lane] * x[column + lane]
      }
      column += 8
    }
    let dot = laneSum(sums)
    for column in 0..<row { x[column] -= reflectors[offset + column] * dot }
  }
}

/// Rows of a lower triangle, each padded to whole lanes, one after the other: row i has
/// 8⌊i/8⌋ + 8 elements, so the 8 × 8 blocks on the diagonal are complete.
enum PackedRows {
  static func offset(of row: Int) -> Int {
    let block = row / 8
    return 32 * block * (block + 1) + (row % 8) * 8 * (block + 1)
  }

  /// The size of so many rows, rounded up to a whole block of eight.
  static func size(_ rowCount: Int) -> Int { offset(of: (rowCount + 7) / 8 * 8) }
}

/// x ← x − u (u·x) for eight vectors at once. Element j of the dot product goes to sum j mod 8,
/// and the sums are added as in `laneSum`.
private func reflectLanes(
  _ x: UnsafeMutablePointer<SIMD8<Double>>, _ u: UnsafePointer<Double>, _ count: Int
) {
  var s0 = SIMD8<Double>(repeating: 0)
  var s1 = s0
  var s2 = s0
  var s3 = s0
  var s4 = s0
  var s5 = s0
  var s6 = s0
  var s7 = s0
  let whole = count / 8 * 8
  var j = 0
  while j < whole {
    unsafe s0 += u[j] * x[j]
    unsafe s1 += u[j + 1] * x[j + 1]
    unsafe s2 += u[j + 2] * x[j + 2]
    unsafe s3 += u[j + 3] * x[j + 3]
    unsafe s4 += u[j + 4] * x[j + 4]
    unsafe s5 += u[j + 5] * x[j + 5]
    unsafe s6 += u[j + 6] * x[j + 6]
    unsafe s7 += u[j + 7] * x[j + 7]
    j += 8
  }
  let rest = count - whole
  if rest > 0 { unsafe s0 += u[j] * x[j] }
  if rest > 1 { unsafe s1 += u[j + 1] * x[j + 1] }
  if rest > 2 { unsafe s2 += u[j + 2] * x[j + 2] }
  if rest > 3 { unsafe s3 += u[j + 3] * x[j + 3] }
  if rest > 4 { unsafe s4 += u[j + 4] * x[j + 4] }
  if rest > 5 { unsafe s5 += u[j + 5] * x[j + 5] }
  if rest > 6 { unsafe s6 += u[j + 6] * x[j + 6] }
  let dot = ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7))
  for j in 0..<count { unsafe x[j] -= u[j] * dot }
}
