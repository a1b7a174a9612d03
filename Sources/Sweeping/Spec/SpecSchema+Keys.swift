import Datasets
import LinearModels
import ModelSelection
package import Results
import Tables

// What each key holds, for the schema; the compiler sees to it that none is left out.

extension JSONValue {
  /// The schema with a description and a default.
  fileprivate func about(_ text: String, default value: JSONValue? = nil) -> JSONValue {
    guard case .object(let members) = self else { return self }
    let last = value.map { [Member("default", $0)] } ?? []
    return .object([Member("description", .string(text))] + members + last)
  }
}

extension SpecSchema {
  fileprivate static let flag: JSONValue = ["type": "boolean"]
  fileprivate static let seed: JSONValue = [
    "type": "integer", "minimum": 0, "maximum": .literal("18446744073709551615"),
  ]
  fileprivate static let polynomialHasOneFeature: [JSONValue.Member] = [
    .init("if", ["properties": ["kind": ["const": "polynomial"]], "required": ["kind"]]),
    .init("then", ["properties": ["features": ["const": 1]]]),
  ]
  /// Names of columns; an empty one stands for every column without a name.
  fileprivate static let columns = list(["type": "string"], unique: true)
}

extension SpecKey {
  var valueSchema: JSONValue {
    switch self {
    case .schema: (["type": "string"] as JSONValue).about("For editors; ignored.")
    case .name:
      (["type": "string", "pattern": "^[A-Za-z0-9_][A-Za-z0-9._-]*$", "maxLength": 200]
        as JSONValue)
        .about("The results folder; the file's stem without it.")
    case .description: (["type": "string"] as JSONValue).about("The question that is asked.")
    case .data: SpecSchema.data.about("Where the rows come from; paths are relative to this file.")
    case .features:
      SpecSchema.object(FeaturesKey.allCases).about("What is made of the columns.")
    case .split: SpecSchema.split.about("Which rows train, validate and test.")
    case .model: SpecSchema.object(ModelKey.allCases).about("What is minimised.")
    case .grid:
      (["anyOf": [["$ref": "#/$defs/grid"], SpecSchema.list(["$ref": "#/$defs/grid"], minimum: 1)]]
        as JSONValue)
        .about("The axes to sweep; an array is the union of its grids, in order.")
    case .training: SpecSchema.object(TrainingKey.allCases).about("How iterative solvers run.")
    case .metrics:
      SpecSchema.list(SpecSchema.words(Metric.allCases), minimum: 1, unique: true)
        .about("What is computed on every set of rows.")
    case .select: SpecSchema.object(SelectKey.allCases).about("How the winner is chosen.")
    case .outputs:
      SpecSchema.list(SpecSchema.words(Output.allCases), unique: true)
        .about("Tables beyond the curve and the jobs.", default: [])
    case .gates: SpecSchema.list(SpecSchema.gate).about("What 'sweep check' enforces.")
    case .limits: SpecSchema.object(LimitsKey.allCases).about("Checked before anything runs.")
    case .seed: SpecSchema.seed.about("The only source of randomness.", default: 0)
    }
  }
}

extension DataKey {
  var valueSchema: JSONValue {
    switch self {
    case .csv: SpecSchema.nonEmpty.about("Path of a CSV file.")
    case .libsvm: SpecSchema.nonEmpty.about("Path of a LIBSVM file.")
    case .npy: SpecSchema.object(NpyKey.allCases, required: NpyKey.allCases)
    case .synthetic:
      .object(
        SpecSchema.members(SpecSchema.object(SyntheticKey.allCases, required: [.rows]))
          + SpecSchema.polynomialHasOneFeature)
    case .target: SpecSchema.nonEmpty.about("The column to predict.")
    case .features:
      SpecSchema.list(["type": "string"], minimum: 1, unique: true)
        .about("The columns to use; all others without it.")
    case .drop: SpecSchema.columns.about("Columns not to use.", default: [])
    case .categorical:
      SpecSchema.columns.about("One-hot columns, the first level dropped.", default: [])
    case .header: SpecSchema.flag.about("Whether the first line names the columns.", default: true)
    case .delimiter:
      (["enum": .array(SpecDecoder.delimiters.map { .string(String($0)) })] as JSONValue)
        .about("Between cells.", default: ",")
    case .missing:
      SpecSchema.words(CSVSource.MissingPolicy.allCases)
        .about("What to do with a row that lacks a cell.", default: "error")
    case .missingValues:
      SpecSchema.list(["type": "string"])
        .about(
          "The texts of a missing cell, blanks aside; in place of these.",
          default: .array(CSVSource.defaultMissingValues.map { .string($0) }))
    }
  }
}

extension NpyKey {
  var valueSchema: JSONValue {
    switch self {
    case .features: SpecSchema.nonEmpty.about("Path of a rows × features array.")
    case .target: SpecSchema.nonEmpty.about("Path of an array of one value per row.")
    }
  }
}

extension SyntheticKey {
  var valueSchema: JSONValue {
    switch self {
    case .kind:
      SpecSchema.words(SyntheticSource.Kind.allCases)
        .about("polynomial: one feature, uniform on [-1, 1].", default: "linear")
    case .rows: NumberRange.wholeFromTwo.schema
    case .features: NumberRange.wholeFromOne.schema.about("1 for polynomial.", default: 1)
    case .noise:
      NumberRange.nonNegative.schema
        .about("Standard deviation; logistic data have none.", default: 1)
    case .coefficient:
      SpecSchema.oneOrMore(NumberRange.any.schema)
        .about("One for all features, or one each; of a polynomial, of x, x², ….", default: 1)
    case .intercept: NumberRange.any.schema.about("The value at zero.", default: 0)
    case .seed: SpecSchema.seed.about("The spec's seed without it.")
    }
  }
}

