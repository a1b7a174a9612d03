import Datasets
import Results
import Tables

/// The keys of `data`: one source, and what goes with a CSV file.
enum DataKey: String, SpecKeyword {
  case csv, libsvm, npy, synthetic
  case target, features, drop, categorical, header, delimiter, decimal, thousands, comment
  case skippedLines = "skip_rows"
  case encoding, missing
  case missingIndicator = "missing_indicator"
  case missingValues = "missing_values"
  case weightColumn = "weight_column"

  static let sources: [DataKey] = [.csv, .libsvm, .npy, .synthetic]
  static let csvOptions = allCases.filter { !sources.contains($0) }
  static let place = "data"
  static let example: JSONValue = ["csv": "data.csv", "target": "y"]

  /// One shape for each source.
  static var schema: JSONValue {
    [
      "oneOf": .array(
        sources.map { source in
          source == .csv
            ? SpecSchema.object([.csv] + csvOptions, required: [.csv, .target])
            : SpecSchema.object([source], required: [source])
        })
    ]
  }

  /// The word for runs of blanks and tabs.
  static let whitespace = CSVDialect.Delimiter.whitespace.word

  var declaration: KeyDeclaration {
    switch self {
    case .csv:
      KeyDeclaration(
        .path, "A CSV file; \"-\" is standard input.", examples: "data.csv")
    case .libsvm: KeyDeclaration(.path, "A LIBSVM file.", examples: "data.libsvm")
    case .npy:
      KeyDeclaration(
        .object(NpyKey.self), "Arrays of NumPy.", examples: NpyKey.example)
    case .synthetic:
      KeyDeclaration(
        .object(SyntheticKey.self), "Rows that are drawn.", examples: SyntheticKey.example)
    case .target:
      KeyDeclaration(
        .text("the name of a column"), "The column to predict.", examples: "y")
    case .features:
      KeyDeclaration(
        .list(Self.column, minimum: 1, unique: true),
        "The columns to use; without it all others.", examples: ["age", "bmi"])
    case .drop:
      KeyDeclaration(
        .list(Self.column, unique: true),
        "Columns not to use; \"\" is every column without a name.", default: [],
        examples: ["id"], [""])
    case .categorical:
      KeyDeclaration(
        CategoricalKey.value,
        "Columns of texts that become columns of 0 and 1, one for each level.",
        default: [], examples: ["city"], ["city": ["min_count": 20], "sex": [:]])
    case .header:
      KeyDeclaration(
        .flag, "Whether the first line names the columns.", default: true, examples: false)
    case .delimiter:
      KeyDeclaration(
        .other(
          "one character such as \",\", \";\", \"|\" or \"\\t\" that no number contains, "
            + "or \"\(Self.whitespace)\"",
          ["anyOf": [["const": .string(Self.whitespace)], Self.mark("+\\-.")]]),
        "What stands between cells; whitespace is any run of blanks and tabs.", default: ",",
        examples: ";", "\t", .string(Self.whitespace))
    case .decimal:
      KeyDeclaration(
        .words(CSVDialect.DecimalMark.self), "What stands before the fraction of a number.",
        default: ".", examples: ",")
    case .thousands:
      KeyDeclaration(
        .other(
          "one character such as \",\", \".\", \"'\" or \" \" that is no letter, digit or sign",
          Self.mark("+\\-")),
        "What groups the digits of a number, as in 1,234,567.", examples: ",", ".")
    case .comment:
      KeyDeclaration(
        .other(
          "a text such as \"#\", \"%\" or \"//\", at most 8 bytes long, that no number contains",
          ["type": "string", "minLength": 1, "maxLength": 8]),
        "What begins a comment, outside quotes; it ends with the line.", examples: "#", "//")
    case .skippedLines:
      KeyDeclaration(
        .number(.wholeFromZero), "Lines at the start of a file that are no data, nor the header.",
        default: 0, unit: "lines", examples: 2)
    case .encoding:
      KeyDeclaration(
        .words(CSVDialect.Encoding.self), "What the bytes of texts and names mean.",
        default: "utf-8", examples: "latin-1")
    case .missing:
      KeyDeclaration(
        .other(
          quotedList(MissingRules.Policy.allCases.map(\.rawValue))
            + ", or an object of these by column such as {\"age\": \"median\", \"*\": \"drop_rows\"}",
          [
            "anyOf": [
              Self.missingPolicies,
              ["type": "object", "additionalProperties": Self.missingPolicies],
            ]
          ]),
        "What to do with missing cells; \"*\" is every column that is not named. \"mean\" and "
          + "\"median\" fill numbers with those of the training rows of each fold, \"level\" makes a "
          + "missing category a level. A missing target is never filled: it is an error unless its "
          + "row is dropped.",
        default: "error", examples: "drop_rows",
        ["age": "median", "city": "level", "*": "drop_rows"])
    case .missingIndicator:
      KeyDeclaration(
        .flag,
        "Whether each column that is filled by a mean or median also makes a feature, "
          + "COLUMN missing: 1 where it was missing, else 0.", default: false, examples: true)
    case .missingValues:
      KeyDeclaration(
        .list(.other("the text of a cell in quotes", ["type": "string"])),
        "The texts of a missing cell, blanks aside; in place of the default ones.",
        default: .array(CSVSource.defaultMissingValues.map { .string($0) }),
        examples: ["", "NA", "-999"])
    case .weightColumn:
      KeyDeclaration(
        .text("the name of a column"),
        "How often each row counts, in fits, means, deviations and metrics: numbers of at least 0, a row "
          + "of 0 as if it were not there. Never a feature.", examples: "weight")
    }
  }

