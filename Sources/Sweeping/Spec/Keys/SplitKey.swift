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
  /// Whether the kind names its test rows itself.
  var namesTestRows: Bool { self == .column || self == .files }

  /// One shape for each way to split, each with the options that go with it.
  static var schema: JSONValue {
    let once: [SplitKey: JSONValue] = [.repeats: ["const": 1, "examples": [1]]]
    let shapes = kinds.map { kind in
      SpecSchema.object(
        [kind, .shuffle, .repeats] + (kind.namesTestRows ? [] : [.test]), required: [kind],
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
