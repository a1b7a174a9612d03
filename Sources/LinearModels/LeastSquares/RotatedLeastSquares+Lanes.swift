import Numerics

extension RotatedLeastSquares {
  /// The objective's parts at sixteen points.
  package struct State: Sendable {
    /// (1/n) Σ residual², from the moments.
    package var meanSquares: Lanes
    package var squaredNorms: Lanes
    /// Of J's gradient in (w, b).
    package var gradientNorms: Lanes
    /// w·∇L, without the penalty.
    package var innerProducts: Lanes
  }

  /// (T + λI)⁻¹ c̃ for sixteen λ; meaningless where that is singular.
  /// - Complexity: O(features)
  func solveShifted(_ shifts: Lanes) -> [Lanes] {
    reduction.tridiagonal.solveShifted(shifts, cross.map { Lanes(repeating: $0) })
  }

  /// b = ȳ − m̃·w̃; zero without intercept.
  func optimalIntercepts(_ weights: [Lanes]) -> Lanes {
    guard hasIntercept else { return .zero }
    var sum = Lanes.zero
    if isCoupled { for j in weights.indices { sum = sum + weights[j] * coupling[j] } }
    return targetMean - sum
  }

  /// Objective and gradient at rotated weights.
  /// - Complexity: O(features)
  package func state(weights: [Lanes], intercepts: Lanes, lambdas: Lanes) -> State {
    var sweep = QuadraticPass(problem: self, weights: weights, intercepts: intercepts)
    return sweep.state(weights, lambdas: lambdas)
  }

  /// The training error of a lane, or `nil` when it would come out of a cancellation and must be
  /// taken from residuals instead.
  func reliableMeanSquare(_ state: State, lane: Int) -> Double? {
    let value = state.meanSquares[lane]
    let largest = eigenvalues.last ?? 0
    let scale =
      (largest * state.squaredNorms[lane]).squareRoot() + startObjective.squareRoot() * 2
    let limit = harmlessCancellation(rowCount: rowCount, featureCount: featureCount)
    return value > scale * scale / limit ? value : nil
  }
}

/// One walk over the tridiagonal matrix: the gradient, and with it every sum that J needs.
struct QuadraticPass {
  private let problem: RotatedLeastSquares
  /// m̃·w̃ + b − ȳ: the derivative of the loss by the intercept.
  private var interceptSlope: Lanes

  init(problem: RotatedLeastSquares, weights: [Lanes], intercepts: Lanes) {
    self.problem = problem
    interceptSlope = .zero
    if problem.hasIntercept {
      var sum = intercepts - problem.targetMean
      if problem.isCoupled {
        for j in weights.indices { sum = sum + weights[j] * problem.coupling[j] }
      }
      interceptSlope = sum
    }
  }

  mutating func state(_ weights: [Lanes], lambdas: Lanes) -> RotatedLeastSquares.State {
    var ignored: [Lanes] = []
    var intercepts = Lanes.zero
    return walk(weights, lambdas, .zero, into: &ignored, &intercepts)
  }

  /// The state at `weights`, and one gradient step from it, in place.
  mutating func step(
    _ weights: inout [Lanes], _ intercepts: inout Lanes, lambdas: Lanes, learningRates: Lanes
  ) -> RotatedLeastSquares.State {
    let old = weights
    return walk(old, lambdas, learningRates, into: &weights, &intercepts)
  }

  /// - Complexity: O(features)
  private mutating func walk(
    _ weights: [Lanes], _ lambdas: Lanes, _ learningRates: Lanes, into next: inout [Lanes],
    _ intercepts: inout Lanes
  ) -> RotatedLeastSquares.State {
    let d = weights.count
    let diagonal = problem.reduction.diagonal
    let offDiagonal = problem.reduction.offDiagonal
    let decay = 1 - learningRates * lambdas
    let slope = interceptSlope
    let steps = !next.isEmpty
    var quadratic = Lanes.zero
    var linear = Lanes.zero
    var norms = Lanes.zero
    var inner = Lanes.zero
    var gradients = slope * slope
    var nextSlope = Lanes.zero
    var below = Lanes.zero
    for j in 0..<d {
      let w = weights[j]
      var product = w * diagonal[j] + below
      if j + 1 < d {
        product = product + weights[j + 1] * offDiagonal[j]
        below = w * offDiagonal[j]
      }
      quadratic = quadratic + w * product
      linear = linear + w * problem.cross[j]
      norms = norms + w * w
      var gradient = product - problem.cross[j]
      if problem.isCoupled { gradient = gradient + slope * problem.coupling[j] }
      inner = inner + w * gradient
      let penalised = gradient + lambdas * w
      gradients = gradients + penalised * penalised
      if steps {
        let moved = decay * w - learningRates * gradient
        next[j] = moved
        if problem.isCoupled { nextSlope = nextSlope + moved * problem.coupling[j] }
      }
    }
    if steps, problem.hasIntercept {
      intercepts = intercepts - learningRates * slope
      interceptSlope = (intercepts - problem.targetMean) + nextSlope
    }
    let explained = Lanes(repeating: problem.targetSquare) - (linear + linear)
    return RotatedLeastSquares.State(
      meanSquares: (explained + quadratic) + slope * slope, squaredNorms: norms,
      gradientNorms: gradients.squareRoot(), innerProducts: inner)
  }
}

extension TridiagonalReduction {
  /// Q times every lane's vector.
  func rotateBack(_ weights: inout [Lanes]) {
    var low = weights.map(\.lowHalf)
    var high = weights.map(\.highHalf)
    var lowSpan = low.mutableSpan
    rotateBack(lanes: &lowSpan)
    var highSpan = high.mutableSpan
    rotateBack(lanes: &highSpan)
    for j in weights.indices { weights[j] = Lanes(lowHalf: low[j], highHalf: high[j]) }
  }
}