  private static let missingPolicies = KeyValue.words(MissingRules.Policy.self).schema
  /// One character that is no letter, digit, quote or line end, nor one of these.
  private static func mark(_ others: String) -> JSONValue {
    ["type": "string", "pattern": .string("^[^0-9A-Za-z\"\\r\\n\(others)]$")]
  }
  fileprivate static let column = KeyValue.other("the name of a column", ["type": "string"])
}

/// What can be said of a categorical column.
enum CategoricalKey: String, SpecKeyword {
  case levels
  case minimumCount = "min_count"

  static let place = "data.categorical.COLUMN"
  static let example: JSONValue = ["min_count": 20]

  /// The names of columns, or an object that says more of each.
  static let value = KeyValue.other(
    "an array of column names, or an object such as {\"city\": {\"min_count\": 20}}",
    [
      "anyOf": [
        KeyValue.list(DataKey.column, unique: true).schema,
        ["type": "object", "additionalProperties": schema],
      ]
    ], keys: CategoricalKey.self)

  var declaration: KeyDeclaration {
    switch self {
    case .levels:
      KeyDeclaration(
        .words(CategoricalColumn.Levels.self),
        "All levels have a column, or all but the first, which shows where the others are 0.",
        default: "drop_first", examples: "all")
    case .minimumCount:
      KeyDeclaration(
        .number(.wholeFromOne),
        "Levels of fewer rows are one, COLUMN=other, which takes levels that are new in a test "
          + "set or in split.files too.", default: 1, unit: "rows", examples: 20)
    }
  }
}

enum NpyKey: String, SpecKeyword {
  case features, target, weights

  static let place = "data.npy"
  static let example: JSONValue = ["features": "X.npy", "target": "y.npy"]
  static let required: [NpyKey] = [.features, .target]

  var declaration: KeyDeclaration {
    switch self {
    case .features:
      KeyDeclaration(.path, "An array of rows × features.", examples: "X.npy")
    case .target:
      KeyDeclaration(.path, "An array of one value per row.", examples: "y.npy")
    case .weights:
      KeyDeclaration(
        .path, "An array of how often each row counts, as the column of weight_column.",
        examples: "w.npy")
    }
  }
}

enum SyntheticKey: String, SpecKeyword {
  case kind, rows, features, noise, coefficient, intercept, seed

  static let place = "data.synthetic"
  static let example: JSONValue = ["kind": "linear", "rows": 100, "features": 5]
  static let required: [SyntheticKey] = [.rows]
  static var schema: JSONValue {
    let rules: [JSONValue.Member] = [
      .init("if", ["properties": ["kind": ["const": "polynomial"]], "required": ["kind"]]),
      .init("then", ["properties": ["features": ["const": 1]]]),
    ]
    return .object(SpecSchema.members(SpecSchema.object(allCases, required: required)) + rules)
  }

  var declaration: KeyDeclaration {
    switch self {
    case .kind:
      KeyDeclaration(
        .words(SyntheticSource.Kind.self),
        "What the target follows; polynomial has one feature, uniform on [-1, 1].",
        default: "linear", examples: "polynomial")
    case .rows:
      KeyDeclaration(.number(.wholeFromTwo), "How many rows.", unit: "rows", examples: 100)
    case .features:
      KeyDeclaration(
        .number(.wholeFromOne),
        "How many features; as many as there are coefficients in an array, 1 for polynomial.",
        default: 1, unit: "columns", examples: 1)
    case .noise:
      KeyDeclaration(
        .number(.nonNegative), "Standard deviation of the noise; logistic data have none.",
        default: 1, unit: "that of the target", examples: 0.5)
    case .coefficient:
      KeyDeclaration(
        .oneOrMore(.number(.any)),
        "One for all features, or one each; of a polynomial those of x, x², ….", default: 1,
        examples: 2, [1, -2, 3])
    case .intercept:
      KeyDeclaration(
        .number(.any), "The value where all features are 0.", default: 0,
        unit: "that of the target", examples: 10)
    case .seed:
      KeyDeclaration(.seed, "Draws other rows; without it the spec's seed.", examples: 3)
    }
  }
}
