import Numerics

extension NewtonIteration {
  var separableMessage: String {
    "the classes are separable, so at lambda 0 no finite weights minimise the loss; use lambda > 0"
  }

  var singularMessage: String {
    "the Hessian is singular: a column is a combination of others, or nearly so; leave it out or use a "
      + "larger lambda"
  }

  /// Why the solution is no optimum although the gradient is small.
  func messageOfUnsettled(move: Double, noise: Double) -> String {
    if isSingular { return singularMessage }
    if lambda == 0, max(move, noise) > 1e-3 * scores.largest { return separableMessage }
    let cause = noise >= move ? "rounding" : "after \(stepCount) steps a Newton step still"
    return cause
      + " moves a score by \(max(move, noise) / scores.largest) of the largest, more than 1e-9; "
      + "use a larger lambda"
  }

  /// The best point's outcome, after the end.
  func outcome(hasIntercept: Bool) -> FitOutcome {
    guard case .ended(let status, let message) = state else {
      preconditionFailure("the iteration goes on")
    }
    var outcome = FitOutcome(status: status)
    outcome.epochsRun = stepCount
    outcome.gradientNorm = gradientNorm
    outcome.message = message
    if status == .ok {
      outcome.effectiveDegreesOfFreedom = degreesOfFreedom(hasIntercept: hasIntercept)
    }
    return outcome
  }

  /// Σ μ/(μ + λ) over the eigenvalues of the Hessian with the intercept eliminated.
  private func degreesOfFreedom(hasIntercept: Bool) -> Double {
    let (d, order) = (featureCount, solution.count)
    var schur = [Double](repeating: 0, count: d * d)
    let corner = hasIntercept ? hessian[d * order + d] : 1
    for i in 0..<d {
      for j in 0..<d {
        let coupling =
          hasIntercept ? hessian[i * order + d] * (hessian[j * order + d] / corner) : 0
        schur[i * d + j] = hessian[i * order + j] - coupling
      }
    }
    if let found = traceOfShrinkage(schur, count: d) { return found }
    let eigenvalues = TridiagonalReduction(schur, count: d).tridiagonal.eigenvalues()
    let cut = RotatedLeastSquares.relativeCut(d) * (eigenvalues.last ?? 0)
    return shrinkageSum(eigenvalues: eigenvalues.map { $0 <= cut ? 0 : $0 }, lambda: lambda)
  }

  /// The same as the trace of (S + λI)⁻¹S, where λ is so small beside S that eigenvalues of its size are
  /// lost: they are right to rounding of the largest, a triangular factor to rounding of its own rows.
  private func traceOfShrinkage(_ schur: [Double], count d: Int) -> Double? {
    let size = (0..<d).reduce(0) { $0 + schur[$1 * d + $1] }
    guard lambda > 0, lambda < 1e-6 * size else { return nil }
    var matrix = schur
    for j in 0..<d { matrix[j * d + j] += lambda }
    guard let factorization = CholeskyFactorization(matrix, count: d) else { return nil }
    return (0..<d).reduce(0) { sum, j in
      sum + factorization.solve((0..<d).map { schur[$0 * d + j] })[j]
    }
  }
}
