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
    JSONText.encode(
      .object(
        BestMember.allCases.compactMap { member in
          value(of: member).map { .init(member.rawValue, $0) }
        }))
  }

  private func value(of member: BestMember) -> JSONValue? {
    let spec = results.plan.spec
    return switch member {
    case .schemaVersion: .integer(BestReport.schemaVersion)
    case .name: .string(spec.name)
    case .metric: .string(Measure(.validation, spec.selectionMetric.rawValue).column)
    case .rule: .string(spec.selectionRule.rawValue)
    case .classes: results.plan.data.classesJSON
    case .selected: results.best.map(winner) ?? .null
    case .overall: winners(results.overall)
    case .solvers:
      .object(results.solvers.map { .init($0.solver.rawValue, winners($0.winners)) })
    }
  }

  private func winners(_ winners: SweepResults.Winners) -> JSONValue {
    .object(
      results.plan.rules.map { rule in
        .init(rule.rawValue, winners[rule].map(winner) ?? .null)
      })
  }

  private func winner(_ index: Int) -> JSONValue {
    .object(
      WinnerMember.allCases.compactMap { member in
        value(of: member, of: index).map { .init(member.rawValue, $0) }
      })
  }

  private func value(of member: WinnerMember, of index: Int) -> JSONValue? {
    let point = results.plan.grid[index]
    let refit = refits[index]
    func weights(_ values: [Double]) -> JSONValue {
      let names = [FeatureNames.intercept] + featureNames(point.degree)
      return .object(zip(names, values).map { .init($0, .number($1)) })
    }
    return switch member {
    case .point: .integer(index)
    case .hyperparameters: point.json
    case .metrics: metrics(results.points[index])
    case .atGridEdge: .array(results.edges.axes(of: point).map { .string($0.rawValue) })
    case .refitStatus: refit.map { .string($0.status.rawValue) }
    case .coefficients:
      refit?.coefficients.map { weights([$0.intercept] + $0.weights) }
    case .standardizedCoefficients:
      refit?.coefficients.map { weights([$0.standardizedIntercept] + $0.standardizedWeights) }
    }
  }

  private func metrics(_ summary: PointSummary) -> JSONValue {
    let plan = results.plan
    var members: [JSONValue.Member] = []
    for (index, metric) in plan.spec.metrics.enumerated() {
      for part in plan.parts {
        let value = summary.metrics[part, index]
        let measure = Measure(part, metric.rawValue)
        members.append(.init(measure.column, value.map { .number($0.mean) } ?? .null))
        members.append(
          .init(measure.errorColumn, value?.standardError.map { .number($0) } ?? .null))
      }
    }
    func add(_ column: CurveColumn, _ value: Double?) {
      members.append(.init(column.rawValue, value.map { .number($0) } ?? .null))
    }
    add(.weightNorm, summary.weightNorm)
    add(.effectiveDF, summary.effectiveDegreesOfFreedom)
    return .object(members)
  }
}
