import Tables

/// What each column of a CSV file is for.
struct CSVColumns {
  enum Role: Hashable, Sendable {
    case skipped
    /// A number, at this place of the row's numbers.
    case number(Int)
    case target
    /// A text, at this place of the row's texts.
    case text(Int)
  }
  /// One feature of the data set before categories are spread: where its value is.
  enum Feature: Hashable, Sendable {
    case number(Int)
    case category(Int)
  }
  /// One role and one name per column of the file.
  var names: [String]
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

  /// Finds the columns that the source names in a file with these column names.
  /// - Parameter featureNames: the features of the first file, when this is another one.
  init(
    names: [String], source: CSVSource, labelColumn: String?, featureNames: [String]? = nil,
    path: String, line: Int
  ) throws(DatasetError) {
    var finder = ColumnFinder(names: names, path: path, line: line)
    finder.reportRepeatedNames()
    guard finder.problems.isEmpty else { throw .invalid(finder.problems) }
    let target = finder.claim(source.target, for: .target)
    let label = labelColumn.flatMap { finder.claim($0, for: .split) }
    if featureNames == nil { for name in source.drop { _ = finder.claim(name, for: .dropped) } }
    let chosen = featureNames ?? source.features ?? finder.unclaimedNames()
    for name in chosen { _ = finder.claim(name, for: .feature) }
    finder.checkCategorical(source.categorical, among: chosen)
    guard finder.problems.isEmpty else { throw .invalid(finder.problems) }
    if chosen.isEmpty { throw .invalid(path, line: line, .noFeatures) }

    var roles = [Role](repeating: .skipped, count: names.count)
    var (numberCount, textCount) = (0, 0)
    features = []
    let categorical = Set(source.categorical)
    for name in chosen {
      guard let column = finder.position[name] else { continue }
      if categorical.contains(name) {
        roles[column] = .text(textCount)
        features.append((name, .category(textCount)))
        textCount += 1
      } else {
        roles[column] = .number(numberCount)
        features.append((name, .number(numberCount)))
        numberCount += 1
      }
    }
    if let target { roles[target] = .target }
    if let label {
      roles[label] = .text(textCount)
      labelText = textCount
      textCount += 1
    }
    self.names = names
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
}

/// Looks up columns by name, each for one use, and collects what is wrong.
private struct ColumnFinder {
  let names: [String]
  let path: String
  let line: Int
  private(set) var position: [String: Int] = [:]
  private var uses: [String: DatasetProblem.ColumnUse] = [:]
  private(set) var problems: [DatasetProblem] = []

  init(names: [String], path: String, line: Int) {
    self.names = names
    self.path = path
    self.line = line
    for (index, name) in names.enumerated() where position[name] == nil { position[name] = index }
  }

  mutating func reportRepeatedNames() {
    for (index, name) in names.enumerated() where position[name] != index && !name.isEmpty {
      report(.repeatedColumn(name))
    }
  }

  mutating func claim(_ name: String, for use: DatasetProblem.ColumnUse) -> Int? {
    guard let index = position[name] else {
      report(.unknownColumn(name, nearest: nearestName(to: name, among: names), use: use))
      return nil
    }
    if let other = uses.updateValue(use, forKey: name), !(other == .dropped && use == .dropped) {
      report(.columnUsedTwice(name, other, use))
    }
    return index
  }

  mutating func unclaimedNames() -> [String] {
    for (index, name) in names.enumerated() where name.isEmpty && uses[name] == nil {
      report(.unnamedColumn(position: index + 1))
    }
    return names.filter { uses[$0] == nil && !$0.isEmpty }
  }

  mutating func checkCategorical(_ categorical: [String], among chosen: [String]) {
    for name in categorical {
      if position[name] == nil {
        let nearest = nearestName(to: name, among: chosen)
        report(.unknownColumn(name, nearest: nearest, use: .categorical))
      } else if let use = uses[name], use != .feature {
        report(.columnUsedTwice(name, use, .categorical))
      } else if uses[name] == nil {
        report(.categoryIsNoFeature(name))
      }
    }
  }

  private mutating func report(_ reason: DatasetProblem.Reason) {
    guard problems.count < DatasetProblem.limitPerFile else { return }
    problems.append(DatasetProblem(path: path, line: line, reason: reason))
  }
}
