import Numerics

/// Corrects solutions of the (penalised) least-squares problem by residuals of the rows themselves.
///
/// With P a factorisation of the normal equations' matrix, in whatever precision,
///
///     w ← w + P⁻¹ ((1/n) Xᵀ(y − Xw − b) − λw),  b ← b + (1/n) Σ (y − Xw − b)
///
/// contracts as long as P is not too far off; residuals in twice the precision (`PreciseResiduals`) and weights
/// kept as sums of two doubles make the limit the solution for the numbers as they were read, to the last digits.
///
/// Source: Björck, "Stability analysis of the method of seminormal equations" (1987); Demmel and others,
/// "Extra-precise iterative refinement for overdetermined least squares problems" (2009).
struct LeastSquaresRefinement {
  private let residuals: PreciseResiduals
  private let hasIntercept: Bool
  /// The rows' scaling here, in units of that of the weights: powers of two, which bring columns near 1.
  private let units: [Double]
  private let shouldAbandon: () -> Bool

  /// - Parameters:
  ///   - centring: the scaling of the weights, with means taken off where there is an intercept.
  ///   - units: one a feature, powers of two; all 1 where features are standardised.
  init(
    _ rows: ScaledRows, centring: FeatureScaling, units: [Double], targetShift: Double,
    hasIntercept: Bool, shouldAbandon: @escaping () -> Bool
  ) {
    let scaling = FeatureScaling(
      offsets: centring.offsets, offsetRests: centring.offsetRests,
      factors: zip(centring.factors, units).map { $0 * $1 })
    residuals = PreciseResiduals(rows, scaling: scaling, targetShift: targetShift)
    self.hasIntercept = hasIntercept
    self.units = units
    self.shouldAbandon = shouldAbandon
  }

  /// What refinement makes of one fit.
  struct Solution {
    /// In the scaling of the weights.
    var weights: [Double]
    /// At the means of the features, where there is an intercept.
    var level: Double
    /// For the features as they were read.
    var rawIntercept: Double
    /// (1/n) Σ residual²
    var meanSquare: Double
    /// ‖∇J‖ before the last correction.
    var gradientNorm: Double
  }

  /// Refines up to eight fits.
  /// - Parameters:
  ///   - weights: first solutions, one a fit.
  ///   - correction: P⁻¹ times a vector, for the fit of an index.
  /// - Returns: per fit its solution, or `nil` where the corrections do not shrink.
  func solutions(
    from weights: [[Double]], lambdas: [Double],
    correction: (_ fit: Int, _ gradient: [Double]) -> [Double]
  ) -> [Solution?] {
    precondition(weights.count == lambdas.count && weights.count <= 8)
    let d = units.count
    let targetUnit = residuals.targetUnit
    var point = PreciseResiduals.Point(
      weights: (0..<d).map { j in
        var lanes = SIMD8<Double>.zero
        for fit in weights.indices { lanes[fit] = weights[fit][j] / units[j] * targetUnit }
        return DoubleDoubleLanes(high: lanes)
      }, intercept: DoubleDoubleLanes())
    var states = weights.map { _ in Progress() }
    for _ in 0..<LeastSquaresRefinement.mostSteps {
      let open = states.indices.filter { states[$0].isOpen }
      if open.isEmpty || shouldAbandon() { break }
      let found = residuals.sums(at: point, shouldAbandon: shouldAbandon)
      for fit in open {
        let gradient = gradient(fit, point, found, lambda: lambdas[fit])
        let step = correction(fit, gradient)
        states[fit].note(
          step: norm(step.indices.map { step[$0] / units[$0] }),
          size: norm((0..<d).map { point.weights[$0].high[fit] }))
        guard states[fit].takesStep else { continue }
        let slope = hasIntercept ? found.mean[fit] : 0
        states[fit].gradientNorm = norm(gradient + [slope])
        states[fit].meanSquare = found.meanSquare[fit]
        for j in 0..<d { point.weights[j].add(step[j] / units[j], lane: fit) }
        point.intercept.add(slope, lane: fit)
      }
    }
    return states.indices.map { states[$0].isSettled ? solution($0, point, states[$0]) : nil }
  }

  private static let mostSteps = 30

  /// (1/n) Xᵀr − λw, in the scaling of the weights.
  private func gradient(
    _ fit: Int, _ point: PreciseResiduals.Point, _ sums: PreciseResiduals.Sums, lambda: Double
  ) -> [Double] {
    units.indices.map { j in
      var sum = DoubleDouble(sums.products[j].high[fit] / units[j])
      let weight = point.weights[j]
      sum.addProduct(of: -lambda, and: weight.high[fit] * units[j])
      sum.addProduct(of: -lambda, and: weight.low[fit] * units[j])
      sum.add(sums.products[j].low[fit] / units[j])
      return sum.value
    }
  }

  private func norm(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private func solution(
    _ fit: Int, _ point: PreciseResiduals.Point, _ progress: Progress
  ) -> Solution {
    let targetUnit = residuals.targetUnit
    let scaling = residuals.scaling
    var level = DoubleDouble(point.intercept.high[fit] / targetUnit)
    level.add(point.intercept.low[fit] / targetUnit)
    if hasIntercept { level.add(residuals.targetShift) }
    var raw = level
    for j in units.indices {
      let weight = point.weights[j]
      for part in [weight.high[fit] / targetUnit, weight.low[fit] / targetUnit] {
        let product = DoubleDouble.exactProduct(part, scaling.factors[j])
        raw.addProduct(of: -product.high, and: scaling.offsets[j])
        raw.addProduct(of: -product.low, and: scaling.offsets[j])
        raw.addProduct(of: -product.high, and: scaling.offsetRests[j])
      }
    }
    return Solution(
      weights: units.indices.map { j in
        point.weights[j].value[fit] * units[j] / targetUnit
      }, level: level.value, rawIntercept: raw.value,
      meanSquare: progress.meanSquare / targetUnit / targetUnit,
      gradientNorm: progress.gradientNorm / targetUnit)
  }

  /// How one fit's corrections shrink.
  private struct Progress {
    var meanSquare = 0.0
    var gradientNorm = 0.0
    private(set) var isOpen = true
    private(set) var isSettled = false
    private(set) var takesStep = false
    private var previous = Double.infinity
    private var passes = 0

    /// Half a unit in the last place of the low parts' leading digits: nothing is left to correct.
    private static let negligible = 0x1p-58
    /// Corrections that stop shrinking this far down have met the rounding of the residuals.
    private static let atRounding = 0x1p-44

    /// - Parameter size: the weights' norm before the step.
    mutating func note(step: Double, size: Double) {
      takesStep = step.isFinite && step <= 0.5 * previous
      guard takesStep else {
        isOpen = false
        isSettled = previous <= Progress.atRounding * size
        return
      }
      previous = step
      passes += 1
      // The first pass also finds the intercept.
      guard passes > 1, step <= Progress.negligible * size else { return }
      isOpen = false
      isSettled = true
    }
  }
}

extension DoubleDoubleLanes {
  /// Adds to one lane.
  fileprivate mutating func add(_ value: Double, lane: Int) {
    let sum = DoubleDouble.exactSum(high[lane], value)
    let rest = sum.low + low[lane]
    let whole = sum.high + rest
    high[lane] = whole
    low[lane] = rest - (whole - sum.high)
  }
}
