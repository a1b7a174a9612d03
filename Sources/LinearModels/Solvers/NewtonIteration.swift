import Numerics

/// One λ on its way: the best point so far, and in its state what is evaluated next.
struct NewtonIteration {
  static let stepLimit = 100
  static let relativeTarget = 1e-9
  /// A Hessian counts as that of a point when the scores are this near, in the mean square over the rows
  /// with their curvatures: curvatures are then right to as many digits.
  private static let nearby = 1e-9
  /// A gradient that falls by less than this factor in `patience` steps asks for a new Hessian.
  static let slowRatio = 0.1
  private static let patience = 4
  /// Below this ratio of a pivot to its diagonal a matrix has lost the digits that are promised.
  private static let smallestPivotRatio = 1e-10
  /// After so many Hessians against slowness every step gets its own.
  static let slowLimit = 2

  let lambda: Double
  let featureCount: Int
  let startNorm: Double
  let target: Double
  /// How far rounding reaches in each coordinate.
  let rounding: RoundingScale
  private(set) var solution: [Double]
  private(set) var state = State.ended(.ok, message: nil)
  private(set) var model = CurvatureModel()
  /// √(gᵀB⁻¹g), the size in the scores of the last step that followed from one before it.
  private var decrement = Double.infinity
  private(set) var stepCount = 0
  private(set) var gradient: [Double]
  private(set) var gradientNorm: Double
  private var smallestNorm: Double
  /// The gradient's norms since the last Hessian.
  private var norms: [Double] = []
  /// What the rows say of the solution.
  private(set) var scores: LogisticScores
  private(set) var hessian: [Double]
  /// Whether `hessian` is that of the solution, and that of the solution but for `nearby`.
  var isExact = true
  var isMeasured = false
  /// Whether already the columns are linearly dependent, or nearly so for this λ.
  let isSingular: Bool
  var slowCount = 0
  /// How far the last Newton step that was tried in the end would have moved the scores.
  var lastMove: Double?
  /// Whether a step was taken since, and whether that one was more than rounding explains.
  var hasAdvanced = false
  var isFar = false

  enum State {
    /// The gradient is evaluated a step from the solution.
    case searching(Step)
    /// Nothing gets better; the Hessian of the solution is evaluated to say whether it is the optimum.
    case measuring
    /// How far a Newton step and those of rounding would move the scores is looked at.
    case probing(newton: [Double], noise: [[Double]])
    /// The optimum is found; its Hessian is evaluated for the degrees of freedom.
    case finishing
    case ended(FitStatus, message: String?)
  }

  /// A way down from the solution.
  struct Step {
    let direction: [Double]
    /// Whether the Hessian is to be evaluated there too.
    let wantsHessian: Bool
    var length = 1.0

    func trial(from solution: [Double]) -> [Double] {
      solution.indices.map { solution[$0] - length * direction[$0] }
    }
  }

  /// - Parameter start: the values at zero, with the Hessian.
  init(
    lambda: Double, featureCount: Int, counts: RowCounts, tolerance: Double,
    start: LogisticCurvature.Point
  ) {
    self.lambda = lambda
    self.featureCount = featureCount
    gradient = start.gradient
    scores = start.scores
    solution = [Double](repeating: 0, count: gradient.count)
    startNorm = dot(gradient, gradient).squareRoot()
    gradientNorm = startNorm
    smallestNorm = startNorm
    target = max(tolerance, NewtonIteration.relativeTarget * startNorm)
    hessian = start.hessian ?? []
    rounding = RoundingScale(startHessian: hessian, order: gradient.count, counts: counts)
    model.factorize(hessian, order: solution.count, lambda: lambda, penalised: featureCount)
    isSingular = model.smallestPivotRatio < NewtonIteration.smallestPivotRatio
    guard gradientNorm.isFinite, hessian.allSatisfy({ $0.isFinite }) else {
      go(
        to: .ended(
          .diverged, message: "the gradient or the Hessian is not finite; scale the features"))
      return
    }
    // A gradient of nothing but rounding: zero is the optimum.
    let noise = rounding.gradient(scores)
    if gradient.indices.allSatisfy({ abs(gradient[$0]) <= noise[$0] }) {
      go(to: .ended(.ok, message: nil))
    } else {
      takeStep()
    }
  }

  var isRunning: Bool {
    if case .ended = state { false } else { true }
  }

