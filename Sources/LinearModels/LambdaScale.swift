/// What the λ written in a spec means for the objective's λ.
package enum LambdaScale: String, CaseIterable, Sendable {
  case mean
  case sum
  case sumUnhalved = "sum_unhalved"

  /// The λ of J from the λ written, for a fit on training rows that count so often together: as many rows, or
  /// the sum of their weights as they were written.
  package func lambdaMean(_ lambda: Double, totalWeight: Double) -> Double {
    switch self {
    case .mean: lambda
    case .sum: lambda / totalWeight
    // Not 2λ first, which may be beyond all numbers.
    case .sumUnhalved: lambda / (0.5 * totalWeight)
    }
  }
}
