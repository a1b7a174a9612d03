import Numerics

/// Least squares by QR and SVD of the centred rows themselves, never through XᵀX.
///
///     w = V diag(s / (s² + nλ)) Uᵀ y_c,  b = ȳ − m·w
///
/// At λ = 0 singular values at most max(n, d)·2⁻⁵² of the largest count as zero, which gives the solution of
/// minimum norm in the coordinates that are fitted; with full rank the answer is refined on the rows
/// as they were read (Björck 1967), so that it is the solution for those numbers to nearly the last
/// digit. The effective degrees of freedom at λ = 0 are the rank.
/// - Parameter blocks: the values of the objective's λ, at most `Lanes.width` a block.
/// - Complexity: O(rows × features²) once, O(features²) per λ.
package func minimumNorm(
  rows: ScaledRows, hasIntercept: Bool, blocks: [[Double]]
) -> [LaneFits] {
  let solver = MinimumNormSolver(rows: rows, hasIntercept: hasIntercept)
  return blocks.map { solver.fits($0) }
}

/// The same for one block.
package func minimumNorm(rows: ScaledRows, hasIntercept: Bool, lambdas: [Double]) -> LaneFits {
  minimumNorm(rows: rows, hasIntercept: hasIntercept, blocks: [lambdas])[0]
}

/// The rows decomposed, for any λ.
private struct MinimumNormSolver {
  let rows: ScaledRows
  let centred: ScaledRows
  let hasIntercept: Bool
  let targetMean: Double
  let singular: SingularValues
  /// Uᵀ y_c.
  let coordinates: [Double]
  let rank: Int

  init(rows: ScaledRows, hasIntercept: Bool) {
    let (n, d) = (rows.count, rows.featureCount)
    let centred = hasIntercept ? rows.centred() : rows
    let targetMean = hasIntercept ? rows.targetMean : 0
    let factorization = TallQR(rowCount: n, columnCount: d) { index, row in
      centred.copyRow(index, into: &row)
    }
    let projected = factorization.projected((0..<n).map { rows.target(at: $0) - targetMean }).head
    singular = SingularValues(of: factorization.triangle, count: d)
    coordinates = singular.leftCoordinates(of: projected)
    let cut = (singular.values.first ?? 0) * Double(max(n, d)) * 0x1p-52
    rank = singular.values.count { $0 > cut }
    self.rows = rows
    self.centred = centred
    self.hasIntercept = hasIntercept
    self.targetMean = targetMean
  }

  func fits(_ lambdas: [Double]) -> LaneFits {
    let (n, d) = (rows.count, rows.featureCount)
    var weights = [Lanes](repeating: .zero, count: d)
    var intercepts = Lanes.zero
    var outcomes: [FitOutcome] = []
    for (lane, lambda) in lambdas.enumerated() {
      let penalty = Double(n) * lambda
      var outcome = FitOutcome(status: .ok)
      var degrees = 0.0
      let turned = singular.values.indices.map { index -> Double in
        let s = singular.values[index]
        guard index < rank else { return 0 }
        degrees += s * s / (s * s + penalty)
        return coordinates[index] * (s / (s * s + penalty))
      }
      outcome.effectiveDegreesOfFreedom = degrees
      var solution = singular.rightCombination(of: turned)
      var intercept = rows.intercept(targetMean, from: centred, weights: solution)
      if lambda == 0, rank == d, n > d {
        (solution, intercept) = refined(rows, hasIntercept: hasIntercept)
      }
      for j in 0..<d { weights[j][lane] = solution[j] }
      intercepts[lane] = intercept
      outcomes.append(outcome)
    }
    var fits = LaneFits(weights: weights, intercepts: intercepts, outcomes: outcomes)
    setGradientNorms(of: &fits, loss: .squared, rows: rows, hasIntercept: hasIntercept, lambdas)
    return fits
  }
}

/// The unpenalised solution for the rows as they were read, in fitted coordinates.
private func refined(
  _ rows: ScaledRows, hasIntercept: Bool
) -> (weights: [Double], intercept: Double) {
  let d = rows.featureCount
  let scales = (0..<d).map { j in
    var largest = 0.0
    for row in rows.rows { largest = max(largest, abs(rows.matrix[Int(row), j])) }
    guard largest > 0 else { return 1.0 }
    return Double(sign: .plus, exponent: -largest.exponent, significand: 1)
  }
  let problem = RefinedLeastSquares(
    rowCount: rows.count, columnCount: hasIntercept ? d + 1 : d
  ) { index, row in
    for j in 0..<d { row[j] = rows.matrix[Int(rows.rows[index]), j] * scales[j] }
    if hasIntercept { row[d] = 1 }
  }
  let solution = problem.solve((0..<rows.count).map { rows.target(at: $0) })
  let scaling = rows.scaling
  var intercept = hasIntercept ? solution[d] : 0
  let weights = (0..<d).map { j -> Double in
    let raw = solution[j] * scales[j]
    intercept += raw * scaling.offsets[j]
    return scaling.factors[j] == 0 ? 0 : raw / scaling.factors[j]
  }
  return (weights, intercept)
}

extension ScaledRows {
  var targetMean: Double {
    var sum = 0.0
    for index in 0..<count { sum += target(at: index) }
    return sum / Double(max(count, 1))
  }
}

/// Measures ‖∇J‖ at finished fits on the rows themselves.
func setGradientNorms(
  of fits: inout LaneFits, loss: Loss, rows: ScaledRows, hasIntercept: Bool, _ lambdas: [Double]
) {
  let objective = RowObjective(loss: loss, rows: rows, hasIntercept: hasIntercept)
  let weights = Workspace<Lanes>(rows.featureCount, repeating: .zero)
  let gradient = Workspace<Lanes>(rows.featureCount, repeating: .zero)
  for j in 0..<rows.featureCount { weights[j] = fits.weights[j] }
  let (_, slope) = objective.meanLossAndGradient(weights, fits.intercepts, into: gradient)
  let norms = gradientNorms(
    gradient, weights, lambdas: Lanes(lambdas[...], filler: 0), interceptSlope: slope)
  for lane in fits.outcomes.indices where fits.outcomes[lane].hasResult {
    fits.outcomes[lane].gradientNorm = norms[lane]
  }
}
