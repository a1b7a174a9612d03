/// How one λ ends: by what a Newton step, and rounding, would still move.
extension NewtonIteration {
  mutating func finishAtLimit() {
    guard gradientNorm > target else { return settle() }
    go(
      to: .ended(
        .notConverged,
        message: isSingular
          ? singularMessage
          : "the gradient's norm is \(gradientNorm) after \(stepCount) steps, above \(target)"))
  }

  /// Ends the search; whether the solution is the optimum is told by the Hessian there.
  mutating func settle() {
    if isExact || isMeasured { return certify() }
    go(to: .measuring)
  }

  /// Ends as `ok` where a Newton step and rounding surely move no score, and has the rows asked where that is
  /// not so plain.
  mutating func certify() {
    let newton = model.solve(gradient)
    let probes = rounding.steps(scores, model: model)
    let size = (dot(gradient, newton).squareRoot() + probes.map(\.decrement).reduce(0, max))
    if size * rounding.rowFactor(scores) <= allowedMove {
      go(to: .ended(.ok, message: nil))
    } else {
      go(to: .probing(newton: newton, noise: probes.map(\.step)))
    }
  }

  /// The largest change of a training score that counts as none.
  private var allowedMove: Double {
    max(NewtonIteration.relativeTarget * scores.largest, RoundingScale.smallestScore)
  }

  /// - Parameters:
  ///   - move: how far the Newton step would move a score.
  ///   - noise: how far rounding may.
  mutating func judge(_ newton: [Double], move: Double, noise: Double) {
    if move + noise <= allowedMove {
      return go(to: isExact ? .ended(.ok, message: nil) : .finishing)
    }
    isFar = move > 1e-3 * scores.largest && move > 100 * noise
    let isStuck =
      lastMove.map { move > NewtonIteration.slowRatio * $0 && !(isFar && hasAdvanced) } ?? false
    let hasNoOptimum = lambda == 0 && move > 0.1 && gradientNorm <= 1e-12 * startNorm
    guard move > 0.5 * allowedMove, !isStuck, !hasNoOptimum,
      stepCount < NewtonIteration.stepLimit
    else {
      return go(
        to: .ended(.notConverged, message: messageOfUnsettled(move: move, noise: noise)))
    }
    lastMove = move
    hasAdvanced = false
    slowCount = NewtonIteration.slowLimit
    go(to: .searching(Step(direction: newton, wantsHessian: true)))
  }
}
