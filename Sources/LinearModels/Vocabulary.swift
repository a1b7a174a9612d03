/// The loss of one row: ½(y − z)² or log(1 + e^(−yz)) with y = ±1.
package enum Loss: String, CaseIterable, Sendable {
  case squared, logistic
}

/// A way to find the weights; the raw value is the word a spec uses.
package enum Solver: String, CaseIterable, Sendable {
  case normal
  case minNorm = "min_norm"
  case gd
  case sgd
  case newton
  case projectedGD = "projected_gd"
}

/// What the λ written in a spec means for the objective's λ.
package enum LambdaScale: String, CaseIterable, Sendable {
  case mean
  case sum
  case sumUnhalved = "sum_unhalved"

  /// The λ of J from the λ written, for a fit on `rowCount` training rows.
  package func lambdaMean(_ lambda: Double, rowCount: Int) -> Double {
    switch self {
    case .mean: lambda
    case .sum: lambda / Double(rowCount)
    case .sumUnhalved: 2 * lambda / Double(rowCount)
    }
  }
}

/// How the learning rate falls with the epochs done, t = 0, 1, ….
package enum LearningRateSchedule: Hashable, Sendable {
  case constant
  /// η / (1 + d·t)
  case inverseTime(Double)
  /// η / √(1 + d·t)
  case inverseSqrt(Double)

  package func learningRate(_ eta: Double, epoch: Int) -> Double {
    switch self {
    case .constant: eta
    case .inverseTime(let decay): eta / (1 + decay * Double(epoch))
    case .inverseSqrt(let decay): eta / (1 + decay * Double(epoch)).squareRoot()
    }
  }
}

/// How a fit ended; the raw value is the word in the tables.
package enum FitStatus: String, CaseIterable, Sendable {
  case ok
  case notConverged = "not_converged"
  case diverged
  case singular
  case failed
}
