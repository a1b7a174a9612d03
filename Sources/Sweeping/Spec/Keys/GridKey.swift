import LinearModels
import Results
import Tables

/// The keys of one grid: its axes and `exclude`.
enum GridKey: SpecKeyword {
  case axis(Axis)
  case exclude

  static let allCases = Axis.allCases.map { GridKey.axis($0) } + [.exclude]
  static let place = "grid"
  static let example: JSONValue = ["solver": "normal", "lambda": [0.01, 0.1, 1]]
  static let required: [GridKey] = [.axis(.solver)]

  init?(rawValue: String) {
    guard let key = GridKey.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = key
  }

  var rawValue: String {
    switch self {
    case .axis(let axis): axis.rawValue
    case .exclude: "exclude"
    }
  }

  var declaration: KeyDeclaration {
    switch self {
    case .axis(let axis): axis.gridDeclaration
    case .exclude:
      KeyDeclaration(
        .list(.object(Axis.self)), "Points to leave out, named by some of their axes.",
        default: [], examples: [Axis.example])
    }
  }

  /// A grid with the axes that its solvers need.
  static var schema: JSONValue {
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
      SpecSchema.members(SpecSchema.object(allCases, required: required))
        + [.init("allOf", .array(needs))])
  }
}

/// One value of an axis, as `exclude` names it.
extension Axis: SpecKeyword {
  static let place = "grid.exclude"
  static var example: JSONValue {
    .object([.init(Axis.solver.rawValue, "gd"), .init(Axis.learningRate.rawValue, 0.1)])
  }
  static var schema: JSONValue {
    .object(SpecSchema.members(SpecSchema.object(allCases)) + [.init("minProperties", 1)])
  }

  /// Of a number its range, else the words that solvers and schedules have.
  private var value: KeyValue {
    if let range { return .number(range) }
    return self == .solver ? .words(Solver.self) : ScheduleKey.value
  }

  var declaration: KeyDeclaration {
    KeyDeclaration(
      value, "Leave out the points with this value.", unit: unit, examples: exampleValue)
  }

  /// A value, an array of them, or evenly spaced numbers.
  fileprivate var gridDeclaration: KeyDeclaration {
    guard let range else {
      return KeyDeclaration(
        .oneOrMore(value), about, unit: unit, examples: exampleValue, [exampleValue])
    }
    return KeyDeclaration(
      .other(SpacingKey.words(range), SpacingKey.schema(range), keys: SpacingKey.self), about,
      unit: unit, examples: exampleValue, [exampleValue])
  }
}

/// The keys of evenly spaced values of an axis.
enum SpacingKey: String, SpecKeyword {
  case logspace, linspace, range, count

  static let kinds: [SpacingKey] = [.logspace, .linspace, .range]
  static let place = "grid.AXIS"
  static let example: JSONValue = [
    "logspace": [.literal("1e-6"), .literal("1e3")], "count": 28,
  ]

  static func words(_ range: NumberRange) -> String {
    range.words + ", an array of them, or {\"logspace\": [lo, hi], \"count\": n} and the like"
  }

  /// The schema of an axis of numbers of a range.
  static func schema(_ range: NumberRange) -> JSONValue {
    func pair(_ item: JSONValue) -> JSONValue {
      ["type": "array", "items": item, "minItems": 2, "maxItems": 2, "examples": [[1, 10]]]
    }
    let positive =
      range.exclusiveMinimum == nil && !range.isWhole ? NumberRange.positive.schema : range.schema
    return [
      "anyOf": [
        range.schema, KeyValue.list(.number(range), minimum: 1).schema,
        SpecSchema.object(
          [SpacingKey.logspace, .count], required: [.logspace, .count],
          replacing: [.logspace: pair(positive)]),
        SpecSchema.object(
          [SpacingKey.linspace, .count], required: [.linspace, .count],
          replacing: [.linspace: pair(range.schema)]),
        SpecSchema.object([SpacingKey.range], required: [.range]),
      ]
    ]
  }

  var declaration: KeyDeclaration {
    switch self {
    case .logspace:
      KeyDeclaration(
        Self.ends, "From lo to hi, each value the same factor above the one before.",
        examples: [1, 10])
    case .linspace:
      KeyDeclaration(
        Self.ends, "From lo to hi, each value the same step above the one before.",
        examples: [1, 10])
    case .range:
      KeyDeclaration(
        .other(
          "three numbers, [lo, hi, step]",
          [
            "type": "array", "items": ["type": "number"], "minItems": 3, "maxItems": 3,
            "prefixItems": [true, true, ["not": ["const": 0]]],
          ]), "From lo by steps up to hi.", examples: [1, 9, 2])
    case .count:
      KeyDeclaration(
        .other(
          "a whole number of at least 1",
          ["type": "integer", "minimum": 1, "maximum": .integer(GridContext.largestAxis)]),
        "How many values, both ends among them.", unit: "values", examples: 10, 28)
    }
  }

  private static let ends = KeyValue.other(
    "two numbers, [lo, hi]",
    ["type": "array", "items": ["type": "number"], "minItems": 2, "maxItems": 2])
}
