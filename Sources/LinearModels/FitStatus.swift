/// How a fit ended; the raw value is the word in the tables.
package enum FitStatus: String, CaseIterable, Sendable {
  case ok
  case notConverged = "not_converged"
  case diverged
  case singular
  case failed
}
