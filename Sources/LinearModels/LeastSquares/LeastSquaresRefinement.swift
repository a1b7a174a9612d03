import Numerics

/// Corrects solutions of the (penalised) least-squares problem by residuals of the rows themselves.
///
/// With P a factorisation of the normal equations' matrix, in whatever precision,
///
///     w ← w + P⁻¹ ((1/n) Xᵀ(y − Xw − b) − λw),  b ← b + (1/n) Σ (y − Xw − b)
///
/// (weighted means where rows have weights) contracts as long as P is not too far off; residuals in twice the precision (`PreciseResiduals`) and weights
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
  }

  /// Refines up to eight fits, a lane each.
  /// - Parameters:
  ///   - weights: first solutions, one a fit.
  ///   - correction: P⁻¹ times vectors, `[feature][fit]`.
  /// - Returns: per fit its solution, or `nil` where the corrections do not shrink.
  func solutions(
    from weights: [[Double]], lambdas: HalfLanes, correction: ([HalfLanes]) -> [HalfLanes]
  ) -> [Solution?] {
    precondition(weights.count <= HalfLanes.scalarCount)
    let d = units.count
    let targetUnit = residuals.targetUnit
    var point = PreciseResiduals.Point(
      weights: (0..<d).map { j in
        var lanes = HalfLanes.zero
        for fit in weights.indices { lanes[fit] = weights[fit][j] / units[j] * targetUnit }
        return DoubleDoubleLanes(high: lanes)
      }, intercept: DoubleDoubleLanes())
    var states = weights.map { _ in Progress() }
    for _ in 0..<LeastSquaresRefinement.mostSteps {
      if !states.contains(where: \.isOpen) || shouldAbandon() { break }
      let found = residuals.sums(at: point, shouldAbandon: shouldAbandon)
      let steps = zip(correction(gradient(point, found, lambdas)), units).map { $0 / $1 }
      let slopes = hasIntercept ? found.mean : .zero
      let stepNorms = norms(steps)
      let sizes = norms(point.weights.map(\.high))
      var taken = HalfLanes.zero
      for fit in states.indices where states[fit].isOpen {
        states[fit].note(step: stepNorms[fit], size: sizes[fit])
        guard states[fit].takesStep else { continue }
        states[fit].meanSquare = max(0, found.meanSquare[fit] - slopes[fit] * slopes[fit])
        taken[fit] = 1
      }
      // A lane that takes no step may hold what is no number.
      let isTaken = taken .> 0
      for j in 0..<d {
        point.weights[j].add(HalfLanes.zero.replacing(with: steps[j], where: isTaken), .zero)
        point.weights[j] = point.weights[j].normalized
      }
      point.intercept.add(HalfLanes.zero.replacing(with: slopes, where: isTaken), .zero)
      point.intercept = point.intercept.normalized
    }
    return states.indices.map { states[$0].isSettled ? solution($0, point, states[$0]) : nil }
  }

  /// Refines some lanes of a block of fits, eight at a time.
  /// - Parameters:
  ///   - correction: as above, for the lanes that the fits are of.
  ///   - take: takes each lane's solution, `nil` where the corrections do not shrink.
  func refine(
    _ fits: inout LaneFits, _ lanes: [Int], lambdas: [Double],
    correction: (_ lanes: [Int], _ gradient: [HalfLanes], _ lambdas: HalfLanes) -> [HalfLanes],
    take: (inout LaneFits, _ lane: Int, Solution?) -> Void
  ) {
    for start in stride(from: 0, to: lanes.count, by: HalfLanes.scalarCount) {
      let members = Array(lanes[start..<min(start + HalfLanes.scalarCount, lanes.count)])
      var own = HalfLanes(repeating: 1)
      for (fit, lane) in members.enumerated() { own[fit] = lambdas[lane] }
      let solutions = solutions(from: members.map { fits.weights(lane: $0) }, lambdas: own) {
        correction(members, $0, own)
      }
      for (lane, solution) in zip(members, solutions) { take(&fits, lane, solution) }
    }
  }

  private static let mostSteps = 30

  /// (1/n) Xᵀr − λw, in the scaling of the weights.
  private func gradient(
    _ point: PreciseResiduals.Point, _ sums: PreciseResiduals.Sums, _ lambdas: HalfLanes
  ) -> [HalfLanes] {
    let penalties = SplitLanes(DoubleDoubleLanes(high: HalfLanes.zero - lambdas))
    return units.indices.map { j in
      var sum = DoubleDoubleLanes(
        high: sums.products[j].high / units[j], low: sums.products[j].low / units[j])
      let weight = point.weights[j]
      sum.addProduct(
        SplitLanes(DoubleDoubleLanes(high: weight.high * units[j], low: weight.low * units[j])),
        penalties)
      return sum.value
    }
  }

  private func norms(_ vectors: [HalfLanes]) -> HalfLanes {
    vectors.reduce(.zero) { $0 + $1 * $1 }.squareRoot()
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
      meanSquare: progress.meanSquare / targetUnit / targetUnit)
  }

  /// How one fit's corrections shrink.
  private struct Progress {
    var meanSquare = 0.0
    private(set) var isOpen = true
    private(set) var isSettled = false
    private(set) var takesStep = false
    private var previous = Double.infinity

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
      // The next step is shorter by the rate that has been seen; of the first, P⁻¹c was the one before.
      let next = step * (step / min(previous, size))
      previous = step
      guard step == 0 || next <= Progress.negligible * size else { return }
      isOpen = false
      isSettled = true
    }
  }
}
