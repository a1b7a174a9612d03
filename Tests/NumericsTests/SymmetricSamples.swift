import Numerics

/// Symmetric matrices for tests, row-major, and what to check them with in plain loops.
enum SymmetricSamples {
  /// BᵀB / rows of normal draws; of rank at most `rank`.
  static func gram(_ count: Int, rank: Int? = nil, seed: UInt64 = 1) -> [Double] {
    let rowCount = rank ?? 2 * count + 1
    var random = RandomGenerator(seed: seed, stream: [UInt64(count), UInt64(rowCount)])
    var matrix = [Double](repeating: 0, count: count * count)
    for _ in 0..<rowCount {
      let row = (0..<count).map { _ in random.nextGaussian() }
      for i in 0..<count {
        for j in 0..<count { matrix[i * count + j] += row[i] * row[j] / Double(max(rowCount, 1)) }
      }
    }
    return matrix
  }

  /// A symmetric matrix whose row and column i are scaled by 10^(−power · i / count).
  static func graded(_ count: Int, power: Double) -> [Double] {
    var matrix = gram(count, seed: 2)
    let scales = (0..<count).map {
      exponential(-power * 2.302585092994046 * Double($0) / Double(count))
    }
    for i in 0..<count {
      for j in 0..<count { matrix[i * count + j] *= scales[i] * scales[j] }
    }
    return matrix
  }

  static func product(_ matrix: [Double], _ vector: [Double]) -> [Double] {
    let count = vector.count
    return (0..<count).map { i in
      (0..<count).reduce(0) { $0 + matrix[i * count + $1] * vector[$1] }
    }
  }

  static func norm(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  /// Ascending eigenvalues by the cyclic Jacobi method.
  static func jacobiEigenvalues(_ matrix: [Double], _ count: Int) -> [Double] {
    var a = matrix
    for _ in 0..<30 {
      for p in 0..<count {
        for q in (p + 1)..<max(count, p + 1) where a[p * count + q] != 0 {
          let theta = (a[q * count + q] - a[p * count + p]) / (2 * a[p * count + q])
          let sign = theta < 0 ? -1.0 : 1.0
          let t = sign / (abs(theta) + (theta * theta + 1).squareRoot())
          let c = 1 / (t * t + 1).squareRoot()
          let s = t * c
          for k in 0..<count {
            let (x, y) = (a[k * count + p], a[k * count + q])
            a[k * count + p] = c * x - s * y
            a[k * count + q] = s * x + c * y
          }
          for k in 0..<count {
            let (x, y) = (a[p * count + k], a[q * count + k])
            a[p * count + k] = c * x - s * y
            a[q * count + k] = s * x + c * y
          }
        }
      }
    }
    return (0..<count).map { a[$0 * count + $0] }.sorted()
  }
}
