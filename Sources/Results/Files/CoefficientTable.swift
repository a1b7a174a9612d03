import Tables

/// The columns of `coefficients.csv`.
package enum CoefficientColumn: String, ResultField {
  case point
  case repeatIndex = "repeat"
  case fold, feature, coefficient
  case standardizedCoefficient = "standardized_coefficient"

  package static let file = ResultFile(
    "coefficients.csv", "One row for each job and feature, the intercept first.", need: .output)

  package var declaration: FieldDeclaration {
    switch self {
    case .point: .point
    case .repeatIndex: .repeatIndex
    case .fold: .fold
    case .feature:
      FieldDeclaration(
        .text("a name"),
        "The column, level or monomial; `\(CoefficientColumn.intercept)` is the intercept.",
        example: "bmi^2")
    case .coefficient:
      FieldDeclaration(
        .number, "The weight on the data's own scale.",
        unit: "that of the target by that of the feature", example: "17.29")
    case .standardizedCoefficient:
      FieldDeclaration(
        .number, "The weight of the feature as it is fitted.",
        emptyWhen: "features are left as they are",
        example: "184.03")
    }
  }

  /// What the intercept is called among the features.
  package static let intercept = "(intercept)"
}

/// `coefficients.csv` in the mean over folds: a weight for each point and feature.
package struct CoefficientTable: Hashable, Sendable {
  /// The features in the order of the file, without the intercept.
  package var features: [String]
  /// For each point the standardised coefficients in the order of `features`.
  package var standardized: [Int: [Double]]

  package init(features: [String], standardized: [Int: [Double]]) {
    self.features = features
    self.standardized = standardized
  }

  /// Reads `coefficients.csv`; `path` is for messages.
  ///
  /// A feature without a standardised coefficient (features left as they are) gives its plain one;
  /// one that a point does not have (another degree) counts as 0.
  package init(csv bytes: [UInt8], path: String) throws(ResultError) {
    let table = try RecordTable<CoefficientColumn>(bytes, path: path)
    let pointColumn = try table.requiredColumn(.point)
    let featureColumn = try table.requiredColumn(.feature)
    let plainColumn = try table.requiredColumn(.coefficient)
    let standardizedColumn = try table.requiredColumn(.standardizedCoefficient)
    var features: [String] = []
    var places: [String: Int] = [:]
    var sums: [Int: [Double]] = [:]
    var counts: [Int: [Int]] = [:]
    for row in table.rows {
      let feature = row.cells[featureColumn]
      if feature == CoefficientColumn.intercept { continue }
      let point = try table.count(row, pointColumn)
      let standardized = try table.number(row, standardizedColumn)
      let value: Double
      if let standardized {
        value = standardized
      } else {
        guard let plain = try table.number(row, plainColumn) else { continue }
        value = plain
      }
      let place = places[feature] ?? features.count
      if place == features.count {
        places[feature] = place
        features.append(feature)
      }
      let missing = place + 1 - (sums[point]?.count ?? 0)
      if missing > 0 {
        sums[point, default: []] += Array(repeating: 0, count: missing)
        counts[point, default: []] += Array(repeating: 0, count: missing)
      }
      sums[point]?[place] += value
      counts[point]?[place] += 1
    }
    self.features = features
    var means: [Int: [Double]] = [:]
    for (point, values) in sums {
      let folds = counts[point] ?? []
      means[point] = features.indices.map { place in
        place < values.count && folds[place] > 0 ? values[place] / Double(folds[place]) : 0
      }
    }
    standardized = means
  }
}