extension FeaturesKey {
  var valueSchema: JSONValue {
    switch self {
    case .polynomial:
      NumberRange.wholeFromOne.schema.about("All monomials up to this degree.", default: 1)
    case .standardize:
      SpecSchema.words(Standardization.allCases)
        .about("By the training rows of each fold; the divisor n or n - 1.", default: "population")
    }
  }
}

extension SplitKey {
  var valueSchema: JSONValue {
    switch self {
    case .holdout:
      NumberRange.fraction.schema.about("This fraction of the rows validates.", default: 0.25)
    case .kFold: NumberRange.wholeFromTwo.schema.about("So many folds, each validates once.")
    case .leaveOneOut: (["const": true] as JSONValue).about("Each row validates once.")
    case .column: SpecSchema.nonEmpty.about("A column of train, validation and test.")
    case .foldColumn: SpecSchema.nonEmpty.about("A column of fold names.")
    case .files: SpecSchema.object(FilesKey.allCases, required: [.validation])
    case .shuffle: SpecSchema.flag.about("Whether rows are shuffled first.", default: true)
    case .repeats:
      NumberRange.wholeFromOne.schema.about("With another shuffle each time.", default: 1)
    case .test: NumberRange.fraction.schema.about("Held out first, never trained or selected on.")
    }
  }
}

extension FilesKey {
  var valueSchema: JSONValue { SpecSchema.nonEmpty.about("Path of a file like that of 'data'.") }
}

extension ModelKey {
  var valueSchema: JSONValue {
    switch self {
    case .loss: SpecSchema.words(Loss.allCases).about("Of one row.", default: "squared")
    case .intercept: SpecSchema.flag.about("Never penalised.", default: true)
    case .lambdaScale:
      SpecSchema.words(LambdaScale.allCases)
        .about("What is added to: the mean or the sum of the losses.", default: "mean")
    }
  }
}

extension GridKey {
  var valueSchema: JSONValue {
    switch self {
    case .axis(let axis): SpecSchema.axis(axis)
    case .exclude:
      SpecSchema.list(
        .object(
          SpecSchema.members(SpecSchema.object(Axis.allCases)) + [.init("minProperties", 1)])
      ).about("Points to leave out, named by some of their axes.")
    }
  }
}

/// One value of an axis, as `exclude` names it.
extension Axis: SpecKeyword {
  var valueSchema: JSONValue {
    if let range { return range.schema }
    return self == .solver ? SpecSchema.words(Solver.allCases) : ["$ref": "#/$defs/schedule"]
  }
}

extension SpacingKey {
  var valueSchema: JSONValue {
    switch self {
    case .logspace, .linspace:
      ["type": "array", "items": ["type": "number"], "minItems": 2, "maxItems": 2]
    case .range:
      ([
        "type": "array", "items": ["type": "number"], "minItems": 3, "maxItems": 3,
        "prefixItems": [true, true, ["not": ["const": 0]]],
      ] as JSONValue)
      .about("[lo, hi, step]")
    case .count: ["type": "integer", "minimum": 1, "maximum": .integer(GridContext.largestAxis)]
    }
  }
}

extension TrainingKey {
  var valueSchema: JSONValue {
    switch self {
    case .epochs: NumberRange.wholeFromOne.schema.about("Unless an axis.", default: 100)
    case .tolerance:
      NumberRange.nonNegative.schema
        .about("Stop when the gradient's norm is at most this.", default: 0)
    case .schedule:
      (["$ref": "#/$defs/schedule"] as JSONValue)
        .about("How the learning rate falls; unless an axis.", default: "constant")
    }
  }
}

extension ScheduleKey {
  var valueSchema: JSONValue { NumberRange.nonNegative.schema }
}

extension SelectKey {
  var valueSchema: JSONValue {
    switch self {
    case .metric: SpecSchema.words(Metric.allCases).about("The first of 'metrics' without it.")
    case .rule: SpecSchema.words(SelectionRule.allCases).about("By validation.", default: "min")
    }
  }
}

extension GateKey {
  var valueSchema: JSONValue {
    switch self {
    case .metric: SpecSchema.nonEmpty.about("A column such as validation_mse.")
    case .at: ["const": "best"]
    case .min, .max: NumberRange.any.schema
    case .against: ["const": "baseline"]
    case .maxIncrease, .maxDecrease:
      .object(
        SpecSchema.members(SpecSchema.object(ChangeKey.allCases)) + [.init("minProperties", 1)])
    case .count: SpecSchema.words(FitStatus.allCases)
    case .best: SpecSchema.words(MagnitudeAxis.allCases)
    case .withinDecades: NumberRange.nonNegative.schema
    }
  }
}

extension ChangeKey {
  var valueSchema: JSONValue { NumberRange.nonNegative.schema }
}

extension LimitsKey {
  var valueSchema: JSONValue {
    switch self {
    case .maxJobs:
      NumberRange.wholeFromOne.schema.about("Points × folds × repeats.", default: 1_000_000)
    case .maxMemoryGB: NumberRange.positive.schema.about("What the machine has without it.")
    }
  }
}
