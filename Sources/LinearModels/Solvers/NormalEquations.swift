import Numerics

/// Solves (G + λI) w = c, one tridiagonal system per λ.
///
/// The normal equations of J with the intercept never penalised (Ng; Fox and Guestrin):
///
///     w = (X_cᵀX_c/n + λI)⁻¹ X_cᵀy_c/n,  b = ȳ − m·w
///
/// A matrix that is not positive definite but for rounding is `singular` and has no result.
/// - Parameter lambdas: at most sixteen values of the objective's λ.
/// - Complexity: O(features) per λ, and O(features²) to turn the answer back.
package func normalEquations(_ problem: RotatedLeastSquares, lambdas: [Double]) -> LaneFits {
  let shifts = Lanes(lambdas[...], filler: 1)
  var weights = problem.solveShifted(shifts)
  var outcomes = lambdas.map { lambda in
    var outcome = FitOutcome(status: .ok)
    if problem.isSingular(lambda: lambda) {
      outcome.status = .singular
      outcome.message = singularMessage
    }
    outcome.effectiveDegreesOfFreedom = problem.effectiveDegreesOfFreedom(lambda: lambda)
    return outcome
  }
  for lane in lambdas.indices where outcomes[lane].status == .singular {
    for j in weights.indices { weights[j][lane] = 0 }
  }
  let intercepts = problem.optimalIntercepts(weights)
  let state = problem.state(weights: weights, intercepts: intercepts, lambdas: shifts)
  for lane in lambdas.indices where outcomes[lane].hasResult {
    outcomes[lane].gradientNorm = state.gradientNorms[lane]
    outcomes[lane].trainingMeanSquare = problem.reliableMeanSquare(state, lane: lane)
  }
  problem.reduction.rotateBack(&weights)
  return LaneFits(weights: weights, intercepts: intercepts, outcomes: outcomes)
}

private let singularMessage =
  "the normal equations' matrix is not positive definite; use lambda > 0 or the solver min_norm"
