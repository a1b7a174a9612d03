import Tables

/// Looks up columns by name, each for one use, and collects what is wrong.
///
/// A column without a name is called `c` and its number, from 1; the name `""` stands for all of
/// these. Two columns of one name are wrong only where that name is used.
struct ColumnFinder {
  let names: [String]
  private let isNameless: [Bool]
  private let path: String
  private let line: Int
  private let positions: [ExactText: [Int]]
  private var uses: [DatasetProblem.ColumnUse?]
  private(set) var problems: [DatasetProblem] = []

  init(header: [String], path: String, line: Int) {
    isNameless = header.map(\.isEmpty)
    names = header.enumerated().map { $1.isEmpty ? "c\($0 + 1)" : $1 }
    self.path = path
    self.line = line
    positions = Dictionary(grouping: names.indices) { [names] in ExactText(names[$0]) }
    uses = Array(repeating: nil, count: names.count)
  }

  /// The columns that a spec's name stands for.
  private func columns(named name: String) -> [Int] {
    name.isEmpty
      ? names.indices.filter { isNameless[$0] } : positions[ExactText(name), default: []]
  }

  /// Names that stand for more than one column.
  var repeatedNames: Set<ExactText> { Set(positions.filter { $1.count > 1 }.keys) }

  /// How a spec names a column.
  func key(of column: Int) -> String { isNameless[column] ? "" : names[column] }

  /// The one column that is the target or says the split.
  mutating func claimOne(_ name: String, for use: DatasetProblem.ColumnUse) -> Int? {
    let found = columns(named: name)
    if found.isEmpty { reportUnknown(name, for: use) }
    guard isUnique(name, found) else {
      // Told here, and so no feature to be told about again.
      for column in found { uses[column] = use }
      return nil
    }
    if let column = found.first { claim(column, for: use) }
    return found.first
  }

  mutating func claimFeatures(_ name: String) -> [Int] {
    let found = columns(named: name)
    if found.isEmpty { reportUnknown(name, for: .feature) }
    guard name.isEmpty || isUnique(name, found) else { return [] }
    for column in found { claim(column, for: .feature) }
    return found
  }

  /// Every column that no other use has claimed.
  mutating func claimRest() -> [Int] {
    var told: Set<ExactText> = []
    return names.indices.filter { uses[$0] == nil }.filter { column in
      let name = ExactText(names[column])
      let found = positions[name, default: []]
      guard found.count == 1 else {
        if told.insert(name).inserted { _ = isUnique(name.text, found) }
        return false
      }
      claim(column, for: .feature)
      return true
    }
  }

  mutating func drop(_ name: String) {
    let found = columns(named: name)
    // There may be no column without a name, as there may be no blank line.
    if found.isEmpty, !name.isEmpty { reportUnknown(name, for: .dropped) }
    for column in found where uses[column] != .dropped { claim(column, for: .dropped) }
  }

  /// The columns that hold categories, which must be features.
  mutating func categories(_ name: String) -> [Int] {
    let found = columns(named: name)
    if found.isEmpty { reportUnknown(name, for: .categorical) }
    for column in found {
      switch uses[column] {
      case .feature: break
      case let use?: report(.columnUsedTwice(names[column], use, .categorical))
      case nil: report(.categoryIsNoFeature(names[column]))
      }
    }
    return found
  }

  /// The columns that a rule for missing cells names, used or not.
  mutating func ruled(_ name: String, isRequired: Bool) -> [Int] {
    let found = columns(named: name)
    if found.isEmpty, isRequired { reportUnknown(name, for: .missing) }
    return found
  }

  /// Refuses a rule that a feature cannot follow.
  mutating func check(_ policy: MissingRules.Policy, isCategory: Bool, _ column: Int) {
    guard isCategory ? policy.statistic != nil : policy == .level else { return }
    report(.badMissingRule(names[column], policy, isCategory: isCategory))
  }

  private mutating func claim(_ column: Int, for use: DatasetProblem.ColumnUse) {
    if let other = uses[column] { report(.columnUsedTwice(names[column], other, use)) }
    uses[column] = use
    if use == .feature, names[column] == FeatureNames.intercept {
      report(.nameClash(names[column], .column(names[column]), .intercept))
    }
  }

  private mutating func isUnique(_ name: String, _ found: [Int]) -> Bool {
    guard found.count > 1 else { return true }
    if name.isEmpty {
      report(.manyUnnamed(found.map { names[$0] }))
    } else if let nameless = found.first(where: { isNameless[$0] }) {
      report(.nameClash(name, .column(name), .nameless(position: nameless + 1)))
    } else {
      report(.repeatedColumn(name))
    }
    return false
  }

  private mutating func reportUnknown(_ name: String, for use: DatasetProblem.ColumnUse) {
    report(
      .unknownColumn(
        name, nearest: nearestName(to: name, among: names), use: use,
        header: use == .target ? names : []))
  }

  private mutating func report(_ reason: DatasetProblem.Reason) {
    problems.append(DatasetProblem(path: path, line: line, reason: reason))
  }
}
