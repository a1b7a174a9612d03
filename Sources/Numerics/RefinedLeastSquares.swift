/// Least squares, minimum norm where the rank is short, to nearly the last digit.
///
/// QR and SVD give a first solution of min ‖y − A x‖; then x and the residual r = y − A x are
/// corrected together from
///
///     r + A x = y,   Aᵀ r = 0,
///
/// with the defects of both equations summed in double-double. The corrections shrink as long as
/// the condition number is well below 2⁵³, and the result is that of the rounded data, not of a
/// rounded factorisation: a plain QR loses as many digits as the condition number has.
///
/// Columns should have comparable lengths (scale by powers of two, which is exact). Singular values
/// at most max(rows, columns) · 2⁻⁵² of the largest count as zero.
///
/// Source: Björck, "Iterative refinement of linear least squares solutions" (1967).
package struct RefinedLeastSquares {
  package let factorization: TallQR
  package let singularValues: SingularValues
  package let rank: Int

  private let fill: (Int, inout MutableSpan<Double>) -> Void

  /// Factorises the matrix whose row i `fill(i, into)` writes, each time the same.
  package init(
    rowCount: Int, columnCount: Int, fill: @escaping (Int, inout MutableSpan<Double>) -> Void
  ) {
    self.fill = fill
    factorization = TallQR(rowCount: rowCount, columnCount: columnCount, fill: fill)
    singularValues = SingularValues(of: factorization.triangle, count: columnCount)
    let bound = (singularValues.values.first ?? 0) * Double(max(rowCount, columnCount)) * 0x1p-52
    rank = singularValues.values.prefix { $0 > bound }.count
  }

  /// The solution for one right-hand side.
  /// - Parameter corrections: how often to refine; three settle all but hopeless matrices.
  /// - Complexity: O(rows · columns) for each correction.
  package func solve(_ rightHandSide: [Double], corrections: Int = 3) -> [Double] {
    precondition(rightHandSide.count == factorization.rowCount)
    var solution = [Double](repeating: 0, count: factorization.columnCount)
    var residual = [Double](repeating: 0, count: factorization.rowCount)
    for _ in 0...corrections {
      let defects = defects(rightHandSide, solution, residual)
      let (head, rest) = factorization.projected(defects.fit)
      // h = R⁻ᵀ g, then R δx = head − h and δr = Q (h; rest).
      let gradient = singularValues.rightCoordinates(of: defects.gradient)
      let scaled = singularValues.leftCombination(of: divided(gradient))
      let coordinates = singularValues.leftCoordinates(of: zip(head, scaled).map { $0 - $1 })
      let step = singularValues.rightCombination(of: divided(coordinates))
      let change = factorization.combined(head: scaled, rest: rest)
      for j in solution.indices { solution[j] += step[j] }
      for i in residual.indices { residual[i] += change[i] }
    }
    return solution
  }

  /// y − r − A x and −Aᵀ r.
  private func defects(
    _ rightHandSide: [Double], _ solution: [Double], _ residual: [Double]
  ) -> (fit: [Double], gradient: [Double]) {
    var row = [Double](repeating: 0, count: solution.count)
    var fit = rightHandSide
    var gradient = [DoubleDouble](repeating: DoubleDouble(), count: solution.count)
    for i in fit.indices {
      var span = row.mutableSpan
      fill(i, &span)
      var sum = DoubleDouble(rightHandSide[i])
      sum.add(-residual[i])
      for j in row.indices {
        sum.addProduct(of: -row[j], and: solution[j])
        gradient[j].addProduct(of: -row[j], and: residual[i])
      }
      fit[i] = sum.value
    }
    return (fit, gradient.map(\.value))
  }

  /// Each coordinate by its singular value, zero beyond the rank.
  private func divided(_ coordinates: [Double]) -> [Double] {
    coordinates.indices.map { $0 < rank ? coordinates[$0] / singularValues.values[$0] : 0 }
  }
}
