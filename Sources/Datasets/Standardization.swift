/// What a feature is divided by after its training mean is subtracted.
package enum Standardization: String, CaseIterable, Sendable {
  /// The standard deviation with divisor n.
  case population
  /// The standard deviation with divisor n − 1.
  case sample
  /// Features stay on their own scale, not centred.
  case none
}
