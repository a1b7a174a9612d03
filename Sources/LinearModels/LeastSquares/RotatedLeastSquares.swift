import Numerics

/// The squared loss of one training set in coordinates where its Gram matrix is tridiagonal.
///
/// With G = Q T Qᵀ and w̃ = Qᵀw, gradient descent, weight decay, the norm ball and the normal
/// equations keep their form, and each step costs O(features):
///
///     J(w̃, b) = ½(s − 2 c̃·w̃ + w̃ᵀT w̃ + (ȳ − m̃·w̃ − b)²) + (λ/2)‖w̃‖²
///
/// c̃ = Qᵀ·cross, m̃ = Qᵀ·coupling, s = targetSquare of ``CentredMoments``. (Khapra's lectures turn all
/// the way to the eigenvectors; stopping at T is cheaper and as good.)
///
/// Features that do not vary are left out, and have the weight 0.
package struct RotatedLeastSquares: Sendable {
  package let rowCount: Int
  package let hasIntercept: Bool
  let reduction: TridiagonalReduction
  let cross: [Double]
  let coupling: [Double]
  let isCoupled: Bool
  let targetMean: Double
  let targetSquare: Double
  /// Of the Gram matrix of all features, ascending; those that are zero but for rounding are zero.
  package let eigenvalues: [Double]
  /// See ``CentredMoments/centring``.
  let centring: FeatureScaling
  /// The Gram matrix itself, where its diagonal spans a range that T cannot hold.
  let equilibrated: EquilibratedGram?
  /// The features that vary, of all.
  let activeFeatures: [Int]
  /// Powers of two near 1/√(mean square) of each feature; all 1 where features are standardised.
  let units: [Double]

  /// - Parameter shouldAbandon: asked now and then; when true, what comes out is of no use.
  /// - Complexity: O(features³).
  package init(
    _ moments: CentredMoments, hasIntercept: Bool, shouldAbandon: () -> Bool = { false }
  ) {
    let all = moments.cross.count
    rowCount = moments.rowCount
    self.hasIntercept = hasIntercept
    centring = moments.centring
    let leftOut = Set(moments.constantFeatures)
    let active = (0..<all).filter { !leftOut.contains($0) }
    activeFeatures = active
    let gram =
      leftOut.isEmpty
      ? moments.gram : active.flatMap { i in active.map { moments.gram[i * all + $0] } }
    let d = active.count
    units = (0..<all).map { j in
      let square = moments.gram[j * all + j]
      guard square > 0, square < .infinity, moments.isOnOwnScale else { return 1 }
      return Double(sign: .plus, exponent: -(Int(square.exponent) / 2), significand: 1)
    }
    reduction = TridiagonalReduction(gram, count: d, shouldAbandon: shouldAbandon)
    cross = reduction.rotated(active.map { moments.cross[$0] })
    isCoupled = active.contains { moments.coupling[$0] != 0 }
    coupling = reduction.rotated(active.map { moments.coupling[$0] })
    targetMean = hasIntercept ? moments.targetMean : 0
    targetSquare = moments.targetSquare
    equilibrated = EquilibratedGram(gram, count: d, cross: active.map { moments.cross[$0] })
    var found = equilibrated?.eigenvalues(shouldAbandon: shouldAbandon) ?? []
    if found.isEmpty {
      let raw = reduction.tridiagonal.eigenvalues()
      let cut = RotatedLeastSquares.relativeCut(d) * (raw.last ?? 0)
      found = raw.map { $0 <= cut ? 0 : $0 }
    }
    eigenvalues = [Double](repeating: 0, count: all - d) + found
  }

  /// Those that vary: as many rotated coordinates there are.
  package var featureCount: Int { cross.count }

  /// What is zero but for rounding, relative to the largest eigenvalue.
  static func relativeCut(_ featureCount: Int) -> Double {
    Double(max(featureCount, 1)) * .ulpOfOne
  }

  /// Σ μ/(μ + λ) over the eigenvalues μ of the Gram matrix; the rank at λ = 0.
  package func effectiveDegreesOfFreedom(lambda: Double) -> Double {
    shrinkageSum(eigenvalues: eigenvalues, lambda: lambda)
  }

  /// The smallest eigenvalue of the features that vary.
  private var smallestEigenvalue: Double {
    featureCount > 0 ? eigenvalues[eigenvalues.count - featureCount] : .infinity
  }

  /// Whether G + λI is not positive definite but for rounding.
  func isSingular(lambda: Double) -> Bool {
    guard featureCount > 0, let largest = eigenvalues.last else { return false }
    return smallestEigenvalue + lambda
      <= RotatedLeastSquares.relativeCut(featureCount) * (largest + lambda)
  }

  /// The condition number of G + λI.
  func condition(lambda: Double) -> Double {
    guard featureCount > 0, let largest = eigenvalues.last else { return 1 }
    return (largest + lambda) / (smallestEigenvalue + lambda)
  }

  var largestCondition: Double {
    largestHarmlessCondition(rowCount: rowCount, featureCount: featureCount)
  }

  func isIllConditioned(lambda: Double) -> Bool {
    condition(lambda: lambda) > largestCondition
  }

  /// (G + λI)⁻¹ v for vectors of all features, of which those that vary are looked at.
  func solutions(of vectors: [HalfLanes], lambdas: HalfLanes) -> [HalfLanes] {
    var inside = activeFeatures.map { vectors[$0] }
    var span = inside.mutableSpan
    reduction.rotate(lanes: &span)
    let solution = reduction.tridiagonal.solveShifted(
      Lanes(lowHalf: lambdas, highHalf: HalfLanes(repeating: 1)),
      inside.map { Lanes(lowHalf: $0, highHalf: .zero) })
    for j in inside.indices { inside[j] = solution[j].lowHalf }
    var back = inside.mutableSpan
    reduction.rotateBack(lanes: &back)
    var all = [HalfLanes](repeating: .zero, count: vectors.count)
    for (index, feature) in activeFeatures.enumerated() { all[feature] = inside[index] }
    return all
  }

  /// Weights of all features from rotated ones.
  func rotatedBack(_ weights: [Lanes]) -> [Lanes] {
    var turned = weights
    reduction.rotateBack(&turned)
    guard activeFeatures.count < eigenvalues.count else { return turned }
    var all = [Lanes](repeating: .zero, count: eigenvalues.count)
    for (index, feature) in activeFeatures.enumerated() { all[feature] = turned[index] }
    return all
  }

  /// (1/n) Σ ‖x‖² over the training rows.
  package var meanSquaredRowNorm: Double {
    var sum = 0.0
    for j in cross.indices { sum += reduction.diagonal[j] + coupling[j] * coupling[j] }
    return sum
  }

  /// The objective at w = 0, b = 0 (the λ term is zero there).
  package var startObjective: Double { 0.5 * (targetSquare + targetMean * targetMean) }
}

/// Σ μ/(μ + λ): how many parameters λ leaves free. An eigenvalue of zero counts as nothing.
package func shrinkageSum(eigenvalues: [Double], lambda: Double) -> Double {
  var sum = 0.0
  for value in eigenvalues where value > 0 { sum += value / (value + lambda) }
  return sum
}

/// How large the condition number of the normal equations may be before answers are corrected by the rows.
///
/// It grows with the size of the data as the cost of a correction does, so that a grid on large data goes on
/// costing one fit unless digits are really lost: with 100,000 × 100 numbers more than five.
func largestHarmlessCondition(rowCount: Int, featureCount: Int) -> Double {
  max(2, Double(rowCount) * Double(featureCount) / 64)
}
