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

/// One row of `curve.csv`.
package struct CurvePoint: Hashable, Sendable {
  package var point: Int
  package var setting: Point
  package var lambdaMean: Double?
  package var status: String
  package var folds: Int
  package var estimates: [Measure: Estimate]
  package var weightNorm: Double?
  package var effectiveDF: Double?
  /// The rules that chose this point within its solver: `min`, `one_standard_error`.
  package var selectedBy: [String]

  package init(
    point: Int, setting: Point, lambdaMean: Double? = nil, status: String = "ok",
    folds: Int = 1, estimates: [Measure: Estimate] = [:], weightNorm: Double? = nil,
    effectiveDF: Double? = nil, selectedBy: [String] = []
  ) {
    self.point = point
    self.setting = setting
    self.lambdaMean = lambdaMean
    self.status = status
    self.folds = folds
    self.estimates = estimates
    self.weightNorm = weightNorm
    self.effectiveDF = effectiveDF
    self.selectedBy = selectedBy
  }

  package func mean(_ part: Part, _ metric: String) -> Double? {
    estimates[Measure(part, metric)]?.mean
  }
}

/// The table of errors against hyperparameters: `curve.csv`.
package struct CurveTable: Hashable, Sendable {
  /// The measures in the order of their columns.
  package var measures: [Measure]
  package var points: [CurvePoint]

  package init(measures: [Measure], points: [CurvePoint]) {
    self.measures = measures
    self.points = points
  }

  /// The metrics in the order of their columns; the first is the one selected on by default.
  package var metrics: [String] {
    var names: [String] = []
    for measure in measures where !names.contains(measure.metric) { names.append(measure.metric) }
    return names
  }

  package func parts(of metric: String) -> [Part] {
    Part.allCases.filter { measures.contains(Measure($0, metric)) }
  }

  /// The axes on which at least two points differ.
  package var varyingAxes: [Axis] {
    Axis.allCases.filter { axis in
      points.contains { $0.setting[axis] != points.first?.setting[axis] }
    }
  }
}
