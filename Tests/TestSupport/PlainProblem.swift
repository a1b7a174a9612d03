import Foundation

/// A training set with its objective, written as the textbook writes it.
///
///     J(w, b) = (1/n) Σ ℓ(yᵢ, xᵢ·w + b) + (λ/2)‖w‖²
///
/// With weights v it is Σ vᵢℓᵢ/Σv for the mean; moments and closed forms are of rows without weights.
package struct PlainProblem: Sendable {
  package enum Loss: String, Sendable {
    /// ½(y − z)²
    case squared
    /// log(1 + e^(−yz)), y = ±1
    case logistic
  }

  package var loss: Loss
  package var rows: [[Double]]
  package var target: [Double]
  package var lambda: Double
  package var hasIntercept: Bool
  package var weights: [Double]?

  package init(
    loss: Loss, rows: [[Double]], target: [Double], lambda: Double = 0, hasIntercept: Bool = true
  ) {
    self.loss = loss
    self.rows = rows
    self.target = target
    self.lambda = lambda
    self.hasIntercept = hasIntercept
  }

  package var featureCount: Int { rows.first?.count ?? 0 }

  package func weight(_ index: Int) -> Double { weights?[index] ?? 1 }

  package var totalWeight: Double { weights?.reduce(0, +) ?? Double(rows.count) }

  /// Every row as often as its weight says, and no weights.
  package var repeated: PlainProblem {
    let places = rows.indices.flatMap { [Int](repeating: $0, count: Int(weight($0))) }
    return PlainProblem(
      loss: loss, rows: places.map { rows[$0] }, target: places.map { target[$0] },
      lambda: lambda, hasIntercept: hasIntercept)
  }

  /// Weights, and an intercept that is zero where there is none.
  package struct Fit: Sendable {
    package var weights: [Double]
    package var intercept: Double

    package init(weights: [Double], intercept: Double) {
      self.weights = weights
      self.intercept = intercept
    }

    /// Weights and intercept as one vector.
    package var vector: [Double] { weights + [intercept] }

    package func score(_ row: [Double]) -> Double {
      PlainLinearAlgebra.dot(weights, row) + intercept
    }
  }

  package var zero: Fit {
    Fit(weights: [Double](repeating: 0, count: featureCount), intercept: 0)
  }

  /// ∂ℓ/∂z of row `index`.
  package func slope(_ index: Int, _ fit: Fit) -> Double {
    let (z, y) = (fit.score(rows[index]), target[index])
    switch loss {
    case .squared: return z - y
    case .logistic: return -y / (1 + exp(y * z))
    }
  }

  package func meanLoss(_ fit: Fit) -> Double {
    var sum = 0.0
    for index in rows.indices {
      let (z, y) = (fit.score(rows[index]), target[index])
      switch loss {
      case .squared: sum += weight(index) * (0.5 * (y - z) * (y - z))
      case .logistic: sum += weight(index) * (-y * z > 30 ? -y * z : log(1 + exp(-y * z)))
      }
    }
    return sum / totalWeight
  }

  package func objective(_ fit: Fit) -> Double {
    meanLoss(fit) + lambda / 2 * PlainLinearAlgebra.dot(fit.weights, fit.weights)
  }

  /// ∇J in (w, b).
  package func gradient(_ fit: Fit) -> Fit {
    var sum = zero
    for index in rows.indices {
      let slope = weight(index) * slope(index, fit)
      for j in 0..<featureCount { sum.weights[j] += slope * rows[index][j] }
      sum.intercept += slope
    }
    let n = totalWeight
    return Fit(
      weights: (0..<featureCount).map { sum.weights[$0] / n + lambda * fit.weights[$0] },
      intercept: hasIntercept ? sum.intercept / n : 0)
  }

  /// The minimiser of the squared loss: (X_cᵀX_c/n + λI) w = X_cᵀy_c/n by Gaussian elimination.
  package func closedForm() -> Fit {
    let n = Double(rows.count)
    let d = featureCount
    let means =
      hasIntercept ? (0..<d).map { j in rows.reduce(0) { $0 + $1[j] } / n } : zero.weights
    let level = hasIntercept ? target.reduce(0, +) / n : 0
    let centred = rows.map { row in zip(row, means).map { $0 - $1 } }
    var gram = (0..<d).map { i in
      (0..<d).map { j in centred.reduce(0) { $0 + $1[i] * $1[j] } / n }
    }
    for j in 0..<d { gram[j][j] += lambda }
    let cross = (0..<d).map { j in
      zip(centred, target).reduce(0) { $0 + $1.0[j] * ($1.1 - level) } / n
    }
    let weights = PlainLinearAlgebra.solution(of: gram, cross)
    return Fit(
      weights: weights,
      intercept: hasIntercept ? level - PlainLinearAlgebra.dot(means, weights) : 0)
  }

  /// (1/n) Σ (x − m)(x − m)ᵀ, or without intercept (1/n) Σ x xᵀ: the Hessian of the mean squared
  /// loss with the intercept eliminated.
  package func gram() -> [[Double]] {
    let n = Double(rows.count)
    let d = featureCount
    let means =
      hasIntercept ? (0..<d).map { j in rows.reduce(0) { $0 + $1[j] } / n } : zero.weights
    return (0..<d).map { i in
      (0..<d).map { j in
        rows.reduce(0) { $0 + ($1[i] - means[i]) * ($1[j] - means[j]) } / n
      }
    }
  }

  /// The same rows with each feature centred and divided by its standard deviation (divisor n, or
  /// n − 1 for a sample); a constant feature becomes 0.
  package func standardized(sample: Bool = false) -> PlainProblem {
    var copy = self
    let n = Double(rows.count)
    for j in 0..<featureCount {
      let mean = rows.reduce(0) { $0 + $1[j] } / n
      let squares = rows.reduce(0) { $0 + ($1[j] - mean) * ($1[j] - mean) }
      let deviation = (squares / (sample ? n - 1 : n)).squareRoot()
      for i in rows.indices {
        copy.rows[i][j] = deviation > 0 ? (rows[i][j] - mean) / deviation : 0
      }
    }
    return copy
  }
}
