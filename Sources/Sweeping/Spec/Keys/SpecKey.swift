import LinearModels
import ModelSelection
import Results
import Tables

/// The keys of a spec file.
enum SpecKey: String, SpecKeyword {
  case schema = "$schema"
  case name, description, data, features, split, model, grid, training, metrics, select, outputs
  case gates, limits, seed

  static let place = ""
  static let example: JSONValue = ["data": .literal("…"), "grid": .literal("…")]
  static let required: [SpecKey] = [.data, .grid]
  static let nameWords = "letters, digits, '.', '_' and '-', not beginning with '.' or '-'"

  var declaration: KeyDeclaration {
    switch self {
    case .schema:
      KeyDeclaration(
        .other("a string", ["type": "string"]),
        "Where an editor finds the JSON Schema of this file; 'sweep schema' prints it.",
        examples: "sweep.schema.json")
    case .name:
      KeyDeclaration(
        .other(
          Self.nameWords,
          ["type": "string", "pattern": "^[A-Za-z0-9_][A-Za-z0-9._-]*$", "maxLength": 200]),
        "The folder in 'results'; without it the stem of the file.", examples: "ridge")
    case .description:
      KeyDeclaration(
        .other("a string", ["type": "string"]), "The question that is asked.", default: "",
        examples: "How much must lambda hold back a cubic?")
    case .data:
      KeyDeclaration(
        .object(DataKey.self), "Where the rows come from; paths are relative to this file.",
        examples: DataKey.example, ["libsvm": "data.libsvm"],
        ["npy": NpyKey.example], ["synthetic": SyntheticKey.example])
    case .features:
      KeyDeclaration(
        .object(FeaturesKey.self), "What is made of the columns.", examples: FeaturesKey.example)
    case .split:
      KeyDeclaration(
        .object(SplitKey.self),
        "Which rows train, validate and test: one way to split, and its options. Without it "
          + "{\"holdout\": 0.25}.", examples: SplitKey.example, ["holdout": 0.25, "test": 0.2])
    case .model:
      KeyDeclaration(
        .object(ModelKey.self), "What is minimised.", examples: ModelKey.example)
    case .grid:
      KeyDeclaration(
        .other(
          "an object of axes, or an array of such objects",
          [
            "anyOf": [
              ["$ref": "#/$defs/grid"],
              ["type": "array", "items": ["$ref": "#/$defs/grid"], "minItems": 1],
            ]
          ], keys: GridKey.self),
        "The axes to sweep; an array is the union of its grids, in order.",
        examples: GridKey.example)
    case .training:
      KeyDeclaration(
        .object(TrainingKey.self), "How iterative solvers run.", examples: TrainingKey.example)
    case .metrics:
      KeyDeclaration(
        .list(.words(Metric.self), minimum: 1, unique: true),
        "What is computed on every set of rows. Without it "
          + Loss.allCases.map { loss in
            "\(loss.measures.defaults.map(\.rawValue).joined(separator: ", ")) "
              + "with the \(loss.rawValue) loss"
          }.joined(separator: ", ") + ".",
        examples: ["mse", "r2"])
    case .select:
      KeyDeclaration(
        .object(SelectKey.self), "How the winner is chosen.", examples: SelectKey.example)
    case .outputs:
      KeyDeclaration(
        .list(.words(Output.self), unique: true), "Tables beyond the curve and the jobs.",
        default: [], examples: ["coefficients", "history"])
    case .gates:
      KeyDeclaration(
        .list(.object(GateKey.self)), "What 'sweep check' enforces.", default: [],
        examples: [GateKey.example], [["count": "diverged", "max": 0]])
    case .limits:
      KeyDeclaration(
        .object(LimitsKey.self), "Checked before anything runs.", examples: LimitsKey.example)
    case .seed:
      KeyDeclaration(.seed, "The only source of randomness.", default: 0, examples: 7)
    }
  }
}

enum SelectKey: String, SpecKeyword {
  case metric, rule

  static let place = "select"
  static let example: JSONValue = ["metric": "mse"]

  var declaration: KeyDeclaration {
    switch self {
    case .metric:
      KeyDeclaration(
        .words(Metric.self), "By which metric; without it the first of 'metrics'.",
        examples: "mse")
    case .rule:
      KeyDeclaration(
        .words(SelectionRule.self),
        "Which point wins by validation: the best, or the most regularised one within one "
          + "standard error of it.", default: "min", examples: "one_standard_error")
    }
  }
}

enum LimitsKey: String, SpecKeyword {
  case maxJobs = "max_jobs"
  case maxMemoryGB = "max_memory_gb"

  static let place = "limits"
  static let example: JSONValue = ["max_jobs": 1_000_000]

  var declaration: KeyDeclaration {
    switch self {
    case .maxJobs:
      KeyDeclaration(
        .number(.wholeFromOne), "The most points × folds × repeats.",
        default: .integer(Limits().maxJobs), unit: "jobs", examples: 5_000_000)
    case .maxMemoryGB:
      KeyDeclaration(
        .number(.positive), "The most memory; without it what the machine has.",
        unit: "10⁹ bytes", examples: 8)
    }
  }
}
