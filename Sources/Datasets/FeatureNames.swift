import Tables

/// The names of features, which are keys of tables and so must differ.
package enum FeatureNames {
  /// What the intercept is called among the features.
  package static let intercept = "(intercept)"

  /// Where a name comes from.
  package enum Origin: Hashable, Sendable, CustomStringConvertible {
    case column(String)
    case nameless(position: Int)
    case level(String, column: String)
    case missingLevel(column: String)
    case indicator(column: String)
    case rareLevels(column: String)
    case monomial(of: [String])
    case intercept

    var isOfRareLevels: Bool { if case .rareLevels = self { true } else { false } }

    package var description: String {
      switch self {
      case .column(let name): "the column '\(name)'"
      case .nameless(let position): "the nameless column \(position)"
      case .level(let level, let column): "the level '\(level)' of the column '\(column)'"
      case .missingLevel(let column): "the level of missing cells of the column '\(column)'"
      case .indicator(let column): "the indicator of missing cells of the column '\(column)'"
      case .rareLevels(let column): "the rare levels of the column '\(column)'"
      case .monomial(let columns):
        "the monomial of " + columns.map { "'\($0)'" }.joined(separator: " and ")
      case .intercept: "the intercept"
      }
    }
  }

  /// The first two features that have one name.
  static func clash(
    _ names: [String], origin: (Int) -> Origin
  ) -> DatasetProblem.Reason? {
    var seen: [ExactText: Int] = [:]
    seen.reserveCapacity(names.count)
    for (index, name) in names.enumerated() {
      if let first = seen.updateValue(index, forKey: ExactText(name)) {
        return .nameClash(name, origin(first), origin(index))
      }
    }
    return nil
  }
}
