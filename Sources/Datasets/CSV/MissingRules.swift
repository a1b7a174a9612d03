/// What is done with the missing cells of each column.
package struct MissingRules: Hashable, Sendable {
  package enum Policy: String, CaseIterable, Sendable {
    case error
    case dropRows = "drop_rows"
    /// Of a number: the mean or median of the training rows of each fold.
    case mean, median
    /// Of a category: a level of its own.
    case level

    /// Whether a missing cell gets a value and its row stays.
    package var fills: Bool { statistic != nil || self == .level }

    package var statistic: Holes.Statistic? {
      switch self {
      case .mean: .mean
      case .median: .median
      case .error, .dropRows, .level: nil
      }
    }
  }

  package struct Named: Hashable, Sendable {
    package var column: String
    package var policy: Policy

    package init(_ column: String, _ policy: Policy) {
      self.column = column
      self.policy = policy
    }
  }
  /// For the columns that are not named.
  package var rest: Policy
  package var named: [Named]

  package init(_ rest: Policy, named: [Named] = []) {
    self.rest = rest
    self.named = named
  }

  package static let error = MissingRules(.error)
  package static let dropRows = MissingRules(.dropRows)

  /// The rule of a column that is never filled, such as the target: what is not dropped is an error.
  static func unfilled(_ policy: Policy) -> Policy { policy.fills ? .error : policy }
}
