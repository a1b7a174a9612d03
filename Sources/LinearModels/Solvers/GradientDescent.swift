import Numerics

/// Full-batch gradient descent with weight decay on the squared loss, sixteen points side by side.
///
///     w ← (1 − ηλ) w − η (G w − c),  b ← b − η (m·w + b − ȳ)
///
/// Started at zero, one step an epoch, in rotated coordinates: the iterates are those of the textbook's loop
/// over rows but for rounding. A finite `radius` projects w (not b) on the ball after each step
/// (`projected_gd`) and the outcome reports the multiplier ν = max(0, −w·∇L/‖w‖²) there. A last objective
/// above the first is `diverged`.
/// - Parameter settings: at most sixteen.
/// - Complexity: O(epochs × features), and O(features²) to turn the answer back.
package func gradientDescent(
  _ problem: RotatedLeastSquares, settings: [DescentSettings], rule: StoppingRule,
  observe: EpochObserver? = nil
) -> LaneFits {
  let count = settings.count
  let lambdas = Lanes(settings.map(\.lambda)[...], filler: 0)
  let radii = settings.map(\.radius)
  let isProjected = radii.contains { $0 < .infinity }
  var weights = [Lanes](repeating: .zero, count: problem.featureCount)
  var intercepts = Lanes.zero
  var progress = DescentProgress(
    count: count, featureCount: problem.featureCount, startObjective: problem.startObjective,
    rule: rule)
  var pass = QuadraticPass(problem: problem, weights: weights, intercepts: intercepts)
  var states: [RotatedLeastSquares.State?] = Array(repeating: nil, count: count)

  for epoch in 0...rule.epochs {
    if progress.isAbandoned() { return progress.fits }
    let rates = Lanes(
      settings.map { $0.schedule.learningRate($0.learningRate, epoch: epoch) }[...], filler: 0)
    let before = (weights, intercepts)
    var state = pass.step(
      &weights, &intercepts, lambdas: lambdas, learningRates: rates)
    var multipliers = Lanes.zero
    if isProjected {
      multipliers = problem.multipliers(before.0, before.1, radii: radii, state: &state)
    }
    let ended = progress.advance(
      epoch: epoch, objectives: 0.5 * (state.meanSquares + lambdas * state.squaredNorms),
      gradientNorms: state.gradientNorms, weights: before.0, intercepts: before.1,
      observe: observe
    ) { problem.snapshot(before.0, before.1, count: count) }
    for lane in ended {
      if radii[lane] < .infinity { progress.setMultiplier(multipliers[lane], lane: lane) }
      states[lane] = state
    }
    if progress.isDone { break }
    if isProjected {
      project(&weights, onBallsOf: radii)
      pass = QuadraticPass(problem: problem, weights: weights, intercepts: intercepts)
    }
  }

  var fits = progress.fits
  for lane in 0..<count where fits.outcomes[lane].hasResult {
    if let state = states[lane] {
      fits.outcomes[lane].trainingMeanSquare = problem.reliableMeanSquare(state, lane: lane)
    }
  }
  problem.setDegreesOfFreedom(of: &fits, settings: settings)
  fits.weights = problem.rotatedBack(fits.weights)
  return fits
}

/// Scales each lane's weights back on its ball where they have left it.
func project(_ weights: inout [Lanes], onBallsOf radii: [Double]) {
  var squares = Lanes.zero
  for w in weights { squares = squares + w * w }
  let norms = squares.squareRoot()
  var factors = Lanes(repeating: 1)
  for (lane, radius) in radii.enumerated() where norms[lane] > radius {
    factors[lane] = radius / norms[lane]
  }
  for j in weights.indices { weights[j] = weights[j] * factors }
}

/// The multiplier of the norm constraint at w with the loss gradient g: max(0, −w·g/‖w‖²) on the
/// sphere, 0 inside the ball.
func ballMultiplier(innerProduct: Double, squaredNorm: Double, radius: Double) -> Double {
  guard squaredNorm > 0, squaredNorm.squareRoot() >= radius * (1 - 1e-9) else { return 0 }
  return max(0, -innerProduct / squaredNorm)
}

extension RotatedLeastSquares {
  fileprivate func snapshot(_ weights: [Lanes], _ intercepts: Lanes, count: Int) -> LaneFits {
    return LaneFits(
      weights: rotatedBack(weights), intercepts: intercepts,
      outcomes: [FitOutcome](repeating: FitOutcome(status: .ok), count: count))
  }

  /// Each lane's multiplier; the state's gradient norm becomes that of ∇L + νw, which is zero at the
  /// constrained optimum.
  fileprivate func multipliers(
    _ weights: [Lanes], _ intercepts: Lanes, radii: [Double], state: inout State
  ) -> Lanes {
    var multipliers = Lanes.zero
    for (lane, radius) in radii.enumerated() {
      multipliers[lane] = ballMultiplier(
        innerProduct: state.innerProducts[lane], squaredNorm: state.squaredNorms[lane],
        radius: radius)
    }
    var pass = QuadraticPass(problem: self, weights: weights, intercepts: intercepts)
    state.gradientNorms = pass.state(weights, lambdas: multipliers).gradientNorms
    return multipliers
  }
}
