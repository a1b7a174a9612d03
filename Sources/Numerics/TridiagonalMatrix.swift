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

  /// Solves (T + λI) x = b for eight shifts λ at once, by the factorisation L D Lᵀ.
  ///
  /// The right-hand side is the same for all; the solution is stored `[element][lane]`, and
  /// `factors` is scratch of the same length. Each lane is computed as if it were alone.
  /// - Returns: the smallest pivot of each lane, NaN if one was NaN: the shifted matrix is
  ///   positive definite if it is positive; otherwise the lane's solution is worth nothing.
  /// - Complexity: O(count).
  @discardableResult
  package func solveShifted(
    shifts: SIMD8<Double>, rightHandSide: Span<Double>,
    factors: inout MutableSpan<SIMD8<Double>>, into solution: inout MutableSpan<SIMD8<Double>>
  ) -> SIMD8<Double> {
    precondition(
      rightHandSide.count == count && factors.count == count && solution.count == count)
    guard count > 0 else { return SIMD8(repeating: .infinity) }
    var pivot = diagonal[0] + shifts
    var value = SIMD8(repeating: rightHandSide[0])
    var smallest = pivot
    for i in 0..<(count - 1) {
      let coupling = offDiagonal[i]
      let factor = coupling / pivot
      factors[i] = factor
      solution[i] = value / pivot
      pivot = (diagonal[i + 1] + shifts) - factor * coupling
      value = rightHandSide[i + 1] - factor * value
      // Not `smallest <= pivot`: also true when either is NaN; a NaN stays.
      smallest.replace(with: pivot, where: .!(smallest .<= pivot) .& (smallest .== smallest))
    }
    var next = value / pivot
    solution[count - 1] = next
    for i in stride(from: count - 2, through: 0, by: -1) {
      next = solution[i] - factors[i] * next
      solution[i] = next
    }
    return smallest
  }
}
