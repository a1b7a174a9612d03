/// How one fit ended, beside its weights.
package struct FitOutcome: Sendable {
  package var status: FitStatus
  /// Epochs or steps done; `nil` for a direct solver.
  package var epochsRun: Int?
  /// The norm of the objective's gradient in (w, b) at the result.
  package var gradientNorm: Double?
  /// `projected_gd`: the λ at which the penalised problem has this solution.
  package var multiplier: Double?
  /// Σ μ/(μ + λ) over the eigenvalues of the Hessian at the result, where the solver knows it.
  package var effectiveDegreesOfFreedom: Double?
  /// The mean squared training residual, where the solver knows it from its own sums, and well enough.
  package var trainingMeanSquare: Double?
  /// The intercept for features as they were read, where the solver knows it better than the weights do.
  package var rawIntercept: Double?
  package var message: String?

  package init(status: FitStatus) { self.status = status }

  /// Whether the weights may be used: for metrics, for coefficients.
  package var hasResult: Bool { status == .ok || status == .notConverged }
}

/// Up to sixteen fits of one training set, side by side.
package struct LaneFits: Sendable {
  /// One vector of lanes per feature, in the coordinates that are fitted.
  package var weights: [Lanes]
  package var intercepts: Lanes
  /// One per fit in use; lanes beyond are idle.
  package var outcomes: [FitOutcome]
  /// Whether the solver was told to leave before it was done: nothing here may be used.
  package var wasAbandoned = false

  package init(weights: [Lanes], intercepts: Lanes, outcomes: [FitOutcome]) {
    precondition(outcomes.count <= Lanes.width)
    self.weights = weights
    self.intercepts = intercepts
    self.outcomes = outcomes
  }

  /// Fits that were told to leave.
  static func abandoned(count: Int) -> LaneFits {
    var fits = LaneFits(
      weights: [], intercepts: .zero,
      outcomes: [FitOutcome](repeating: FitOutcome(status: .failed), count: count))
    fits.wasAbandoned = true
    return fits
  }

  package var count: Int { outcomes.count }

  package func weights(lane: Int) -> [Double] { weights.map { $0[lane] } }

  /// ‖w‖² of every lane, summed in feature order.
  package var squaredNorms: Lanes {
    var sum = Lanes.zero
    for w in weights { sum = sum + w * w }
    return sum
  }
}

/// What one grid point asks of an iterative solver.
package struct DescentSettings: Sendable {
  /// The λ of J; 0 for `projected_gd`.
  package var lambda: Double
  package var learningRate: Double
  package var schedule: LearningRateSchedule
  /// The ball's radius; infinite when there is none.
  package var radius: Double

  package init(
    lambda: Double, learningRate: Double, schedule: LearningRateSchedule = .constant,
    radius: Double = .infinity
  ) {
    self.lambda = lambda
    self.learningRate = learningRate
    self.schedule = schedule
    self.radius = radius
  }
}

/// When an iterative solver stops.
package struct StoppingRule: Sendable {
  package var epochs: Int
  /// Stop when the gradient's norm is at most this; 0 never stops early.
  package var tolerance: Double
  /// Asked between epochs: whether to leave at once, without a result.
  package var shouldAbandon: (@Sendable () -> Bool)?

  package init(
    epochs: Int, tolerance: Double = 0, shouldAbandon: (@Sendable () -> Bool)? = nil
  ) {
    self.epochs = epochs
    self.tolerance = tolerance
    self.shouldAbandon = shouldAbandon
  }

  /// A fit has diverged when its objective exceeds this multiple of its start.
  static let divergenceFactor = 1e12

  /// A fit has diverged when its last objective exceeds this multiple of its start: more than rounding
  /// explains, or for `sgd` than the noise of its batches does.
  var largestRise: Double { isNoisy ? 100 : 1 + 1e-9 }

  /// Whether steps follow the gradient of some of the rows only.
  var isNoisy = false
}

/// Called after an epoch with the fits as they stand and which lanes are to be recorded.
package typealias EpochObserver = (_ epoch: Int, _ fits: LaneFits, _ recorded: [Bool]) -> Void

/// The epochs that `history.csv` keeps: each one up to 100, then about fifty per decade.
package func isRecorded(epoch: Int) -> Bool {
  guard epoch > 100 else { return epoch > 0 }
  var recorded = 100
  while recorded < epoch { recorded += max(1, recorded / 20) }
  return recorded == epoch
}
