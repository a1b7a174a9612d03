import Numerics

/// A Gram matrix G whose diagonal spans many powers of two, as features on their own scale have it.
///
/// Orthogonal reduction loses the small ones among the large; Cholesky's factorisation of the matrix with its
/// diagonal scaled to 1 does not (van der Sluis, 1969; Demmel and Veselić, 1992).
struct EquilibratedGram: Sendable {
  private let gram: [Double]
  private let cross: [Double]
  private let count: Int

  /// A ratio of two diagonal elements up to which what is lost can be had back by refinement.
  private static let harmlessRatio = 0x1p20
  /// Beyond it singular values would take many times as long as all else.
  private static let mostForSingularValues = 512

  /// `nil` where the diagonal is even enough, or not of positive numbers.
  init?(_ gram: [Double], count: Int, cross: [Double]) {
    let diagonal = (0..<count).map { gram[$0 * count + $0] }
    guard let least = diagonal.min(), let most = diagonal.max(), least > 0, most < .infinity,
      most > EquilibratedGram.harmlessRatio * least
    else { return nil }
    self.gram = gram
    self.cross = cross
    self.count = count
  }

  /// The factorisation of D⁻¹(G + λI)D⁻¹ with a diagonal around 1.
  struct Factors {
    /// 1/D, powers of two.
    let units: [Double]
    let factorization: CholeskyFactorization

    /// (G + λI)⁻¹ v.
    func solve(_ vector: [Double]) -> [Double] {
      let scaled = factorization.solve(zip(vector, units).map { $0 * $1 })
      return zip(scaled, units).map { $0 * $1 }
    }
  }

  /// `nil` where the scaled matrix is not positive definite but for rounding.
  func factors(lambda: Double) -> Factors? {
    let units = (0..<count).map { j -> Double in
      let diagonal = gram[j * count + j] + lambda
      return Double(sign: .plus, exponent: -(Int(diagonal.exponent) / 2), significand: 1)
    }
    var scaled = gram
    for i in 0..<count {
      scaled[i * count + i] += lambda
      for j in 0..<count { scaled[i * count + j] *= units[i] * units[j] }
    }
    guard let factorization = CholeskyFactorization(scaled, count: count),
      factorization.smallestPivotRatio > RotatedLeastSquares.relativeCut(count)
    else { return nil }
    return Factors(units: units, factorization: factorization)
  }

  /// (G + λI)⁻¹ c.
  func solution(_ factors: Factors) -> [Double] { factors.solve(cross) }

  /// Those of G, ascending, small ones as accurate as large ones; none where it is not positive definite.
  func eigenvalues(shouldAbandon: () -> Bool) -> [Double] {
    guard count <= EquilibratedGram.mostForSingularValues, let factors = factors(lambda: 0) else {
      return []
    }
    var upper = factors.factorization.upper
    for i in 0..<count {
      for j in i..<count { upper[i * count + j] /= factors.units[j] }
    }
    let singular = SingularValues(of: upper, count: count, shouldAbandon: shouldAbandon)
    return singular.values.reversed().map { $0 * $0 }
  }
}
