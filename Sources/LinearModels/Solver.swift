/// A way to find the weights; the raw value is the word a spec uses.
package enum Solver: String, CaseIterable, Sendable {
  case normal
  case minNorm = "min_norm"
  case gd
  case sgd
  case newton
  case projectedGD = "projected_gd"

  /// Whether its result is the optimum, not an iterate on the way there.
  package var findsOptimum: Bool {
    switch self {
    case .normal, .minNorm, .newton: true
    case .gd, .sgd, .projectedGD: false
    }
  }
}
