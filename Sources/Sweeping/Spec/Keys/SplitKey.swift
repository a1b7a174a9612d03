import Datasets
import ModelSelection
import Results
import Tables

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
  static let place = "split"
  static let example: JSONValue = ["k_fold": 5]

  /// Whether another shuffle makes another split of this kind.
  var canRepeat: Bool { self == .holdout || self == .kFold }
  /// What to write in place of `test` with a kind that names its test rows itself.
  var insteadOfTest: String? {
    switch self {
    case .column: "mark test rows with 'test' in the column"
    case .files: "write split.files.test"
    default: nil
    }
  }

  /// One shape for each way to split, each with the options that go with it.
  static var schema: JSONValue {
    let once: [SplitKey: JSONValue] = [.repeats: ["const": 1, "examples": [1]]]
    let shapes = kinds.map { kind in
      SpecSchema.object(
        [kind, .shuffle, .repeats] + (kind.insteadOfTest == nil ? [.test] : []), required: [kind],
        replacing: kind.canRepeat ? [:] : once)
    }
    let unshuffledRepeats: JSONValue = [
      "properties": ["shuffle": ["const": false], "repeats": ["minimum": 2]],
      "required": ["shuffle", "repeats"],
    ]
    return ["oneOf": .array(shapes), "not": unshuffledRepeats]
  }

  var declaration: KeyDeclaration {
    switch self {
    case .holdout:
      KeyDeclaration(
        .number(.fraction), "The last rows, after the shuffle, validate.", default: 0.25,
        unit: "share of the rows", examples: 0.3)
    case .kFold:
      KeyDeclaration(
        .number(.wholeFromTwo), "So many folds, each validates once.", unit: "folds",
        examples: 5, 10)
    case .leaveOneOut:
      KeyDeclaration(.only(true), "Each row validates once.", examples: true)
    case .column:
      KeyDeclaration(
        .text("the name of a column"),
        "A column whose cells are train, validation and test; it is no feature.",
        examples: "split")
    case .foldColumn:
      KeyDeclaration(
        .text("the name of a column"), "A column of fold names; it is no feature.",
        examples: "fold")
    case .files:
      KeyDeclaration(
        .object(FilesKey.self), "Other files of rows, with the columns of 'data'.",
        examples: FilesKey.example)
    case .shuffle:
      KeyDeclaration(.flag, "Whether rows are shuffled first.", default: true, examples: false)
    case .repeats:
      KeyDeclaration(
        .number(.wholeFromOne), "How often the rows are split, with another shuffle each time.",
        default: 1, unit: "splits", examples: 10)
    case .test:
      KeyDeclaration(
        .number(.fraction), "Held out first, never trained or selected on.",
        unit: "share of the rows", examples: 0.2)
    }
  }
}

extension SplitKey {
  /// The kind of split that is written, and what is wrong with it for these data.
  func kind(
    _ field: SpecField, of object: SpecObject<SplitKey>, source: DataSource?,
    decoder: inout SpecDecoder
  ) -> SplitPlan.Kind? {
    switch self {
    case .holdout: return decoder.number(self, of: object).map { .holdout($0) }
    case .kFold: return decoder.whole(self, of: object).map { .kFold($0) }
    case .leaveOneOut:
      if field.node.bool == true { return .leaveOneOut }
      decoder.mismatch(field, allowed: "true (leave the key out for another split)")
      return nil
    case .column: return decoder.splitColumn(field, source: source).map { .column($0) }
    case .foldColumn: return decoder.splitColumn(field, source: source).map { .foldColumn($0) }
    case .files: return decoder.splitFiles(field, source: source)
    case .shuffle, .repeats, .test: return nil
    }
  }
}

extension SpecDecoder {
  /// A column that only says where a row belongs.
  fileprivate mutating func splitColumn(_ field: SpecField, source: DataSource?) -> String? {
    guard let name = text(field, "the name of a column") else { return nil }
    switch source {
    case nil: break
    case .csv(let csv):
      if csv.target == name {
        report(.conflict("'\(name)' is the target, so it cannot say how to split"), at: field)
      } else if csv.features?.contains(name) == true
        || csv.categorical.contains(where: { $0.name == name })
      {
        report(
          .conflict("'\(name)' is a feature, a split column must not be one, take it out there"),
          at: field)
      }
    case .libsvm, .npy, .synthetic:
      report(.conflict("only 'csv' data have columns to split by"), at: field)
    }
    return name
  }

  fileprivate mutating func splitFiles(_ field: SpecField, source: DataSource?) -> SplitPlan.Kind? {
    guard let object = object(field, FilesKey.self) else { return nil }
    switch source {
    case .npy, .synthetic:
      report(.conflict("validation and test files go with 'csv' or 'libsvm' data"), at: field)
    case .csv, .libsvm, nil: break
    }
    let validation = require(.validation, in: object).flatMap { path($0) }
    let test = path(object[.test])
    return validation.map { .files(validation: $0, test: test) }
  }
}

enum FilesKey: String, SpecKeyword {
  case validation, test

  static let place = "split.files"
  static let example: JSONValue = ["validation": "validation.csv"]
  static let required: [FilesKey] = [.validation]

  var declaration: KeyDeclaration {
    switch self {
    case .validation: KeyDeclaration(.path, "The rows that validate.", examples: "validation.csv")
    case .test:
      KeyDeclaration(.path, "Rows never trained or selected on.", examples: "test.csv")
    }
  }
}
