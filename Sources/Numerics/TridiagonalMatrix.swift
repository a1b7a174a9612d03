/// A symmetric tridiagonal matrix.
package struct TridiagonalMatrix: Sendable {
  package let diagonal: [Double]
  /// Element i couples i and i + 1.
  package let offDiagonal: [Double]

  package var count: Int { diagonal.count }

  package init(diagonal: [Double], offDiagonal: [Double]) {
    precondition(offDiagonal.count == max(diagonal.count - 1, 0))
    self.diagonal = diagonal
    self.offDiagonal = offDiagonal
  }

  /// Solves (T + λI) x = b for sixteen shifts λ and right-hand sides b at once, `[element][lane]`, by the
  /// factorisation L D Lᵀ. Each lane is computed as if it were alone.
  /// - Returns: the solution, and the smallest pivot of each lane, NaN if one was NaN: the shifted matrix
  ///   is positive definite if it is positive; otherwise the lane's solution is worth nothing.
  /// - Complexity: O(count).
  package func solveShifted(
    _ shifts: SIMD16<Double>, _ rightHandSide: [SIMD16<Double>]
  ) -> (solution: [SIMD16<Double>], smallestPivots: SIMD16<Double>) {
    precondition(rightHandSide.count == count)
    guard count > 0 else { return ([], SIMD16(repeating: .infinity)) }
    var pivots = [SIMD16<Double>](repeating: .zero, count: count)
    var solution = rightHandSide
    pivots[0] = diagonal[0] + shifts
    var smallest = pivots[0]
    for j in 1..<max(count, 1) {
      let ratio = offDiagonal[j - 1] / pivots[j - 1]
      let pivot = (diagonal[j] + shifts) - ratio * offDiagonal[j - 1]
      pivots[j] = pivot
      solution[j] = solution[j] - ratio * solution[j - 1]
      // Not `smallest <= pivot`: also true when either is NaN; a NaN stays.
      smallest.replace(with: pivot, where: .!(smallest .<= pivot) .& (smallest .== smallest))
    }
    solution[count - 1] = solution[count - 1] / pivots[count - 1]
    for j in stride(from: count - 2, through: 0, by: -1) {
      solution[j] = (solution[j] - offDiagonal[j] * solution[j + 1]) / pivots[j]
    }
    return (solution, smallest)
  }
}
