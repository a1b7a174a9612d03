import Tables

/// What each column of a CSV file is for.
struct CSVColumns {
  enum Role: Hashable, Sendable {
    case skipped
    /// A number, at this place of the row's numbers.
    case number(Int)
    case target
    /// How often the row counts.
    case weight
    /// A text, at this place of the row's texts.
    case text(Int)
  }
  /// One feature of the data set before categories are spread: where its value is.
  enum Feature: Hashable, Sendable {
    case number(Int)
    case category(Int, CategoricalColumn)
  }
  /// One role, one name and one name for the spec per column of the file.
  var names: [String]
  var keys: [String]
  var roles: [Role]
  var numberCount: Int
  var textCount: Int
  /// The features in their order, with the names of their columns.
  var features: [(name: String, source: Feature)]
  /// The place of the split column among the texts.
  var labelText: Int?
  /// What the cells of the split column may be; `nil` allows any.
  var allowedLabels: [String]?
  /// The place of the target among the texts, when it is one.
  var targetText: Int?
  /// What is done with a missing cell, per column of the file.
  private(set) var missing: [MissingRules.Policy]
  var hasWeights: Bool { roles.contains(.weight) }

  /// Finds the columns that the source names in a file with this header.
  /// - Parameter featureNames: the features of the first file, when this is another one.
  init(
    header: [String], source: CSVSource, labelColumn: String?, featureNames: [String]? = nil,
    path: String, line: Int
  ) throws(DatasetError) {
    var finder = ColumnFinder(header: header, path: path, line: line)
    let target = finder.claimOne(source.target, for: .target)
    let weight = source.weightColumn.flatMap { finder.claimOne($0, for: .weight) }
    let label = labelColumn.flatMap { finder.claimOne($0, for: .split) }
    if featureNames == nil { for name in source.drop { finder.drop(name) } }
    let chosen: [Int] =
      (featureNames ?? source.features)?.flatMap { finder.claimFeatures($0) }
      ?? finder.claimRest()
    var categories: [Int: CategoricalColumn] = [:]
    for column in source.categorical {
      for index in finder.categories(column.name) { categories[index] = column }
    }
    missing = Array(repeating: source.missing.rest, count: header.count)
    for rule in source.missing.named {
      // Another file may lack a column that is not used.
      for column in finder.ruled(rule.column, isRequired: featureNames == nil) {
        missing[column] = rule.policy
        guard chosen.contains(column) else { continue }
        finder.check(rule.policy, isCategory: categories[column] != nil, column)
      }
    }
    for column in [target, weight, label].compactMap({ $0 }) {
      missing[column] = MissingRules.unfilled(missing[column])
    }
    guard finder.problems.isEmpty else { throw .invalid(limited(finder.problems)) }
    if chosen.isEmpty { throw .invalid(path, line: line, .noFeatures) }

    var roles = [Role](repeating: .skipped, count: header.count)
    var (numberCount, textCount) = (0, 0)
    features = []
    for column in chosen {
      if var category = categories[column] {
        // One name may stand for several columns.
        category.name = finder.names[column]
        roles[column] = .text(textCount)
        features.append((category.name, .category(textCount, category)))
        textCount += 1
      } else {
        roles[column] = .number(numberCount)
        features.append((finder.names[column], .number(numberCount)))
        numberCount += 1
      }
    }
    if let target { roles[target] = .target }
    if let weight { roles[weight] = .weight }
    if let label {
      roles[label] = .text(textCount)
      labelText = textCount
      textCount += 1
    }
    names = finder.names
    keys = header.indices.map { finder.key(of: $0) }
    self.roles = roles
    self.numberCount = numberCount
    self.textCount = textCount
  }

  /// The same columns with the target read as a text.
  func withTargetAsText() -> CSVColumns {
    var columns = self
    columns.targetText = textCount
    columns.textCount += 1
    columns.roles = roles.map { $0 == .target ? .text(textCount) : $0 }
    return columns
  }

  /// Whether a missing cell of the column gets a value: a fill of its fold, or a level.
  func isFilled(_ column: Int) -> Bool {
    switch roles[column] {
    case .number: missing[column].statistic != nil
    case .text: missing[column] == .level
    case .target, .weight, .skipped: false
    }
  }

  /// By place among the numbers of a row: what fills missing cells, where something does.
  var statistics: [Holes.Statistic?] {
    var statistics = [Holes.Statistic?](repeating: nil, count: numberCount)
    for column in roles.indices {
      if case .number(let place) = roles[column] { statistics[place] = missing[column].statistic }
    }
    return statistics
  }

  /// What the spec uses a column for.
  func use(of column: Int) -> DatasetProblem.ColumnUse {
    switch roles[column] {
    case .skipped: .dropped
    case .number: .feature
    case .target: .target
    case .weight: .weight
    case .text(let place):
      place == targetText ? .target : place == labelText ? .split : .categorical
    }
  }

  /// The features that have no name in the header.
  var namelessFeatures: [String] {
    names.indices.filter { column in
      guard keys[column].isEmpty else { return false }
      let use = use(of: column)
      return use == .feature || use == .categorical
    }.map { names[$0] }
  }
}
