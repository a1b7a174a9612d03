import Numerics

/// Newton's method on the logistic objective, up to sixteen values of λ side by side.
///
///     (w, b) ← (w, b) − t H⁻¹ ∇J,  t = 1, halved until J does not rise beyond rounding
///
/// Each λ starts at zero and runs to the rounding floor: until the gradient is at most 1e-9 of its
/// start (or `tolerance`, if larger) and falls no further, at most 100 steps. At λ = 0 separable classes have
/// no optimum; a step that separates them ends as `not_converged`, as does a fit that runs out of
/// steps.
/// - Complexity: O(steps × rows × features²) per λ.
package func newtonMethod(
  rows: ScaledRows, hasIntercept: Bool, lambdas: [Double], tolerance: Double,
  shouldAbandon: (() -> Bool)? = nil
) -> LaneFits {
  let centred = hasIntercept ? rows.centred() : rows
  let d = rows.featureCount
  let curvature = LogisticCurvature(
    rows: centred, hasIntercept: hasIntercept, count: lambdas.count)
  var iterations = lambdas.map {
    NewtonIteration(lambda: $0, order: curvature.order, featureCount: d, tolerance: tolerance)
  }
  let weights = Workspace<Lanes>(d, repeating: .zero)
  var intercepts = Lanes.zero
  while case let active = iterations.indices.filter({ iterations[$0].isRunning }), !active.isEmpty {
    if let shouldAbandon, shouldAbandon() {
      var fits = LaneFits(
        weights: [], intercepts: .zero,
        outcomes: lambdas.map { _ in FitOutcome(status: .failed) })
      fits.wasAbandoned = true
      return fits
    }
    for lane in active {
      let trial = iterations[lane].trial
      for j in 0..<d { weights[j][lane] = trial[j] }
      if hasIntercept { intercepts[lane] = trial[d] }
    }
    let points = curvature.evaluate(weights, intercepts, active: active)
    for lane in active {
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

/// One λ on its way: the best point so far, the step from it, and the trial that is evaluated next.
private struct NewtonIteration {
  private static let stepLimit = 100
  private static let relativeTarget = 1e-9

  let lambda: Double
  private let featureCount: Int
  private let tolerance: Double
  private(set) var solution: [Double]
  private(set) var trial: [Double]
  private(set) var isRunning = true
  private var direction: [Double] = []
  private var stepLength = 1.0
  private var stepCount = 0
  private var objective = Double.infinity
  private var gradientNorm = Double.infinity
  private var startNorm: Double?
  private var hessian: [Double] = []
  private var status = FitStatus.ok
  private var message: String?

  init(lambda: Double, order: Int, featureCount: Int, tolerance: Double) {
    self.lambda = lambda
    self.featureCount = featureCount
    self.tolerance = tolerance
    solution = [Double](repeating: 0, count: order)
    trial = solution
  }

  /// Takes what was found at the trial point, and lays out the next one or ends.
  mutating func advance(_ point: LogisticCurvature.Point) {
    var gradient = point.gradient
    var squares = 0.0
    for j in 0..<featureCount {
      gradient[j] += lambda * trial[j]
      squares += trial[j] * trial[j]
    }
    let value = point.meanLoss + 0.5 * (lambda * squares)
    let norm = NewtonIteration.norm(gradient)
    if startNorm == nil { startNorm = norm }
    let target = max(tolerance, NewtonIteration.relativeTarget * (startNorm ?? 0))
    let isAcceptable = value <= objective + 1e-13 * abs(objective) || norm < gradientNorm
    guard isAcceptable, value.isFinite else {
      shorten(target: target)
      return
    }
    let hasStalled = gradientNorm <= target && norm >= 0.5 * gradientNorm
    if !hasStalled || norm < gradientNorm {
      (solution, objective, gradientNorm, hessian) = (trial, value, norm, point.hessian)
    }
    if norm == 0 || hasStalled {
      settle()
    } else if lambda == 0, point.smallestMargin > 0 {
      end(.notConverged, separableMessage)
    } else if stepCount == NewtonIteration.stepLimit {
      finishAtLimit(target: target)
    } else {
      direction = newtonStep(gradient, point.hessian)
      stepLength = 1
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
    stepCount += 1
    trial = solution.indices.map { solution[$0] - stepLength * direction[$0] }
  }

  /// Half the step; at the rounding floor no step helps and the best point stands.
  private mutating func shorten(target: Double) {
    if gradientNorm <= target || stepLength < 1e-10 {
      gradientNorm <= target ? settle() : finishAtLimit(target: target)
    } else {
      stepLength *= 0.5
      trial = solution.indices.map { solution[$0] - stepLength * direction[$0] }
    }
  }

  /// Ends at a small gradient; where the weights still run away, that is no optimum.
  private mutating func settle() {
    let step = NewtonIteration.norm(direction)
    let isRunaway = lambda == 0 && step > 1e-3 * (1 + NewtonIteration.norm(solution))
    isRunaway ? end(.notConverged, separableMessage) : end(.ok, nil)
  }

  private mutating func finishAtLimit(target: Double) {
    guard gradientNorm > target else { return settle() }
    end(
      .notConverged,
      "the gradient's norm is \(gradientNorm) after \(stepCount) steps, above \(target)")
  }

  private mutating func end(_ status: FitStatus, _ message: String?) {
    (self.status, self.message, isRunning) = (status, message, false)
  }

  /// (H + λI)⁻¹ ∇J; a Hessian that is singular but for rounding is lifted as little as it takes.
  private func newtonStep(_ gradient: [Double], _ hessian: [Double]) -> [Double] {
    let order = gradient.count
    var matrix = hessian
    var largest = 0.0
    for j in 0..<order {
      if j < featureCount { matrix[j * order + j] += lambda }
      largest = max(largest, matrix[j * order + j])
    }
    var lift = 1e-14 * largest
    while lift.isFinite, lift > 0 {
      if let factorization = CholeskyFactorization(matrix, count: order) {
        return factorization.solve(gradient)
      }
      for j in 0..<order { matrix[j * order + j] += lift }
      lift *= 100
    }
    return gradient
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

  private static func norm(_ vector: [Double]) -> Double {
    var sum = 0.0
    for value in vector { sum += value * value }
    return sum.squareRoot()
  }
}

private let separableMessage =
  "the classes are separable, so at lambda 0 no finite weights minimise the loss; use lambda > 0"
