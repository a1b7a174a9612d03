import Results
import Tables

/// The keys of one kind of object in a spec; the parser and the schema both read this list.
protocol SpecKeyword: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// What JSON Schema says of the value.
  var valueSchema: JSONValue { get }
}

/// The keys of a spec file.
enum SpecKey: String, SpecKeyword {
  case schema = "$schema"
  case name, description, data, features, split, model, grid, training, metrics, select, outputs
  case gates, limits, seed
}

/// The keys of `data`: one source, and what goes with a CSV file.
enum DataKey: String, SpecKeyword {
  case csv, libsvm, npy, synthetic
  case target, features, drop, categorical, header, delimiter, missing
  case missingValues = "missing_values"

  static let sources: [DataKey] = [.csv, .libsvm, .npy, .synthetic]
  static let csvOptions = allCases.filter { !sources.contains($0) }
}

enum NpyKey: String, SpecKeyword {
  case features, target
}

enum SyntheticKey: String, SpecKeyword {
  case kind, rows, features, noise, coefficient, intercept, seed
}

enum FeaturesKey: String, SpecKeyword {
  case polynomial, standardize
}

/// The keys of `split`: one way to split, and its options.
enum SplitKey: String, SpecKeyword {
  case holdout
  case kFold = "k_fold"
  case leaveOneOut = "leave_one_out"
  case column
  case foldColumn = "fold_column"
  case files
  case shuffle, repeats, test

  static let kinds: [SplitKey] = [.holdout, .kFold, .leaveOneOut, .column, .foldColumn, .files]
}

enum FilesKey: String, SpecKeyword {
  case validation, test
}

enum ModelKey: String, SpecKeyword {
  case loss, intercept
  case lambdaScale = "lambda_scale"
}

/// The keys of one grid: its axes and `exclude`.
enum GridKey: SpecKeyword {
  case axis(Axis)
  case exclude

  static let allCases = Axis.allCases.map { GridKey.axis($0) } + [.exclude]

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
}

/// The keys of evenly spaced values of an axis.
enum SpacingKey: String, SpecKeyword {
  case logspace, linspace, range, count
}

enum TrainingKey: String, SpecKeyword {
  case epochs, tolerance, schedule
}

enum ScheduleKey: String, SpecKeyword {
  case inverseTime = "inverse_time"
  case inverseSqrt = "inverse_sqrt"
}

enum SelectKey: String, SpecKeyword {
  case metric, rule
}

enum GateKey: String, SpecKeyword {
  case metric, at, min, max, against
  case maxIncrease = "max_increase"
  case maxDecrease = "max_decrease"
  case count, best
  case withinDecades = "within_decades"

  /// The keys that say what kind of gate it is, with those that may go along.
  static let kinds: [GateKey: [GateKey]] = [
    .metric: [.at, .min, .max, .against, .maxIncrease, .maxDecrease],
    .count: [.max],
    .best: [.withinDecades],
  ]
}

enum ChangeKey: String, SpecKeyword {
  case relative, absolute
  case standardErrors = "standard_errors"
}

enum LimitsKey: String, SpecKeyword {
  case maxJobs = "max_jobs"
  case maxMemoryGB = "max_memory_gb"
}
