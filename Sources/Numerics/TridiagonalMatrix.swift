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
  /// A lane's solution is worth nothing where T + λI is not positive definite.
  /// - Complexity: O(count).
  package func solveShifted(
    _ shifts: SIMD16<Double>, _ rightHandSide: [SIMD16<Double>]
  ) -> [SIMD16<Double>] {
    precondition(rightHandSide.count == count)
    guard count > 0 else { return [] }
    var pivots = [SIMD16<Double>](repeating: .zero, count: count)
    var solution = rightHandSide
    pivots[0] = diagonal[0] + shifts
    for j in 1..<count {
      let ratio = offDiagonal[j - 1] / pivots[j - 1]
      let pivot = (diagonal[j] + shifts) - ratio * offDiagonal[j - 1]
      pivots[j] = pivot
      solution[j] = solution[j] - ratio * solution[j - 1]
    }
    solution[count - 1] = solution[count - 1] / pivots[count - 1]
    for j in stride(from: count - 2, through: 0, by: -1) {
      solution[j] = (solution[j] - offDiagonal[j] * solution[j + 1]) / pivots[j]
    }
    return solution
  }
}
