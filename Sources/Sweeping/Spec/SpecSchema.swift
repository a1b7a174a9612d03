import LinearModels
import ModelSelection
import Results
import Tables

/// JSON Schema (2020-12) of the spec, made of the same key lists, words and ranges as the parser.
package enum SpecSchema {
  package static let text = JSONText.encode(root)

  private static let root: JSONValue = {
    var members: [JSONValue.Member] = [
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", "sweep experiment"),
      .init(
        "description", "A grid of hyperparameters for regularised linear models, and its data."),
    ]
    members += parts(SpecKey.allCases, required: [.data, .grid])
    members.append(.init("allOf", .array(lossRules)))
    members.append(.init("$defs", ["grid": grid, "schedule": schedule]))
    return .object(members)
  }()

  // MARK: Pieces

  /// An object of the given keys and no others.
  static func object<Key: SpecKeyword>(
    _ keys: [Key], required: [Key] = [], replacing: [Key: JSONValue] = [:]
  ) -> JSONValue {
    .object(parts(keys, required: required, replacing: replacing))
  }

  private static func parts<Key: SpecKeyword>(
    _ keys: [Key], required: [Key] = [], replacing: [Key: JSONValue] = [:]
  ) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = [.init("type", "object")]
    members.append(
      .init(
        "properties",
        .object(keys.map { .init($0.rawValue, replacing[$0] ?? $0.valueSchema) })))
    if !required.isEmpty {
      members.append(.init("required", .array(required.map { .string($0.rawValue) })))
    }
    members.append(.init("additionalProperties", false))
    return members
  }

  static func words<Word: RawRepresentable<String>>(_ words: [Word]) -> JSONValue {
    ["enum": .array(words.map { .string($0.rawValue) })]
  }

  static func list(_ items: JSONValue, minimum: Int = 0, unique: Bool = false) -> JSONValue {
    var members: [JSONValue.Member] = [.init("type", "array"), .init("items", items)]
    if minimum > 0 { members.append(.init("minItems", .integer(minimum))) }
    if unique { members.append(.init("uniqueItems", true)) }
    return .object(members)
  }

  static let nonEmpty: JSONValue = ["type": "string", "minLength": 1]

  // MARK: Rules between keys

  /// Which metrics and solvers go with which loss.
  private static var lossRules: [JSONValue] {
    let isLogistic: JSONValue = [
      "properties": [
        "model": ["properties": ["loss": ["const": "logistic"]], "required": ["loss"]]
      ],
      "required": ["model"],
    ]
    return [["if": isLogistic, "then": rule(for: .logistic), "else": rule(for: .squared)]]
  }

  private static func rule(for loss: Loss) -> JSONValue {
    let metrics = loss.metrics
    let solvers = Solver.allCases.filter { $0.objection(to: loss) == nil }
    let grid: JSONValue = ["properties": ["solver": oneOrMore(words(solvers))]]
    return [
      "properties": [
        "metrics": ["items": words(metrics)],
        "select": ["properties": ["metric": words(metrics)]],
        "outputs": [
          "items": words(
            Output.allCases.filter { loss.function.followsFromMoments || $0 != .spectrum })
        ],
        "grid": ["anyOf": [["type": "array", "items": grid], merged(["type": "object"], grid)]],
      ]
    ]
  }

  static func members(_ schema: JSONValue) -> [JSONValue.Member] {
    if case .object(let members) = schema { members } else { [] }
  }

  private static func merged(_ first: JSONValue, _ second: JSONValue) -> JSONValue {
    .object(members(first) + members(second))
  }

  static func oneOrMore(_ value: JSONValue) -> JSONValue {
    ["anyOf": [value, list(value, minimum: 1)]]
  }

  /// A grid with the axes that its solvers need.
  private static var grid: JSONValue {
    let needs = Solver.allCases.map { solver -> JSONValue in
      let named: JSONValue = [
        "properties": [
          "solver": [
            "anyOf": [
              ["const": .string(solver.rawValue)],
              ["type": "array", "contains": ["const": .string(solver.rawValue)]],
            ]
          ]
        ],
        "required": ["solver"],
      ]
      let axes = solver.requiredAxes.map { JSONValue.string($0.rawValue) }
      return ["if": named, "then": ["required": .array(axes)]]
    }
    return .object(
      parts(GridKey.allCases, required: [.axis(.solver)]) + [.init("allOf", .array(needs))])
  }

  private static var schedule: JSONValue {
    [
      "anyOf": .array(
        [["const": "constant"]]
          + ScheduleKey.allCases.map { object([$0], required: [$0]) })
    ]
  }

  /// A value, an array of them, or evenly spaced numbers.
  static func axis(_ axis: Axis) -> JSONValue {
    guard let range = axis.range else { return oneOrMore(axis.valueSchema) }
    func pair(_ item: JSONValue) -> JSONValue {
      ["type": "array", "items": item, "minItems": 2, "maxItems": 2]
    }
    let positive: JSONValue =
      range.exclusiveMinimum == nil && !range.isWhole ? NumberRange.positive.schema : range.schema
    return [
      "anyOf": [
        range.schema, list(range.schema, minimum: 1),
        object(
          [SpacingKey.logspace, .count], required: [.logspace, .count],
          replacing: [
            .logspace: pair(positive)
          ]),
        object(
          [SpacingKey.linspace, .count], required: [.linspace, .count],
          replacing: [
            .linspace: pair(range.schema)
          ]),
        object([SpacingKey.range], required: [.range]),
      ]
    ]
  }

  /// One shape for each source of data.
  static var data: JSONValue {
    [
      "oneOf": .array(
        DataKey.sources.map { source in
          source == .csv
            ? object([.csv] + DataKey.csvOptions, required: [.csv, .target])
            : object([source], required: [source])
        })
    ]
  }

  /// One shape for each way to split, each with the options that go with it.
  static var split: JSONValue {
    let once: [SplitKey: JSONValue] = [.repeats: ["const": 1]]
    let shapes = SplitKey.kinds.map { kind -> JSONValue in
      switch kind {
      case .holdout, .kFold: object([kind, .shuffle, .repeats, .test], required: [kind])
      case .column, .files: object([kind, .shuffle, .repeats], required: [kind], replacing: once)
      default: object([kind, .shuffle, .repeats, .test], required: [kind], replacing: once)
      }
    }
    let unshuffledRepeats: JSONValue = [
      "properties": ["shuffle": ["const": false], "repeats": ["minimum": 2]],
      "required": ["shuffle", "repeats"],
    ]
    return [
      "oneOf": .array(shapes),
      "not": unshuffledRepeats,
    ]
  }

  /// One shape for each kind of gate.
  static var gate: JSONValue {
    func columns(_ metrics: [Metric]) -> JSONValue {
      .object([
        .init(
          "enum",
          .array(
            metrics.flatMap { metric in
              Part.allCases.map { .string(Measure($0, metric.rawValue).column) }
            }))
      ])
    }
    let bounds = object(
      [GateKey.metric, .at, .min, .max], required: [.metric],
      replacing: [.metric: columns(Metric.allCases)])
    return [
      "oneOf": [
        merged(bounds, ["anyOf": [["required": ["min"]], ["required": ["max"]]]]),
        object(
          [GateKey.metric, .at, .against, .maxIncrease],
          required: [.metric, .against, .maxIncrease],
          replacing: [.metric: columns(Metric.allCases.filter { !$0.largerIsBetter })]),
        object(
          [GateKey.metric, .at, .against, .maxDecrease],
          required: [.metric, .against, .maxDecrease],
          replacing: [.metric: columns(Metric.allCases.filter(\.largerIsBetter))]),
        object(
          [GateKey.count, .max], required: [.count, .max],
          replacing: [.max: NumberRange.wholeFromZero.schema]),
        object([GateKey.best, .withinDecades], required: [.best, .withinDecades]),
      ]
    ]
  }
}
