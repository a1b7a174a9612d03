import Datasets
import Tables

/// What a guessed spec assumes, each in one line that says what to change where it is wrong.
struct GuessRemarks {
  private(set) var all: [String] = []
  /// Those about columns that are no features.
  private(set) var leftOut: [String] = []

  init(
    _ survey: TableSurvey, _ columns: [GuessedColumn], target: String, _ guess: TargetGuess,
    _ missing: MissingGuess
  ) {
    all.append("\(survey.rowCount) rows of \(survey.names.count) columns were read")
    all += Self.dialect(survey)
    all.append(Self.target(target, guess))
    for reason in ColumnGuess.LeftOut.allCases {
      let names = columns.filter { $0.guess == .leftOut(reason) }
      if !names.isEmpty { leftOut.append("left out: \(Self.list(names)): \(reason.text)") }
    }
    all += leftOut
    all += Self.categories(columns.filter(\.isCategory))
    all += Self.quantities(columns)
    if !survey.addedMarks.isEmpty {
      let marks = survey.addedMarks.prefix(Self.limit).map(Self.shown).joined(separator: ", ")
      let names = survey.markedColumns.map { survey.names[$0] }
      all.append(
        "\(marks) seem\(survey.addedMarks.count == 1 ? "s" : "") to stand for a missing value, as in "
          + "\(Self.list(names)) (\"missing_values\")")
    }
    all += missing.remarks
    all += Self.dependence(columns)
  }

  private static func dialect(_ survey: TableSurvey) -> [String] {
    var remarks: [String] = []
    for (key, value) in survey.dialect.written {
      let value = JSONText.encode(value, style: .compact)
      remarks.append("\(key.remark): \"\(key.rawValue)\": \(value)")
    }
    if !survey.hasHeader {
      remarks.append(
        "the first line is data and names no columns (\"header\": false): they are called c1 to "
          + "c\(survey.names.count)")
    }
    return remarks
  }

  private static func target(_ name: String, _ guess: TargetGuess) -> String {
    let name = shown(name)
    if let values = guess.fewValues {
      return
        "the target \(name) is a whole number of \(values) values, taken as a quantity: squared "
        + "loss; if they are classes, keep the rows of two of them, or make one against the rest"
    }
    return guess.classes.isEmpty
      ? "the target \(name) is a number: squared loss"
      : "the target \(name) has two values, \(shown(guess.classes[0])) and "
        + "\(shown(guess.classes[1])): logistic loss, which predicts the probability of "
        + shown(guess.classes[1]) + (guess.positive == nil ? "" : " (\"positive\")")
  }

  private static func categories(_ columns: [GuessedColumn]) -> [String] {
    guard !columns.isEmpty else { return [] }
    let list = columns.prefix(limit).map { column in
      "\(shown(column.name)) \(column.survey.distinctCount ?? 0)"
    }
    let rare = columns.filter(\.hasRareLevels)
    return [
      "texts become levels (\"categorical\"): \(list.joined(separator: ", "))"
        + (columns.count > limit ? ", …" : "")
    ]
      + (rare.isEmpty
        ? []
        : [
          "levels of fewer than \(GuessedColumn.rareCount) rows are put together (\"min_count\"): "
            + Self.list(rare)
        ])
  }

  /// Numbers of few values may be codes.
  private static func quantities(_ columns: [GuessedColumn]) -> [String] {
    let codes = columns.filter { column in
      column.guess == .number && column.survey.booleanCount == 0 && column.survey.range.isWhole
        && (3...12).contains(column.survey.distinctCount ?? .max)
    }
    guard !codes.isEmpty else { return [] }
    return [
      "whole numbers of few values are taken as quantities, not as codes: \(list(codes)); "
        + "list those that are codes in \"categorical\""
    ]
  }

  private static func dependence(_ columns: [GuessedColumn]) -> [String] {
    var remarks: [String] = []
    let groups = columns.filter { $0.survey.looksGrouped($0.role) }
    if !groups.isEmpty {
      remarks.append(
        "rows seem to belong together by \(list(groups)): folds that share such a group make the "
          + "error look smaller than it is for a new one")
    }
    let times = columns.filter { $0.survey.looksLikeTime($0.role) }
    if !times.isEmpty {
      remarks.append(
        "rows seem to follow each other in time (\(list(times))): shuffled folds make the error look "
          + "smaller than that of a forecast")
    }
    return remarks
  }

  static let limit = 8

  private static func list(_ columns: [GuessedColumn]) -> String { list(columns.map(\.name)) }

  private static func list(_ names: [String]) -> String {
    names.prefix(limit).map(shown).joined(separator: ", ")
      + (names.count > limit ? ", … (\(names.count) in all)" : "")
  }

  /// A name in quotes, not longer than a line holds.
  static func shown(_ text: String) -> String {
    "'\(text.count > 40 ? text.prefix(40) + "…" : text)'"
  }
}

extension ColumnGuess.LeftOut {
  /// Why, as a sentence goes on.
  var text: String {
    switch self {
    case .repeatedName: "the header has the name twice"
    case .reservedName: "the name is the intercept's"
    case .empty: "every cell is missing"
    case .constant: "every cell holds the same"
    case .mostlyMissing: "more than half of the cells are missing"
    case .countsRows: "counts the rows"
    case .identifies: "seems to tell things apart, not to describe them"
    case .date: "holds dates or times; make numbers of them to use them"
    case .manyTexts: "holds texts of which too many are different to be levels"
    }
  }
}

extension CSVDialect {
  /// The keys of a spec that say what is not as usual.
  var written: [(key: DataKey, value: JSONValue)] {
    let usual = CSVDialect()
    var keys: [(DataKey, JSONValue)] = []
    if delimiter != usual.delimiter { keys.append((.delimiter, .string(delimiter.word))) }
    if decimal != usual.decimal { keys.append((.decimal, .string(decimal.rawValue))) }
    if let thousands { keys.append((.thousands, .string(String(thousands)))) }
    if let comment { keys.append((.comment, .string(comment))) }
    if skippedLineCount > 0 { keys.append((.skippedLines, .integer(skippedLineCount))) }
    if encoding != usual.encoding { keys.append((.encoding, .string(encoding.rawValue))) }
    return keys
  }
}

extension DataKey {
  /// What a guess of this key of a dialect says.
  fileprivate var remark: String {
    switch self {
    case .delimiter: "what stands between cells"
    case .decimal: "numbers seem to have a decimal comma"
    case .thousands: "numbers seem to be grouped"
    case .comment: "lines seem to be comments"
    case .skippedLines: "lines before the table are skipped"
    case .encoding: "the texts are not UTF-8"
    default: rawValue
    }
  }
}
