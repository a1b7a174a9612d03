/// The rows that a measure was computed on.
package enum Part: String, CaseIterable, Sendable {
  case train, validation, test

  package var title: String { self == .train ? "training" : rawValue }

  /// Its place among all.
  package var index: Int {
    switch self {
    case .train: 0
    case .validation: 1
    case .test: 2
    }
  }
}

/// A metric on a part: the stem of two columns, `validation_mse` and `validation_mse_se`.
package struct Measure: Hashable, Sendable {
  package let part: Part
  package let metric: String

  package init(_ part: Part, _ metric: String) {
    self.part = part
    self.metric = metric
  }

  /// From a column's name; `nil` when it is not that of a mean.
  package init?(column: String) {
    for part in Part.allCases where column.hasPrefix(part.rawValue + "_") {
      self.init(part, String(column.dropFirst(part.rawValue.count + 1)))
      return
    }
    return nil
  }

  package var column: String { "\(part.rawValue)_\(metric)" }

  /// The column of its standard error.
  package var errorColumn: String { column + Measure.errorEnding }

  static let errorEnding = "_se"
}

/// A mean over folds and its standard error, which one fold does not have.
package struct Estimate: Hashable, Sendable {
  package var mean: Double
  package var standardError: Double?

  package init(_ mean: Double, standardError: Double? = nil) {
    self.mean = mean
    self.standardError = standardError
  }
}
