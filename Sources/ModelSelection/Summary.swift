/// A mean over folds and its standard error.
package struct Summary: Hashable, Sendable {
  package let mean: Double
  /// sd/√folds, the sd with divisor folds − 1; `nil` for one fold.
  package let standardError: Double?

  /// - Returns: `nil` when there are no values.
  package init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let count = Double(values.count)
    var sum = 0.0
    for value in values { sum += value }
    let mean = sum / count
    self.mean = mean
    guard values.count > 1 else {
      standardError = nil
      return
    }
    var squares = 0.0
    for value in values { squares += (value - mean) * (value - mean) }
    standardError = (squares / (count - 1)).squareRoot() / count.squareRoot()
  }

  package init(mean: Double, standardError: Double?) {
    self.mean = mean
    self.standardError = standardError
  }
}
