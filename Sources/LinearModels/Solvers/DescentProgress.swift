/// Which lanes still run, and the fits of those that have ended.
///
/// A lane's fit is frozen the moment it converges or diverges, so its numbers do not depend on how
/// long its neighbours go on.
struct DescentProgress {
  private(set) var fits: LaneFits
  private(set) var active: [Bool]
  private let startObjective: Double
  private let rule: StoppingRule

  init(count: Int, featureCount: Int, startObjective: Double, rule: StoppingRule) {
    fits = LaneFits(
      weights: [Lanes](repeating: .zero, count: featureCount), intercepts: .zero,
      outcomes: [FitOutcome](repeating: FitOutcome(status: .failed), count: count))
    active = [Bool](repeating: true, count: count)
    self.startObjective = startObjective
    self.rule = rule
  }

  var isDone: Bool { !active.contains(true) }

  /// Whether the solver is to leave now, all lanes or nothing.
  mutating func isAbandoned() -> Bool {
    guard let shouldAbandon = rule.shouldAbandon, shouldAbandon() else { return false }
    fits.wasAbandoned = true
    return true
  }

  /// Whether an objective has left the range in which going on makes sense.
  func hasDiverged(objective: Double) -> Bool {
    !(objective <= StoppingRule.divergenceFactor * startObjective)
  }

  /// Ends the lanes that have diverged, met the tolerance or done their epochs, and lets `observe`
  /// see those whose state after this epoch is to be recorded.
  ///
  /// - Parameters:
  ///   - weights: as the solver iterates them.
  ///   - observed: the same as the observer wants them, called only when needed.
  /// - Returns: the lanes that ended with a result.
  @discardableResult
  mutating func advance(
    epoch: Int, objectives: Lanes, gradientNorms: Lanes, weights: [Lanes], intercepts: Lanes,
    observe: EpochObserver?, observed: () -> LaneFits
  ) -> [Int] {
    let lanes = active.indices.filter { active[$0] }
    for lane in lanes where hasDiverged(objective: objectives[lane]) { diverge(lane, epoch: epoch) }
    let ending = active.indices.filter { lane in
      active[lane]
        && (epoch == rule.epochs || (rule.tolerance > 0 && gradientNorms[lane] <= rule.tolerance))
    }
    if let observe, epoch > 0 {
      var recorded = active
      if !isRecorded(epoch: epoch) {
        recorded = active.indices.map { ending.contains($0) }
      }
      if recorded.contains(true) { observe(epoch, observed(), recorded) }
    }
    for lane in ending {
      finish(
        lane, epoch: epoch, objective: objectives[lane], gradientNorm: gradientNorms[lane],
        weights: weights, intercepts: intercepts)
    }
    return ending.filter { fits.outcomes[$0].hasResult }
  }

  mutating func setMultiplier(_ multiplier: Double, lane: Int) {
    fits.outcomes[lane].multiplier = multiplier
  }

  /// Ends `lane` as diverged after `epoch`; it has no result.
  private mutating func diverge(_ lane: Int, epoch: Int, _ message: String? = nil) {
    var outcome = FitOutcome(status: .diverged)
    outcome.epochsRun = epoch
    outcome.message =
      message ?? "the objective left all bounds after epoch \(epoch); lower eta"
    end(lane, outcome)
  }

  /// Ends `lane` with a result: `ok`, or `not_converged` when a tolerance was asked for and not met. A
  /// descent that ends above where it began has diverged, however few epochs it was given.
  private mutating func finish(
    _ lane: Int, epoch: Int, objective: Double, gradientNorm: Double, weights: [Lanes],
    intercepts: Lanes
  ) {
    guard objective <= rule.largestRise * startObjective else {
      return diverge(
        lane, epoch: epoch,
        "the objective is \(objective) after epoch \(epoch), it began at \(startObjective); "
          + "lower eta")
    }
    var outcome = FitOutcome(status: .ok)
    outcome.epochsRun = epoch
    outcome.gradientNorm = gradientNorm
    if rule.tolerance > 0, !(gradientNorm <= rule.tolerance) {
      outcome.status = .notConverged
      outcome.message =
        "the gradient's norm is \(gradientNorm) after \(epoch) epochs, above \(rule.tolerance)"
    }
    for j in weights.indices { fits.weights[j][lane] = weights[j][lane] }
    fits.intercepts[lane] = intercepts[lane]
    end(lane, outcome)
  }

  private mutating func end(_ lane: Int, _ outcome: FitOutcome) {
    fits.outcomes[lane] = outcome
    active[lane] = false
  }
}
