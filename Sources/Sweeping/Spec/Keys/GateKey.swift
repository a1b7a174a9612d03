import LinearModels
import ModelSelection
import Results
import Tables

/// The keys of one gate: what it is on, and what goes with that.
enum GateKey: String, SpecKeyword {
  case metric, at, min, max, against
  case maxIncrease = "max_increase"
  case maxDecrease = "max_decrease"
  case count, best
  case withinDecades = "within_decades"

  static let place = "gates"
  static let example: JSONValue = ["metric": "validation_mse", "max": 3000]

  /// The keys that say what kind of gate it is, with those that may go along.
  static let kinds: [GateKey: [GateKey]] = [
    .metric: [.at, .min, .max, .against, .maxIncrease, .maxDecrease],
    .count: [.max],
    .best: [.withinDecades],
  ]

  /// The columns of the curve that a gate may be on.
  static func columns(_ metrics: [Metric]) -> [String] {
    metrics.flatMap { metric in Part.allCases.map { Measure($0, metric.rawValue).column } }
  }

  var declaration: KeyDeclaration {
    switch self {
    case .metric:
      KeyDeclaration(
        .words(Self.columns(Metric.allCases)), "The gate is on this column of the curve.",
        examples: "validation_mse")
    case .at:
      KeyDeclaration(
        .only("best"), "At the point that 'select.rule' picks.", default: "best",
        examples: "best")
    case .min:
      KeyDeclaration(
        .number(.any), "The least that passes.", unit: "that of the metric", examples: 0.4)
    case .max:
      KeyDeclaration(
        .number(.any), "The most that passes.", unit: "that of the metric, or points",
        examples: 3300)
    case .against:
      KeyDeclaration(
        .only("baseline"), "Compare each point with the baseline's.", examples: "baseline")
    case .maxIncrease:
      KeyDeclaration(
        .object(ChangeKey.self),
        "How much larger than the baseline passes; fails when relative and absolute bound both "
          + "are exceeded.", examples: ChangeKey.example)
    case .maxDecrease:
      KeyDeclaration(
        .object(ChangeKey.self), "The same for a metric that gets worse as it falls.",
        examples: ChangeKey.example)
    case .count:
      KeyDeclaration(
        .words(FitStatus.self), "The gate is on the number of points that end so.",
        examples: "diverged")
    case .best:
      KeyDeclaration(
        .words(MagnitudeAxis.self),
        "The gate is on this axis of the point that wins, against the baseline's.",
        examples: "lambda")
    case .withinDecades:
      KeyDeclaration(
        .number(.nonNegative), "How far the axis may move.", unit: "factors of 10",
        examples: 0.5)
    }
  }

  /// One shape for each kind of gate.
  static var schema: JSONValue {
    let bounds = SpecSchema.object([GateKey.metric, .at, .min, .max], required: [.metric])
    let either: JSONValue = ["anyOf": [["required": ["min"]], ["required": ["max"]]]]
    return [
      "oneOf": [
        .object(SpecSchema.members(bounds) + SpecSchema.members(either)),
        change(.maxIncrease, largerIsBetter: false), change(.maxDecrease, largerIsBetter: true),
        SpecSchema.object(
          [GateKey.count, .max], required: [.count, .max],
          replacing: [.max: KeyValue.number(.wholeFromZero).schema]),
        SpecSchema.object([GateKey.best, .withinDecades], required: [.best, .withinDecades]),
      ]
    ]
  }

  private static func change(_ key: GateKey, largerIsBetter: Bool) -> JSONValue {
    let metrics = columns(Metric.allCases.filter { $0.largerIsBetter == largerIsBetter })
    return SpecSchema.object(
      [.metric, .at, .against, key], required: [.metric, .against, key],
      replacing: [
        .metric: .object(
          SpecSchema.members(KeyValue.words(metrics).schema)
            + [.init("examples", .array(metrics.prefix(1).map { .string($0) }))])
      ])
  }
}

/// The keys of a bound on a change.
enum ChangeKey: String, SpecKeyword {
  case relative, absolute
  case standardErrors = "standard_errors"

  static let place = "gates.max_increase"
  static let example: JSONValue = ["relative": 0.01]
  static var schema: JSONValue {
    .object(SpecSchema.members(SpecSchema.object(allCases)) + [.init("minProperties", 1)])
  }

  var declaration: KeyDeclaration {
    switch self {
    case .relative:
      KeyDeclaration(
        .number(.nonNegative), "Of the baseline's value.", unit: "share", examples: 0.01)
    case .absolute:
      KeyDeclaration(
        .number(.nonNegative), "Of the value.", unit: "that of the metric", examples: 1e-6)
    case .standardErrors:
      KeyDeclaration(
        .number(.nonNegative), "In the larger standard error of the two.",
        unit: "standard errors", examples: 2)
    }
  }
}
