import Numerics

/// One block of lanes of `stochasticGradientDescent` on its way.
final class StochasticLanes {
  let weights: Workspace<Lanes>
  var intercepts = Lanes.zero
  let lambdas: Lanes
  private(set) var learningRates = Lanes.zero
  private(set) var progress: DescentProgress
  private let settings: [DescentSettings]
  private let rule: StoppingRule
  private let observe: EpochObserver?
  private let gradient: Workspace<Lanes>

  init(
    settings: [DescentSettings], featureCount: Int, startObjective: Double, rule: StoppingRule,
    observe: EpochObserver?
  ) {
    self.settings = settings
    self.rule = rule
    self.observe = observe
    lambdas = Lanes(settings.map(\.lambda)[...], filler: 0)
    weights = Workspace(featureCount, repeating: .zero)
    gradient = Workspace(featureCount, repeating: .zero)
    progress = DescentProgress(
      count: settings.count, featureCount: featureCount, startObjective: startObjective, rule: rule)
  }

  /// Whether the caller has lost interest; the fits say so from then on.
  func isAbandoned() -> Bool { progress.isAbandoned() }

  /// Whether only the first half of the lanes is in use.
  var fitsHalf: Bool { settings.count <= HalfLanes.scalarCount }

  func setLearningRates(epoch: Int) {
    learningRates = Lanes(
      settings.map { $0.schedule.learningRate($0.learningRate, epoch: epoch) }[...], filler: 0)
  }

  /// After an epoch: looks at the objective where somebody needs it, and ends lanes.
  func measure(epoch: Int, objective: RowObjective, bound: ObjectiveBound) {
    let norms = squaredNorms(weights)
    let bounds = bound.values(squaredNorms: norms, intercepts: intercepts, lambdas: lambdas)
    let isSuspicious = settings.indices.contains {
      progress.active[$0] && progress.hasDiverged(objective: bounds[$0])
    }
    guard isSuspicious || epoch == rule.epochs || rule.tolerance > 0 || observe != nil else {
      return
    }
    let (meanLoss, slope) = objective.meanLossAndGradient(weights, intercepts, into: gradient)
    let gradients = gradientNorms(gradient, weights, lambdas: lambdas, interceptSlope: slope)
    progress.advance(
      epoch: epoch, objectives: meanLoss + 0.5 * (lambdas * norms), gradientNorms: gradients,
      weights: array(weights), intercepts: intercepts, observe: observe
    ) { snapshot(weights, intercepts, count: settings.count) }
  }
}
