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
    // Not 2λ first, which may be beyond all numbers.
    case .sumUnhalved: lambda / (0.5 * Double(rowCount))
    }
  }
}
