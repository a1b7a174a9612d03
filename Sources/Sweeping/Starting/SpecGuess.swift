package import Datasets
import LinearModels
import Results
package import Tables

/// A spec for a file of one's own, guessed from a survey of its columns, with a remark for each guess.
package struct SpecGuess: Sendable {
  /// The spec; it runs as it is.
  package let document: JSONValue
  package let remarks: [String]

  /// - Parameters:
  ///   - name: the spec's name.
  ///   - survey: what the file holds; its path is written as it is, relative to the spec.
  ///   - target: the column to predict.
  /// - Throws: `SpecGuessError`, or `DatasetError` where no column or several are called `target`.
  package init(name: String, _ survey: TableSurvey, target: String) throws {
    let targetColumn = try survey.column(named: target)
    let targetGuess = try TargetGuess(
      survey.columns[targetColumn], name: target, path: survey.path)
    let columns = survey.names.indices.filter { $0 != targetColumn }.map { index in
      let role = ColumnRole(
        name: survey.names[index], isNameless: survey.nameless.contains(index),
        isRepeated: survey.repeatedNames.contains(ExactText(survey.names[index])),
        isFirstOfUnnamed: index == 0 && !survey.hasHeader)
      return GuessedColumn(
        role: role, survey: survey.columns[index],
        guess: ColumnGuess(survey.columns[index], role, rowCount: survey.rowCount))
    }
    let missing = MissingGuess(
      columns, target: target, missingTargetCount: survey.columns[targetColumn].missingCount)
    let remarks = GuessRemarks(survey, columns, target: target, targetGuess, missing)
    guard columns.contains(where: { !$0.isLeftOut }) else {
      throw SpecGuessError.noFeatures(path: survey.path, remarks: remarks.leftOut)
    }
    self.remarks = remarks.all
    let isSmall = survey.rowCount < Self.fewRows
    let metrics = Self.metrics(targetGuess, isSmall: isSmall)
    document = .object([
      .init(SpecKey.schema.rawValue, .string(StartingSpec.schemaFile)),
      .init(SpecKey.name.rawValue, .string(name)),
      .init(
        SpecKey.description.rawValue,
        .string(Self.description(survey, target: target, columns, targetGuess))),
      .init(
        SpecKey.data.rawValue,
        .object(Self.data(survey, target: target, columns) + missing.members)),
      .init(SpecKey.features.rawValue, ["standardize": "population"]),
      .init(SpecKey.split.rawValue, isSmall ? ["leave_one_out": true] : ["k_fold": 5]),
      .init(SpecKey.model.rawValue, .object(Self.model(targetGuess))),
      .init(
        SpecKey.grid.rawValue,
        [
          "solver": .string(
            (targetGuess.loss == .squared ? Solver.normal : .newton).rawValue),
          "lambda": ["logspace": [.literal("1e-6"), .literal("1e3")], "count": 28],
        ]),
      .init(SpecKey.metrics.rawValue, .array(metrics.map { .string($0.rawValue) })),
      .init(
        SpecKey.select.rawValue,
        ["metric": .string(metrics[0].rawValue), "rule": "one_standard_error"]),
      .init(SpecKey.outputs.rawValue, ["coefficients", "predictions"]),
      .init(SpecKey.seed.rawValue, 7),
    ])
  }

  /// What to say to somebody who has not said what is to be predicted.
  package static func needsTarget(_ survey: TableSurvey) -> String {
    let names = survey.names.prefix(40).map { "'\($0)'" }.joined(separator: ", ")
    return "'--csv' needs --target, the column to predict; \(survey.path) holds \(names)"
      + (survey.names.count > 40 ? ", … (\(survey.names.count) in all)" : "")
      + (survey.hasHeader ? "" : ": its first line is data and names none")
  }

  /// Below this folds of a fifth say little.
  private static let fewRows = 10

  private static func model(_ target: TargetGuess) -> [JSONValue.Member] {
    [.init(ModelKey.loss.rawValue, .string(target.loss.rawValue))]
      + (target.positive.map { [.init(ModelKey.positive.rawValue, $0)] } ?? [])
  }

  /// An area under the curve needs both classes in each fold, which thirty rows of the rarer one
  /// all but ensure.
  private static func metrics(_ target: TargetGuess, isSmall: Bool) -> [Metric] {
    switch target.loss {
    case .squared: isSmall ? [.mse] : [.mse, .r2]
    case .logistic: [.logLoss, .errorRate] + (target.rarerCount >= 30 && !isSmall ? [.auc] : [])
    }
  }

  private static func data(
    _ survey: TableSurvey, target: String, _ columns: [GuessedColumn]
  ) -> [JSONValue.Member] {
    var data: [JSONValue.Member] = [
      .init(DataKey.csv.rawValue, .string(survey.path)),
      .init(DataKey.target.rawValue, .string(target)),
    ]
    func add(_ key: DataKey, _ value: JSONValue) { data.append(.init(key.rawValue, value)) }
    if !survey.hasHeader { add(.header, false) }
    for (key, value) in survey.dialect.written { add(key, value) }
    if !survey.addedMarks.isEmpty {
      let marks = CSVSource.defaultMissingValues + survey.addedMarks
      add(.missingValues, .array(marks.map { .string($0) }))
    }
    let leftOut = columns.filter(\.isLeftOut).map(\.name)
    if !leftOut.isEmpty { add(.drop, .array(unique(leftOut).map { .string($0) })) }
    let categories = columns.filter(\.isCategory)
    if categories.contains(where: \.hasRareLevels) {
      add(
        .categorical,
        .object(
          categories.map { column in
            let rule: JSONValue = [
              CategoricalKey.minimumCount.rawValue: .integer(GuessedColumn.rareCount)
            ]
            return .init(column.name, column.hasRareLevels ? rule : [:])
          }))
    } else if !categories.isEmpty {
      add(.categorical, .array(categories.map { .string($0.name) }))
    }
    return data
  }

  /// A name of several columns is listed once.
  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<ExactText> = []
    return names.filter { seen.insert(ExactText($0)).inserted }
  }

  private static func description(
    _ survey: TableSurvey, target: String, _ columns: [GuessedColumn], _ guess: TargetGuess
  ) -> String {
    let used = columns.count { !$0.isLeftOut }
    let what =
      guess.loss == .squared
      ? "'\(target)'" : "'\(target)' (\(guess.classes.joined(separator: " or ")))"
    return "How much must lambda hold back a linear model that predicts \(what) from \(used) of "
      + "the \(columns.count) other columns? Guessed by 'sweep init' from \(survey.rowCount) rows: look at "
      + "'data', which says what each column is taken for."
  }
}

/// A column that is not the target, with what it is taken for.
struct GuessedColumn {
  let role: ColumnRole
  let survey: ColumnSurvey
  let guess: ColumnGuess

  var name: String { role.name }
  var isLeftOut: Bool { if case .leftOut = guess { true } else { false } }
  /// Levels of fewer rows are missing from one fold or another.
  static let rareCount = 5

  /// Whether several levels are rare, and may be put together under a name that none has.
  var hasRareLevels: Bool {
    isCategory && survey.texts.all.count { $0.count < Self.rareCount } > 1
      && survey.texts.count(of: ExactText("other")) == 0
  }

  var isCategory: Bool { if case .category = guess { true } else { false } }
}
