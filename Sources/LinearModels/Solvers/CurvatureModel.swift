import Numerics

/// What a quasi-Newton step knows of the Hessian: one exact factorisation, corrected by the steps since.
///
/// Solves B d = g with the two-loop recursion of L-BFGS (Nocedal and Wright, algorithm 7.4) whose initial
/// matrix is the factorised Hessian, so that right after a factorisation the step is Newton's.
struct CurvatureModel {
  private var factorization: CholeskyFactorization?
  private var pairs: [Pair] = []

  private struct Pair {
    let step: [Double]
    let change: [Double]
    let inverseProduct: Double
  }

  /// How many corrections are kept.
  private static let memory = 24

  /// Steps taken since the factorisation.
  var correctionCount: Int { pairs.count }

  /// How much of its diagonal a pivot has left at least; 0 where the matrix was singular.
  private(set) var smallestPivotRatio = 0.0

  /// Takes a new Hessian and forgets the corrections.
  ///
  /// - Parameter penalised: the leading coordinates, to which λ is added. A matrix that is singular but
  ///   for rounding is lifted as little as it takes.
  mutating func factorize(_ hessian: [Double], order: Int, lambda: Double, penalised: Int) {
    var matrix = hessian
    for j in 0..<penalised { matrix[j * order + j] += lambda }
    let diagonal = (0..<order).map { matrix[$0 * order + $0] }
    let largest = diagonal.reduce(0, max)
    pairs = []
    factorization = nil
    smallestPivotRatio = 0
    guard largest > 0, largest.isFinite else { return }
    var lift = 1e-14
    while lift < 1 {
      factorization = CholeskyFactorization(matrix, count: order)
      if let factorization {
        if lift == 1e-14 { smallestPivotRatio = factorization.smallestPivotRatio }
        return
      }
      // Each coordinate by its own size, as features may differ in scale; a feature that is zero in all rows
      // by any size.
      for j in 0..<order {
        matrix[j * order + j] += lift * (diagonal[j] > 0 ? diagonal[j] : largest)
      }
      lift *= 100
    }
  }

  /// Learns from a step and the change of the gradient along it; a pair without curvature is left out.
  mutating func correct(step: [Double], change: [Double]) {
    let product = dot(step, change)
    guard product > 1e-300, product.isFinite else { return }
    pairs.append(Pair(step: step, change: change, inverseProduct: 1 / product))
    if pairs.count > CurvatureModel.memory { pairs.removeFirst() }
  }

  /// B⁻¹ g.
  func solve(_ gradient: [Double]) -> [Double] {
    var vector = gradient
    var weights = [Double](repeating: 0, count: pairs.count)
    for (index, pair) in pairs.enumerated().reversed() {
      weights[index] = pair.inverseProduct * dot(pair.step, vector)
      for j in vector.indices { vector[j] -= weights[index] * pair.change[j] }
    }
    vector = factorization?.solve(vector) ?? vector
    for (index, pair) in pairs.enumerated() {
      let weight = weights[index] - pair.inverseProduct * dot(pair.change, vector)
      for j in vector.indices { vector[j] += weight * pair.step[j] }
    }
    return vector
  }
}

func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for j in a.indices { sum += a[j] * b[j] }
  return sum
}
