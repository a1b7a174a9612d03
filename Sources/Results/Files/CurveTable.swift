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
