import Numerics

/// Full-batch gradient descent with weight decay over the rows themselves, sixteen points side by side.
///
///     w ← (1 − ηλ) w − η ∇L(w),  b ← b − η ∂L/∂b
///
/// For the logistic loss (Ng; Guestrin and Fox), where no rotation helps; the squared loss has the
/// cheaper ``gradientDescent(_:settings:rule:observe:)``. A finite `radius` projects w (not b) on the
/// ball after each step.
/// - Complexity: O(epochs × rows × features)
package func rowGradientDescent(
  loss: Loss, rows: ScaledRows, hasIntercept: Bool, settings: [DescentSettings],
  rule: StoppingRule, observe: EpochObserver? = nil
) -> LaneFits {
  let count = settings.count
  let d = rows.featureCount
  let lambdas = Lanes(settings.map(\.lambda)[...], filler: 0)
  let radii = settings.map(\.radius)
  let isProjected = radii.contains { $0 < .infinity }
  let objective = RowObjective(loss: loss, rows: rows, hasIntercept: hasIntercept)
  let weights = Workspace<Lanes>(d, repeating: .zero)
  let gradient = Workspace<Lanes>(d, repeating: .zero)
  var intercepts = Lanes.zero
  var progress = DescentProgress(
    count: count, featureCount: d, startObjective: loss.startObjective(rows), rule: rule)

  for epoch in 0...rule.epochs {
    if progress.isAbandoned() { return progress.fits }
    let (meanLoss, slope) = objective.meanLossAndGradient(weights, intercepts, into: gradient)
    let norms = squaredNorms(weights)
    let values = meanLoss + 0.5 * (lambdas * norms)
    var penalties = lambdas
    if isProjected {
      penalties = ballMultipliers(gradient, weights, squaredNorms: norms, radii: radii)
    }
    let gradients = gradientNorms(
      gradient, weights, lambdas: penalties, interceptSlope: slope)
    let ended = progress.advance(
      epoch: epoch, objectives: values, gradientNorms: gradients, weights: array(weights),
      intercepts: intercepts, observe: observe
    ) { snapshot(weights, intercepts, count: count) }
    for lane in ended where radii[lane] < .infinity {
      progress.setMultiplier(penalties[lane], lane: lane)
    }
    if progress.isDone { break }
    let rates = Lanes(
      settings.map { $0.schedule.learningRate($0.learningRate, epoch: epoch) }[...], filler: 0)
    let decay = 1 - rates * lambdas
    for j in 0..<d { weights[j] = decay * weights[j] - rates * gradient[j] }
    intercepts = intercepts - rates * slope
    if isProjected {
      var projected = array(weights)
      project(&projected, onBallsOf: radii)
      for j in 0..<d { weights[j] = projected[j] }
    }
  }
  return progress.fits
}

func array(_ weights: Workspace<Lanes>) -> [Lanes] { (0..<weights.count).map { weights[$0] } }

func snapshot(_ weights: Workspace<Lanes>, _ intercepts: Lanes, count: Int) -> LaneFits {
  LaneFits(
    weights: array(weights), intercepts: intercepts,
    outcomes: [FitOutcome](repeating: FitOutcome(status: .ok), count: count))
}

private func ballMultipliers(
  _ gradient: Workspace<Lanes>, _ weights: Workspace<Lanes>, squaredNorms: Lanes, radii: [Double]
) -> Lanes {
  var inner = Lanes.zero
  for j in 0..<weights.count { inner = inner + weights[j] * gradient[j] }
  var multipliers = Lanes.zero
  for (lane, radius) in radii.enumerated() {
    multipliers[lane] = ballMultiplier(
      innerProduct: inner[lane], squaredNorm: squaredNorms[lane], radius: radius)
  }
  return multipliers
}
