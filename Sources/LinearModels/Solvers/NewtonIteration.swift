import Numerics

private let separableMessage =
  "the classes are separable, so at lambda 0 no finite weights minimise the loss; use lambda > 0"

/// One λ on its way: the best point so far, the step from it, and the trial that is evaluated next.
struct NewtonIteration {
  private static let stepLimit = 100
  private static let relativeTarget = 1e-9
  /// A Hessian counts as the optimum's when the scores are a Newton step of this size away from it, in
  /// the mean square over the rows with their curvatures.
  private static let nearby = 1e-9
  /// A gradient that falls by less than this factor in `patience` steps asks for a new Hessian.
  private static let slowRatio = 0.1
  private static let patience = 4

  let lambda: Double
  private let featureCount: Int
  private let target: Double
  private let floor: Double
  private(set) var solution: [Double]
  private(set) var trial: [Double]
  private(set) var phase = Phase.searching
  /// Whether the Hessian is to be evaluated at the trial.
  private(set) var wantsHessian = false
  private var model = CurvatureModel()
  private var direction: [Double] = []
  /// √(gᵀB⁻¹g), the size of the step in the scores.
  private var decrement = Double.infinity
  private var stepLength = 1.0
  private var stepCount = 0
  private var gradient: [Double]
  private var gradientNorm: Double
  private var smallestNorm: Double
  /// The gradient's norms since the last Hessian.
  private var norms: [Double] = []
  private var hessian: [Double]
  /// Whether `hessian` is that of the optimum but for `nearby`.
  private var isMeasured = false
  private var status = FitStatus.ok
  private var message: String?

  enum Phase {
    case searching
    /// The optimum is found; its Hessian is evaluated for the degrees of freedom.
    case measuring
    case ended
  }

  /// - Parameter start: the values at zero, with the Hessian.
  init(lambda: Double, featureCount: Int, tolerance: Double, start: LogisticCurvature.Point) {
    self.lambda = lambda
    self.featureCount = featureCount
    gradient = start.gradient
    solution = [Double](repeating: 0, count: gradient.count)
    trial = solution
    gradientNorm = dot(gradient, gradient).squareRoot()
    smallestNorm = gradientNorm
    target = max(tolerance, NewtonIteration.relativeTarget * gradientNorm)
    floor = 1e-14 * gradientNorm
    hessian = start.hessian ?? []
    guard gradientNorm.isFinite, hessian.allSatisfy({ $0.isFinite }) else {
      end(.diverged, "the gradient or the Hessian is not finite; scale the features")
      return
    }
    factorize(hessian)
    if gradientNorm > 0 { takeStep() } else { settle() }
  }

  var isRunning: Bool { phase != .ended }

  /// Takes what was found at the trial point, and lays out the next one or ends.
  mutating func advance(_ point: LogisticCurvature.Point) {
    if phase == .measuring {
      hessian = point.hessian ?? hessian
      phase = .ended
      return
    }
    var found = point.gradient
    for j in 0..<featureCount { found[j] += lambda * trial[j] }
    let norm = dot(found, found).squareRoot()
    let isLower = dot(found, direction) >= 0
    guard norm.isFinite, isLower || norm < smallestNorm else { return shorten() }
    let ratio = norm / gradientNorm
    let isAtFloor =
      gradientNorm <= target && ratio >= 0.5
      && (gradientNorm <= floor || model.correctionCount <= 2)
    if isAtFloor, norm >= gradientNorm { return settle() }
    model.correct(
      step: trial.indices.map { trial[$0] - solution[$0] },
      change: found.indices.map { found[$0] - gradient[$0] })
    (solution, gradient, gradientNorm) = (trial, found, norm)
    smallestNorm = min(smallestNorm, norm)
    let wasMeasured = isMeasured
    if let exact = point.hessian {
      hessian = exact
      factorize(exact)
    } else if stepCount == 1 {
      // The Hessian at zero has the curvature 1/4 in every row.
      let scale = 4 * point.meanCurvature
      if scale > 0 { factorize(hessian.map { scale * $0 }) }
    }
    if norm == 0 || isAtFloor || (wasMeasured && norm <= target) {
      settle()
    } else if lambda == 0, point.smallestMargin > 0 {
      end(.notConverged, separableMessage)
    } else if stepCount == NewtonIteration.stepLimit {
      finishAtLimit()
    } else {
      takeStep(after: point.hessian != nil)
    }
  }

  /// The best point's outcome.
  func outcome(hasIntercept: Bool) -> FitOutcome {
    var outcome = FitOutcome(status: status)
    outcome.epochsRun = stepCount
    outcome.gradientNorm = gradientNorm
    outcome.message = message
    if status == .ok {
      outcome.effectiveDegreesOfFreedom = degreesOfFreedom(hasIntercept: hasIntercept)
    }
    return outcome
  }

  private mutating func factorize(_ hessian: [Double]) {
    model.factorize(hessian, order: solution.count, lambda: lambda, penalised: featureCount)
    norms = []
  }

  /// - Parameter isExact: whether the Hessian of this very point is known.
  private mutating func takeStep(after isExact: Bool = false) {
    direction = model.solve(gradient)
    let previous = decrement
    decrement = dot(gradient, direction).squareRoot()
    isMeasured = isExact && decrement <= NewtonIteration.nearby
    stepLength = 1
    stepCount += 1
    norms.append(gradientNorm)
    // A Hessian is worth its price where it is the last one, or where nothing else helps.
    let next = stepCount == 1 ? decrement : decrement * min(1, decrement / previous)
    let before = norms.dropLast(NewtonIteration.patience).last ?? .infinity
    let isSlow = gradientNorm > NewtonIteration.slowRatio * before && gradientNorm > target
    wantsHessian = !isMeasured && (next <= NewtonIteration.nearby || isSlow)
    layOutTrial()
  }

  private mutating func layOutTrial() {
    trial = solution.indices.map { solution[$0] - stepLength * direction[$0] }
  }

  /// Half the step; at the rounding floor no step helps and the best point stands.
  private mutating func shorten() {
    if gradientNorm <= target {
      settle()
    } else if stepLength < 1e-10 {
      finishAtLimit()
    } else {
      stepLength *= 0.5
      layOutTrial()
    }
  }

  /// Ends at a small gradient; where the weights still run away, that is no optimum.
  private mutating func settle() {
    let step = dot(direction, direction).squareRoot()
    let size = dot(solution, solution).squareRoot()
    guard lambda > 0 || step <= 1e-3 * (1 + size) else {
      return end(.notConverged, separableMessage)
    }
    if isMeasured { return end(.ok, nil) }
    phase = .measuring
    trial = solution
    wantsHessian = true
  }

  private mutating func finishAtLimit() {
    guard gradientNorm > target else { return settle() }
    end(
      .notConverged,
      "the gradient's norm is \(gradientNorm) after \(stepCount) steps, above \(target)")
  }

  private mutating func end(_ status: FitStatus, _ message: String?) {
    (self.status, self.message, phase) = (status, message, .ended)
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
    let eigenvalues = TridiagonalReduction(schur, count: d).tridiagonal.eigenvalues()
    let cut = RotatedLeastSquares.relativeCut(d) * (eigenvalues.last ?? 0)
    return shrinkageSum(eigenvalues: eigenvalues.map { $0 <= cut ? 0 : $0 }, lambda: lambda)
  }
}
