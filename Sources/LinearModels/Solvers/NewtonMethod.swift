import Numerics

/// Newton's method on the logistic objective, up to sixteen values of λ side by side.
///
///     (w, b) ← (w, b) − t B⁻¹ ∇J,  t = 1, halved until J does not rise beyond rounding
///
/// B starts as the Hessian at zero, which all λ share, and is corrected by each step's change of
/// gradient; where the gradient falls too slowly a new Hessian is taken. Gradients of sixteen λ cost
/// as little as one, Hessians do not, so this saves most of them. Each λ starts at zero and runs to
/// the rounding floor: until the gradient is at most 1e-9 of its start (or `tolerance`, if larger) and falls no
/// further, at most 100 steps. At λ = 0 separable classes have no optimum; a step that separates them
/// ends as `not_converged`, as does a fit that runs out of steps.
/// - Complexity: O(rows × features) per step for all λ, O(rows × features²) per Hessian: two or three
///   per λ, one of them for the effective degrees of freedom.
package func newtonMethod(
  rows: ScaledRows, hasIntercept: Bool, lambdas: [Double], tolerance: Double,
  shouldAbandon: (() -> Bool)? = nil
) -> LaneFits {
  let centred = hasIntercept ? rows.centred() : rows
  let d = rows.featureCount
  let curvature = LogisticCurvature(
    rows: centred, hasIntercept: hasIntercept, tracksMargins: lambdas.contains(0))
  let weights = Workspace<Lanes>(d, repeating: .zero)
  var intercepts = Lanes.zero

  // At zero all lanes are equal: one Hessian serves them all.
  let start = curvature.evaluate(weights, .zero, lanes: [0], curved: [0])
  guard let first = start[0] else { preconditionFailure("lane 0 was evaluated") }
  var iterations = lambdas.map { lambda in
    NewtonIteration(
      lambda: lambda, order: curvature.order, featureCount: d, tolerance: tolerance, start: first)
  }
  while case let running = iterations.indices.filter({ iterations[$0].isRunning }),
    !running.isEmpty
  {
    if let shouldAbandon, shouldAbandon() {
      var fits = LaneFits(
        weights: [], intercepts: .zero, outcomes: lambdas.map { _ in FitOutcome(status: .failed) })
      fits.wasAbandoned = true
      return fits
    }
    for lane in running {
      let trial = iterations[lane].trial
      for j in 0..<d { weights[j][lane] = trial[j] }
      if hasIntercept { intercepts[lane] = trial[d] }
    }
    let points = curvature.evaluate(
      weights, intercepts, lanes: running,
      curved: running.filter { iterations[$0].wantsHessian })
    for lane in running {
      if let point = points[lane] { iterations[lane].advance(point) }
    }
  }

  var fits = LaneFits(
    weights: [Lanes](repeating: .zero, count: d), intercepts: .zero,
    outcomes: iterations.map { $0.outcome(hasIntercept: hasIntercept) })
  for (lane, iteration) in iterations.enumerated() {
    let solution = Array(iteration.solution[..<d])
    for j in 0..<d { fits.weights[j][lane] = solution[j] }
    if hasIntercept {
      fits.intercepts[lane] = rows.intercept(
        iteration.solution[d], from: centred, weights: solution)
    }
  }
  return fits
}

private let separableMessage =
  "the classes are separable, so at lambda 0 no finite weights minimise the loss; use lambda > 0"

/// One λ on its way: the best point so far, the step from it, and the trial that is evaluated next.
private struct NewtonIteration {
  private static let stepLimit = 100
  private static let relativeTarget = 1e-9
  /// A gradient that falls by less than this factor asks for a new Hessian.
  private static let slowRatio = 0.3

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
  private var stepLength = 1.0
  private var stepCount = 0
  private var objective: Double
  private var gradient: [Double]
  private var gradientNorm: Double
  private var hessian: [Double] = []
  private var status = FitStatus.ok
  private var message: String?

  enum Phase {
    case searching
    /// The optimum is found; its Hessian is evaluated for the degrees of freedom.
    case measuring
    case ended
  }

  /// - Parameter start: the values at zero, with the Hessian.
  init(
    lambda: Double, order: Int, featureCount: Int, tolerance: Double,
    start: LogisticCurvature.Point
  ) {
    self.lambda = lambda
    self.featureCount = featureCount
    solution = [Double](repeating: 0, count: order)
    trial = solution
    objective = start.meanLoss
    gradient = start.gradient
    gradientNorm = dot(gradient, gradient).squareRoot()
    target = max(tolerance, NewtonIteration.relativeTarget * gradientNorm)
    floor = 1e-14 * gradientNorm
    hessian = start.hessian ?? []
    guard gradientNorm.isFinite, hessian.allSatisfy({ $0.isFinite }) else {
      end(.diverged, "the gradient or the Hessian is not finite; scale the features")
      return
    }
    model.factorize(hessian, order: order, lambda: lambda, penalised: featureCount)
    if gradientNorm > 0 { takeStep() } else { phase = .ended }
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
    var squares = 0.0
    for j in 0..<featureCount {
      found[j] += lambda * trial[j]
      squares += trial[j] * trial[j]
    }
    let value = point.meanLoss + 0.5 * (lambda * squares)
    let norm = dot(found, found).squareRoot()
    let isLower = value <= objective + 1e-13 * abs(objective)
    guard value.isFinite, norm.isFinite, isLower || norm < gradientNorm else { return shorten() }
    let ratio = norm / gradientNorm
    let isAtFloor =
      gradientNorm <= target && ratio >= 0.5
      && (gradientNorm <= floor || model.correctionCount <= 2)
    if isAtFloor, norm >= gradientNorm { return settle() }
    model.correct(
      step: trial.indices.map { trial[$0] - solution[$0] },
      change: found.indices.map { found[$0] - gradient[$0] })
    (solution, objective, gradient, gradientNorm) = (trial, value, found, norm)
    if let exact = point.hessian {
      model.factorize(exact, order: solution.count, lambda: lambda, penalised: featureCount)
    }
    if norm == 0 || isAtFloor {
      settle()
    } else if lambda == 0, point.smallestMargin > 0 {
      end(.notConverged, separableMessage)
    } else if stepCount == NewtonIteration.stepLimit {
      finishAtLimit()
    } else {
      // A Hessian is worth its price only while there is a way to go.
      let isSlow = ratio > NewtonIteration.slowRatio && norm > target
      wantsHessian = isSlow && point.hessian == nil
      takeStep()
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

  private mutating func takeStep() {
    direction = model.solve(gradient)
    stepLength = 1
    stepCount += 1
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
      wantsHessian = true
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
