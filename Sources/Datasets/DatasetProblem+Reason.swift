import Tables

extension DatasetProblem {
  /// What was found and what is allowed.
  package enum Reason: Hashable, Sendable, CustomStringConvertible {
    // Cells.
    case cells(
      ColumnFaults, use: ColumnUse, key: String, labels: [String]?, dialect: CSVDialect,
      missing: MissingRules.Policy)
    case manyTargetTexts([String], dropped: String?, numbers: String?)
    case notTwoClasses([String], dropped: String?)
    case unknownClass(String, classes: [String], rows: Int)
    case textTarget([String])
    case weightsAllZero
    case weightsTooFarApart(least: Double, most: Double)
    // Records and headers.
    case empty
    case noRows(dropped: String?)
    case tooManyRows(limit: Int)
    case notUTF8
    case foreignFormat(ForeignFormat, path: String)
    case ragged(found: Int, expected: Int, lines: Int)
    case strayQuote
    case unclosedQuote
    case recordTooLong(limit: Int)
    case badDialect
    case nothingLeft
    case repeatedColumn(String)
    case manyUnnamed([String])
    case unknownColumn(String, nearest: String?, use: ColumnUse, header: [String])
    case nameClash(String, FeatureNames.Origin, FeatureNames.Origin)
    case moreProblems(Int)
    case columnUsedTwice(String, ColumnUse, ColumnUse)
    case categoryIsNoFeature(String)
    case badMissingRule(String, MissingRules.Policy, isCategory: Bool)
    case noFeatures
    case tooLarge(rows: Int, columns: Int)
    // Sources that cannot do what the split asks.
    case noColumns(asked: String)
    case noExtraFiles
    // LIBSVM.
    case badLibsvmLabel(String)
    case badLibsvmEntry(String)
    case badLibsvmIndex(String)
    case libsvmIndexNotIncreasing(Int, after: Int)
    case libsvmQueryID
    // npy.
    case notNpy
    case npyVersion(major: Int, minor: Int)
    case npyHeader(String)
    case npyType(found: String, allowed: String)
    case npyShape(found: String, allowed: String)
    case npySize(found: Int, expected: Int)
    case npyRows(String, found: Int, expected: Int)
    case npyNegativeWeight(row: Int)
    case npyNotFinite(row: Int, column: Int)
    // Synthetic data and polynomial features.
    case badSynthetic(String)
    case tooManyFeatures(degree: Int, columns: Int)
    case polynomialOverflow(feature: String, row: Int)

    package var description: String {
      switch self {
      case .cells(let faults, let use, let key, let labels, let dialect, let missing):
        faults.text(use: use, key: key, labels: labels, dialect, missing: missing)
      case .manyTargetTexts(let texts, let dropped, let numbers):
        "the target has the \(texts.count == 1 ? "text" : "texts") \(Self.list(texts)); "
          + "it must be numbers, or exactly two texts with \"loss\": \"logistic\""
          + Self.suffix(numbers.map { "write \($0)" })
          + Self.suffix(dropped)
      case .notTwoClasses(let values, let dropped):
        "the logistic loss needs a target with exactly two distinct values, found "
          + (values.count < 2 ? "only \(values.joined())" : values.joined(separator: ", ") + ", …")
          + Self.suffix(dropped)
      case .unknownClass(let value, let classes, let rows):
        "\(rows) \(rows == 1 ? "row has" : "rows have") the class '\(value)', which no row "
          + "to learn from has; the classes are " + Self.list(classes)
      case .textTarget(let texts):
        "the target has the texts \(Self.list(texts)), which the squared loss cannot fit; write "
          + (NumberHint(texts, CSVDialect()).map { "\($0.words), or " } ?? "")
          + "\"model\": {\"loss\": \"logistic\"}"
      case .weightsAllZero: "every weight is 0, so no row counts"
      case .weightsTooFarApart(let least, let most):
        "weights from \(shortest(least)) to \(shortest(most)) are too far apart to be added up; "
          + "write 0 for the small ones"
      case .empty: "the file is empty"
      case .noRows(let dropped):
        dropped == nil ? "no rows of data" : "no rows of data are left" + Self.suffix(dropped)
      case .tooManyRows(let limit): "more rows of data than \(limit), the most that can be used"
      case .notUTF8: "the text is not UTF-8; write " + DialectHint.latin1
      case .foreignFormat(let format, let path): format.text(path: path)
      case .ragged(let found, let expected, let lines):
        "found \(found) \(found == 1 ? "cell" : "cells"), \(expected) are needed"
          + (lines == 1 ? "" : "; \(lines) lines have more or fewer")
          + (lines > 1 && found == expected + 1
            ? "; where the header lacks a name write one, or a delimiter at its end" : "")
      case .strayQuote: "a quote inside a cell; quote the whole cell and double the quote"
      case .unclosedQuote: "a quoted cell that starts here is never closed"
      case .recordTooLong(let limit):
        "a record of more than \(limit) bytes; is a quoted cell never closed?"
      case .badDialect: "the marks of the dialect cannot be told from the cells"
      case .nothingLeft: "nothing is left after comments, blank lines and 'skip_rows'"
      case .repeatedColumn(let name): "column '\(name)' occurs twice in the header"
      case .manyUnnamed(let names):
        "\(names.count) columns have no name, name one of them: " + Self.list(names)
      case .unknownColumn(let name, let nearest, let use, let header):
        "no column '\(name)' for \(use)" + (nearest.map { " (did you mean '\($0)'?)" } ?? "")
          + (header.isEmpty ? "" : "; the header holds " + Self.list(header, limit: 12))
      case .nameClash(let name, let first, let second):
        "\(first) and \(second) are both called '\(name)'; "
          + (second.isOfRareLevels
            ? "rename the level, or write a smaller \"min_count\""
            : "rename a column, or leave one out")
      case .moreProblems(let count): "and \(count) more problems of this file"
      case .columnUsedTwice(let name, let first, let second):
        "column '\(name)' is \(first) and \(second); it can be one of them"
      case .categoryIsNoFeature(let name):
        "column '\(name)' is categorical, but not among the features"
      case .badMissingRule(let name, let policy, let isCategory):
        isCategory
          ? "column '\(name)' is categorical and has no \(policy.rawValue); its missing cells can be "
            + "\"level\", a level of their own, or \"drop_rows\""
          : "column '\(name)' is no category and has no levels; its missing cells can be \"mean\", "
            + "\"median\" or \"drop_rows\""
      case .noFeatures: "no feature columns are left"
      case .tooLarge(let rows, let columns):
        rows > RowStorage.largestRowCount
          ? "\(rows) rows are too many; at most \(RowStorage.largestRowCount) can be used"
          : "\(rows) rows of \(columns) columns do not fit in this machine's memory"
      case .noColumns(let asked): "the data has no named columns, so none is '\(asked)'"
      case .noExtraFiles: "data of this kind cannot be split by files"
      case .badLibsvmLabel(let text): "found '\(text)', the target must be a finite number"
      case .badLibsvmEntry(let text): "found '\(text)', index:value with a finite value is needed"
      case .badLibsvmIndex(let text): "found the index '\(text)', indices are 0, 1, 2, …"
      case .libsvmIndexNotIncreasing(let index, let before):
        "index \(index) comes after \(before); indices must increase"
      case .libsvmQueryID: "found 'qid', ranking data is not supported"
      case .notNpy: "not an npy file: it does not start with \\x93NUMPY"
      case .npyVersion(let major, let minor):
        "npy format \(major).\(minor), supported are 1.0, 2.0 and 3.0"
      case .npyHeader(let what): "the npy header is malformed: \(what)"
      case .npyType(let found, let allowed): "elements of type '\(found)', supported are \(allowed)"
      case .npyShape(let found, let allowed): "an array of shape \(found), needed is \(allowed)"
      case .npySize(let found, let expected):
        "\(found) bytes of elements, the header promises \(expected)"
      case .npyRows(let name, let found, let expected):
        "\(found) \(name)\(found == 1 ? "" : "s") for \(expected) rows of features"
      case .npyNegativeWeight(let row):
        "the weight of row \(row) (from 0) is below 0"
      case .npyNotFinite(let row, let column):
        "the element in row \(row), column \(column) (from 0) is not finite"
      case .badSynthetic(let what): what
      case .tooManyFeatures(let degree, let columns):
        "degree \(degree) of \(columns) columns makes too many features"
      case .polynomialOverflow(let feature, let row):
        "the feature '\(feature)' of row \(row) (from 1) is beyond the largest number; "
          + "scale the columns or lower the degree"
      }
    }

    private static func list(_ texts: [String], limit: Int = 5) -> String {
      texts.prefix(limit).map { "'\(DatasetProblem.excerpt($0))'" }.joined(separator: ", ")
        + (texts.count > limit ? ", … (\(texts.count) in all)" : "")
    }

    private static func suffix(_ text: String?) -> String { text.map { "; \($0)" } ?? "" }
  }

  /// What a spec uses a column for.
  package enum ColumnUse: String, Sendable, CustomStringConvertible {
    case target = "the target"
    case feature = "a feature"
    case dropped = "dropped"
    case categorical = "a categorical feature"
    case split = "the split column"
    case missing = "the rule of its missing cells"
    case weight = "the weight column"

    package var description: String { rawValue }
  }

  /// The start of a cell, short enough for a message.
  package static func excerpt(_ text: String) -> String {
    text.utf8.count <= 40 || text.count <= 40 ? text : text.prefix(40) + "…"
  }
}