  /// The points that are evaluated next.
  var trials: [[Double]] {
    switch state {
    case .searching(let step): [step.trial(from: solution)]
    case .measuring, .finishing: [solution]
    case .probing(let newton, let noise): [newton] + noise
    case .ended: []
    }
  }

  /// Whether Hessians are evaluated there.
  var wantsHessian: Bool {
    switch state {
    case .searching(let step): step.wantsHessian
    case .measuring, .finishing: true
    case .probing, .ended: false
    }
  }

  /// Takes what was found at the trial points, and lays out the next ones or ends.
  mutating func advance(_ points: [LogisticCurvature.Point]) {
    switch state {
    case .searching(let step): search(points[0], after: step)
    case .measuring:
      takeHessian(points[0].hessian)
      certify()
    case .probing(let newton, _):
      judge(
        newton, move: points[0].scores.largest,
        noise: points.dropFirst().map(\.scores.largest).reduce(0, max))
    case .finishing:
      takeHessian(points[0].hessian)
      go(to: .ended(.ok, message: nil))
    case .ended: break
    }
  }

  mutating func go(to next: State) {
    if case .searching(let step) = next, step.length == 1 { stepCount += 1 }
    state = next
  }

  private mutating func search(_ point: LogisticCurvature.Point, after step: Step) {
    let trial = step.trial(from: solution)
    var found = point.gradient
    for j in 0..<featureCount { found[j] += lambda * trial[j] }
    let norm = dot(found, found).squareRoot()
    let isLower = dot(found, step.direction) >= 0
    guard norm.isFinite, isLower || norm < smallestNorm else { return shorten(step) }
    // Newton's step makes a gradient smaller that is more than rounding.
    if norm >= gradientNorm, gradientNorm <= target, isSmallStep, model.correctionCount <= 2 {
      return settle()
    }
    model.correct(
      step: trial.indices.map { trial[$0] - solution[$0] },
      change: found.indices.map { found[$0] - gradient[$0] })
    (solution, gradient, gradientNorm, scores) = (trial, found, norm, point.scores)
    smallestNorm = min(smallestNorm, norm)
    isExact = false
    hasAdvanced = true
    if let exact = point.hessian {
      takeHessian(exact)
    } else if stepCount == 1 {
      // The Hessian at zero has the curvature 1/4 in every row.
      let scale = 4 * scores.meanCurvature
      if scale > 0 { factorize(hessian.map { scale * $0 }) }
    }
    if norm == 0 || (isMeasured && norm <= target) {
      settle()
    } else if lambda == 0, scores.smallestMargin > 0 {
      go(to: .ended(.notConverged, message: separableMessage))
    } else if stepCount == NewtonIteration.stepLimit {
      finishAtLimit()
    } else {
      takeStep()
    }
  }

  private mutating func takeHessian(_ exact: [Double]?) {
    guard let exact else { return }
    hessian = exact
    isExact = true
    factorize(exact)
  }

  private mutating func factorize(_ hessian: [Double]) {
    model.factorize(hessian, order: solution.count, lambda: lambda, penalised: featureCount)
    norms = []
  }

  private mutating func takeStep() {
    let direction = model.solve(gradient)
    let previous = decrement
    decrement = dot(gradient, direction).squareRoot()
    let nearby = NewtonIteration.nearby * (4 * scores.meanCurvature).squareRoot()
    isMeasured = isExact && stepCount > 0 && decrement <= nearby
    norms.append(gradientNorm)
    // A Hessian is worth its price where it is the last one, or where nothing else helps.
    let next = stepCount == 0 ? decrement : decrement * min(1, decrement / previous)
    let before = norms.dropLast(NewtonIteration.patience).last ?? .infinity
    let isSlow = gradientNorm > NewtonIteration.slowRatio * before
    if isSlow { slowCount += 1 }
    let step = Step(
      direction: direction,
      wantsHessian: !isMeasured
        && (next <= nearby || isSlow || slowCount >= NewtonIteration.slowLimit))
    go(to: .searching(step))
  }

  /// Whether the step moves the scores so little that rounding may be why it does not help.
  private var isSmallStep: Bool {
    !isFar && decrement <= 1e-3 * (4 * scores.meanCurvature).squareRoot()
  }

  /// Half the step; at the rounding floor no step helps and the best point stands.
  private mutating func shorten(_ step: Step) {
    if gradientNorm <= target, isSmallStep || step.length < 1e-4 {
      settle()
    } else if step.length < 1e-10 {
      finishAtLimit()
    } else {
      var half = step
      half.length *= 0.5
      go(to: .searching(half))
    }
  }
}
