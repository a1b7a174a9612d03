import Numerics

/// Least squares by QR and SVD of the centred rows themselves, never through XᵀX.
///
///     w = V diag(s / (s² + nλ)) Uᵀ y_c,  b = ȳ − m·w
///
/// Where rows have weights v, n is Σ v and the rows decomposed are those times √v.
///
/// At λ = 0 that is the solution of minimum norm in the coordinates that are fitted; which singular values count
/// as zero says `CentredDecomposition`. Where the condition number is large the answer is corrected by the rows as
/// they were read (`LeastSquaresRefinement`), so that it is the solution for those numbers to nearly the
/// last digit. The effective degrees of freedom at λ = 0 are the rank.
/// - Parameter blocks: the values of the objective's λ, at most `Lanes.width` a block.
/// - Complexity: O(rows × features²) once, O(features²) per λ; for a large condition number some passes
///   over the rows for all λ of a block together.
package func minimumNorm(
  rows: ScaledRows, hasIntercept: Bool, blocks: [[Double]],
  shouldAbandon: @escaping () -> Bool = { false }
) -> [LaneFits] {
  let solver = MinimumNormSolver(
    rows: rows, hasIntercept: hasIntercept, shouldAbandon: shouldAbandon)
  return blocks.map { shouldAbandon() ? .abandoned(count: $0.count) : solver.fits($0) }
}

/// The same for one block.
package func minimumNorm(rows: ScaledRows, hasIntercept: Bool, lambdas: [Double]) -> LaneFits {
  minimumNorm(rows: rows, hasIntercept: hasIntercept, blocks: [lambdas])[0]
}

/// The eigenvalues of the Hessian of the mean squared loss that `minimumNorm` works with, descending, a zero for
/// each direction that it counts as none.
package func minimumNormEigenvalues(
  rows: ScaledRows, hasIntercept: Bool, shouldAbandon: () -> Bool = { false }
) -> [Double] {
  let decomposition = CentredDecomposition(
    rows, hasIntercept: hasIntercept, shouldAbandon: shouldAbandon)
  let found = decomposition.own.values.map { $0 * ($0 / rows.totalWeight) }
  return found + [Double](repeating: 0, count: rows.featureCount - found.count)
}

/// The rows decomposed, for any λ.
private struct MinimumNormSolver {
  let rows: ScaledRows
  let hasIntercept: Bool
  let decomposition: CentredDecomposition
  let shouldAbandon: () -> Bool

  init(rows: ScaledRows, hasIntercept: Bool, shouldAbandon: @escaping () -> Bool) {
    self.rows = rows
    self.hasIntercept = hasIntercept
    self.shouldAbandon = shouldAbandon
    decomposition = CentredDecomposition(
      rows, hasIntercept: hasIntercept, shouldAbandon: shouldAbandon)
  }

  func fits(_ lambdas: [Double]) -> LaneFits {
    let count = rows.totalWeight
    var fits = LaneFits(
      weights: [Lanes](repeating: .zero, count: rows.featureCount), intercepts: .zero,
      outcomes: lambdas.map { lambda in
        var outcome = FitOutcome(status: .ok)
        outcome.effectiveDegreesOfFreedom = decomposition.effectiveDegreesOfFreedom(
          penalty: count * lambda)
        return outcome
      })
    for (lane, lambda) in lambdas.enumerated() {
      let solution = decomposition.solution(penalty: count * lambda)
      for j in solution.indices { fits.weights[j][lane] = solution[j] }
    }
    let raw = decomposition.centring.rawIntercepts(
      fits.weights, level: decomposition.targetMean)
    if hasIntercept {
      fits.intercepts =
        rows.scaling.leavesOffsets ? raw.values : Lanes(repeating: decomposition.targetMean)
    }
    for lane in lambdas.indices { fits.outcomes[lane].rawIntercept = raw.values[lane] }
    let limit = largestHarmlessCondition(rowCount: rows.count, featureCount: rows.featureCount)
    let lanes = lambdas.indices.filter { lane in
      !(decomposition.condition(penalty: count * lambdas[lane]) <= limit)
        || losesIntercept(raw, lane: lane, limit: limit)
    }
    refine(&fits, lanes, lambdas)
    setGradientNorms(
      of: &fits, Array(lambdas.indices), loss: .squared, rows: rows, hasIntercept: hasIntercept,
      lambdas)
    return shouldAbandon() ? .abandoned(count: lambdas.count) : fits
  }

  private func refine(_ fits: inout LaneFits, _ lanes: [Int], _ lambdas: [Double]) {
    guard !lanes.isEmpty else { return }
    let count = rows.totalWeight
    let refinement = LeastSquaresRefinement(
      rows, centring: decomposition.centring, units: decomposition.units,
      targetShift: decomposition.targetMean, hasIntercept: hasIntercept,
      shouldAbandon: shouldAbandon)
    refinement.refine(&fits, lanes, lambdas: lambdas) { _, gradient, own in
      decomposition.inverse(gradient.map { $0 * count }, penalties: count * own)
    } take: { fits, lane, solution in
      // Where corrections do not shrink, the first solution is as good as it gets.
      guard let solution else { return }
      fits.take(solution, lane: lane, isCentred: !(hasIntercept && rows.scaling.leavesOffsets))
    }
  }
}

/// Measures ‖∇J‖ at some of the finished fits on the rows themselves.
func setGradientNorms(
  of fits: inout LaneFits, _ lanes: [Int], loss: Loss, rows: ScaledRows, hasIntercept: Bool,
  _ lambdas: [Double]
) {
  let objective = RowObjective(loss: loss, rows: rows, hasIntercept: hasIntercept)
  let weights = Workspace<Lanes>(rows.featureCount, repeating: .zero)
  let gradient = Workspace<Lanes>(rows.featureCount, repeating: .zero)
  for j in 0..<rows.featureCount { weights[j] = fits.weights[j] }
  let (_, slope) = objective.meanLossAndGradient(weights, fits.intercepts, into: gradient)
  let norms = gradientNorms(
    gradient, weights, lambdas: Lanes(lambdas[...], filler: 0), interceptSlope: slope)
  for lane in lanes where fits.outcomes[lane].hasResult {
    fits.outcomes[lane].gradientNorm = norms[lane]
  }
}
