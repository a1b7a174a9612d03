import Numerics

/// Solves (G + λI) w = c, one tridiagonal system per λ.
///
/// The normal equations of J with the intercept never penalised (Ng; Fox and Guestrin):
///
///     w = (X_cᵀX_c/n + λI)⁻¹ X_cᵀy_c/n,  b = ȳ − m·w
///
/// Where the condition number of G + λI is large, `rows` correct the answer (`LeastSquaresRefinement`), so that it
/// is that of the rows and not of their rounded squares; and where the diagonal of G spans many powers
/// of two, the first answer comes from Cholesky's factorisation with that diagonal scaled to 1.
///
/// A matrix that is then not positive definite but for rounding, or whose corrections do not shrink, is
/// `singular` and has no result.
/// - Parameters:
///   - rows: those of the moments; `nil` leaves answers as the moments give them.
///   - lambdas: at most sixteen values of the objective's λ.
/// - Complexity: O(features) per λ, and O(features²) to turn the answer back; for a large condition number
///   some passes over the rows for all λ together.
package func normalEquations(
  _ problem: RotatedLeastSquares, rows: ScaledRows? = nil, lambdas: [Double],
  shouldAbandon: @escaping () -> Bool = { false }
) -> LaneFits {
  let shifts = Lanes(lambdas[...], filler: 1)
  var weights = problem.solveShifted(shifts)
  var outcomes = lambdas.map { _ in FitOutcome(status: .ok) }
  var factors: [Int: EquilibratedGram.Factors] = [:]
  for (lane, lambda) in lambdas.enumerated() {
    outcomes[lane].effectiveDegreesOfFreedom = problem.effectiveDegreesOfFreedom(lambda: lambda)
    if let gram = problem.equilibrated, problem.isIllConditioned(lambda: lambda) {
      factors[lane] = gram.factors(lambda: lambda)
      if let own = factors[lane] {
        let rotated = problem.reduction.rotated(gram.solution(own))
        for j in weights.indices { weights[j][lane] = rotated[j] }
        continue
      }
    } else if !problem.isSingular(lambda: lambda) {
      continue
    }
    outcomes[lane].becomeSingular(lambda: lambda)
    for j in weights.indices { weights[j][lane] = 0 }
  }
  let intercepts = problem.optimalIntercepts(weights)
  let state = problem.state(weights: weights, intercepts: intercepts, lambdas: shifts)
  for lane in lambdas.indices where outcomes[lane].hasResult {
    outcomes[lane].gradientNorm = state.gradientNorms[lane]
    outcomes[lane].trainingMeanSquare = problem.reliableMeanSquare(state, lane: lane)
  }
  var fits = LaneFits(
    weights: problem.rotatedBack(weights), intercepts: intercepts, outcomes: outcomes)
  let raw = problem.centring.rawIntercepts(fits.weights, level: problem.targetMean)
  for lane in lambdas.indices where outcomes[lane].hasResult {
    fits.outcomes[lane].rawIntercept = raw.values[lane]
    if problem.isCoupled { fits.intercepts[lane] = raw.values[lane] }
  }
  if let rows {
    let lanes = lambdas.indices.filter { lane in
      guard fits.outcomes[lane].hasResult else { return false }
      if losesIntercept(raw, lane: lane, limit: problem.largestCondition) { return true }
      guard let factors = factors[lane] else {
        return problem.isIllConditioned(lambda: lambdas[lane])
      }
      return 1 / factors.factorization.smallestPivotRatio > problem.largestCondition
    }
    refine(
      &fits, lanes, problem, factors, rows: rows, lambdas: lambdas, shouldAbandon: shouldAbandon)
  }
  return shouldAbandon() ? .abandoned(count: lambdas.count) : fits
}

/// Whether a raw intercept is so small a difference of the weights' parts that their rounding shows in it.
func losesIntercept(_ raw: (values: Lanes, parts: Lanes), lane: Int, limit: Double) -> Bool {
  raw.parts[lane] > max(64, limit) * abs(raw.values[lane])
}

/// Corrects some fits by the rows.
private func refine(
  _ fits: inout LaneFits, _ lanes: [Int], _ problem: RotatedLeastSquares,
  _ factors: [Int: EquilibratedGram.Factors], rows: ScaledRows, lambdas: [Double],
  shouldAbandon: @escaping () -> Bool
) {
  guard !lanes.isEmpty else { return }
  let active = problem.activeFeatures
  let refinement = LeastSquaresRefinement(
    rows, centring: problem.centring, units: problem.units, targetShift: problem.targetMean,
    hasIntercept: problem.hasIntercept, shouldAbandon: shouldAbandon)
  refinement.refine(&fits, lanes, lambdas: lambdas) { members, gradient, own in
    var steps = problem.solutions(of: gradient, lambdas: own)
    for (fit, lane) in members.enumerated() {
      guard let factors = factors[lane] else { continue }
      let step = factors.solve(active.map { gradient[$0][fit] })
      for (index, feature) in active.enumerated() { steps[feature][fit] = step[index] }
    }
    return steps
  } take: { fits, lane, solution in
    guard let solution else {
      fits.outcomes[lane].becomeSingular(lambda: lambdas[lane])
      for j in fits.weights.indices { fits.weights[j][lane] = 0 }
      return
    }
    fits.take(solution, lane: lane, isCentred: !problem.isCoupled)
  }
  // The rotated matrix differs by its rounding from the one that these are the answers to.
  setGradientNorms(
    of: &fits, lanes, loss: .squared, rows: rows, hasIntercept: problem.hasIntercept, lambdas)
}

extension LaneFits {
  /// - Parameter isCentred: whether the intercept of the fit is the level at the features' means.
  mutating func take(_ solution: LeastSquaresRefinement.Solution, lane: Int, isCentred: Bool) {
    for j in weights.indices { weights[j][lane] = solution.weights[j] }
    intercepts[lane] = isCentred ? solution.level : solution.rawIntercept
    outcomes[lane].rawIntercept = solution.rawIntercept
    outcomes[lane].trainingMeanSquare = solution.meanSquare
  }
}

extension FitOutcome {
  /// Leaves the fit without a result.
  fileprivate mutating func becomeSingular(lambda: Double) {
    status = .singular
    gradientNorm = nil
    trainingMeanSquare = nil
    message = """
      the normal equations' matrix is not positive definite; use \
      \(lambda > 0 ? "a larger lambda" : "lambda > 0") or the solver min_norm
      """
  }
}
