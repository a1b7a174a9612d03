/// The loss of one row: ½(y − z)² or log(1 + e^(−yz)) with y = ±1.
package enum Loss: String, CaseIterable, Sendable {
  case squared, logistic
}
