import Datasets
import LinearModels
import ModelSelection
import Results
import Tables

/// `best.json`: the winners by each rule, overall and per solver, refitted on all training and
/// validation rows.
struct BestReport {
  let results: SweepResults
  /// By point: the fit on all training and validation rows.
  let refits: [Int: JobRecord]
  let featureNames: (_ degree: Int) -> [String]

  static let schemaVersion = 1

  func text() -> String {
    let spec = results.plan.spec
    return JSONText.encode(
      .object(
        [
          .init("schema_version", .integer(BestReport.schemaVersion)),
          .init("name", .string(spec.name)),
          .init("metric", .string("validation_" + spec.selectionMetric.rawValue)),
          .init("rule", .string(spec.selectionRule.rawValue)),
        ] + classes + [
          .init("selected", results.best.map { entry($0) } ?? .null),
          .init("overall", winners(results.overall)),
          .init(
            "solvers",
            .object(results.solvers.map { .init($0.solver.rawValue, winners($0.winners)) })),
        ]))
  }

  /// The classes in order, the last of which is +1.
  private var classes: [JSONValue.Member] {
    results.plan.data.classes.map { [.init("classes", .array($0.map(\.json)))] } ?? []
  }

  private func winners(_ winners: SweepResults.Winners) -> JSONValue {
    .object(
      results.plan.rules.map { rule in
        .init(rule.rawValue, winners[rule].map { entry($0) } ?? .null)
      })
  }

  private func entry(_ index: Int) -> JSONValue {
    let point = results.plan.grid[index]
    var members: [JSONValue.Member] = [
      .init("point", .integer(index)),
      .init("hyperparameters", point.json),
      .init("metrics", metrics(results.points[index])),
      .init(
        "at_grid_edge", .array(results.edges.axes(of: point).map { .string($0.rawValue) })),
    ]
    guard let refit = refits[index] else { return .object(members) }
    members.append(.init("refit_status", .string(refit.status.rawValue)))
    if let coefficients = refit.coefficients {
      let names = [FeatureNames.intercept] + featureNames(point.degree)
      func object(_ values: [Double]) -> JSONValue {
        .object(zip(names, values).map { .init($0, .number($1)) })
      }
      members.append(
        .init("coefficients", object([coefficients.intercept] + coefficients.weights)))
      members.append(
        .init(
          "standardized_coefficients",
          object([coefficients.standardizedIntercept] + coefficients.standardizedWeights)))
    }
    return .object(members)
  }

  private func metrics(_ summary: PointSummary) -> JSONValue {
    let plan = results.plan
    var members: [JSONValue.Member] = []
    for (index, metric) in plan.spec.metrics.enumerated() {
      for part in plan.parts {
        let value = summary.metrics[part, index]
        let key = Measure(part, metric.rawValue).column
        members.append(.init(key, value.map { .number($0.mean) } ?? .null))
        members.append(.init("\(key)_se", value?.standardError.map { .number($0) } ?? .null))
      }
    }
    members.append(.init("weight_norm", summary.weightNorm.map { .number($0) } ?? .null))
    members.append(
      .init("effective_df", summary.effectiveDegreesOfFreedom.map { .number($0) } ?? .null))
    return .object(members)
  }
}
