package import Numerics

/// The squared loss of one training set in coordinates where its Gram matrix is tridiagonal.
///
/// With G = Q T Qᵀ and w̃ = Qᵀw, gradient descent, weight decay, the norm ball and the normal
/// equations keep their form, and each step costs O(features):
///
///     J(w̃, b) = ½(s − 2 c̃·w̃ + w̃ᵀT w̃ + (ȳ − m̃·w̃ − b)²) + (λ/2)‖w̃‖²
///
/// c̃ = Qᵀ·cross, m̃ = Qᵀ·coupling, s = targetSquare of ``CentredMoments``. (Khapra's lectures turn all
/// the way to the eigenvectors; stopping at T is cheaper and as good.)
package struct RotatedLeastSquares: Sendable {
  package let rowCount: Int
  package let hasIntercept: Bool
  package let reduction: TridiagonalReduction
  package let cross: [Double]
  package let coupling: [Double]
  package let isCoupled: Bool
  package let targetMean: Double
  package let targetSquare: Double
  /// Of the Gram matrix, ascending; those that are zero but for rounding are zero.
  package let eigenvalues: [Double]

  /// - Complexity: O(features³).
  package init(_ moments: CentredMoments, hasIntercept: Bool) {
    let d = moments.cross.count
    rowCount = moments.rowCount
    self.hasIntercept = hasIntercept
    reduction = TridiagonalReduction(moments.gram, count: d)
    cross = reduction.rotated(moments.cross)
    isCoupled = moments.coupling.contains { $0 != 0 }
    coupling = reduction.rotated(moments.coupling)
    targetMean = hasIntercept ? moments.targetMean : 0
    targetSquare = moments.targetSquare
    let raw = reduction.tridiagonal.eigenvalues()
    let cut = RotatedLeastSquares.relativeCut(d) * (raw.last ?? 0)
    eigenvalues = raw.map { $0 <= cut ? 0 : $0 }
  }

  package var featureCount: Int { cross.count }

  /// What is zero but for rounding, relative to the largest eigenvalue.
  static func relativeCut(_ featureCount: Int) -> Double {
    Double(max(featureCount, 1)) * .ulpOfOne
  }

  /// Σ μ/(μ + λ) over the eigenvalues μ of the Gram matrix; the rank at λ = 0.
  package func effectiveDegreesOfFreedom(lambda: Double) -> Double {
    shrinkageSum(eigenvalues: eigenvalues, lambda: lambda)
  }

  /// Whether G + λI is not positive definite but for rounding.
  package func isSingular(lambda: Double) -> Bool {
    guard let smallest = eigenvalues.first, let largest = eigenvalues.last else { return false }
    return smallest + lambda <= RotatedLeastSquares.relativeCut(featureCount) * (largest + lambda)
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
