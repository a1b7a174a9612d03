import Tables

/// The levels of one categorical column that have a feature, and the feature of each text.
///
/// Levels are those of the rows to learn from, in numeric order when all are numbers and in the order
/// of their bytes otherwise. Those that fewer than `minimumCount` of these rows have are one level
/// `other`, which also takes the texts of no such row; without rare levels these have no feature.
/// Missing cells that make a level, `missing`, are the last, however few they are.
struct CategoryLevels {
  /// One level, or several that are taken for one.
  private enum Level {
    case text(UInt32)
    case other
    case missing(UInt32)
  }
  /// What the features are called and stand for.
  let features: [(name: String, origin: FeatureNames.Origin)]
  /// By the code of a text: the feature that is 1; −1 where all are 0.
  let featureOfCode: [Int32]
  /// A level that has the name of another, which may be one without a feature.
  let clash: DatasetProblem.Reason?
  /// What surprises: rare levels, and levels of no row to learn from.
  let remarks: [String]

  /// - Parameters:
  ///   - texts: those of the column.
  ///   - missingText: the one that stands for a missing cell.
  init(
    _ column: CategoricalColumn, _ texts: TextCodes, missingText: String? = nil,
    learning: LearningRows
  ) {
    let counts = texts.counts(in: learning)
    let codes = texts.levels.indices.map { UInt32($0) }
    let missing = missingText.flatMap { text in
      codes.first { ExactText(texts.levels[Int($0)]) == ExactText(text) }
    }
    let written = codes.filter { $0 != missing }
    let frequent = written.filter { counts[Int($0)] >= max(column.minimumCount, 1) }
    let rare = written.filter { (1..<max(column.minimumCount, 1)).contains(counts[Int($0)]) }
    let unknown = codes.filter { counts[Int($0)] == 0 }

    var levels = texts.sorted(frequent).map { Level.text($0) }
    if !rare.isEmpty { levels.append(.other) }
    let knownMissing = missing.flatMap { counts[Int($0)] > 0 ? $0 : nil }
    if let knownMissing { levels.append(.missing(knownMissing)) }
    let kept = column.levels == .dropFirst ? levels.dropFirst() : levels[...]
    let featureOfLevel = levels.indices.map { Int32($0) - Int32(kept.startIndex) }
    var featureOfCode = [Int32](repeating: -1, count: codes.count)
    for (level, feature) in zip(levels, featureOfLevel) where feature >= 0 {
      switch level {
      case .text(let code), .missing(let code): featureOfCode[Int(code)] = feature
      case .other: for code in rare + unknown { featureOfCode[Int(code)] = feature }
      }
    }
    self.featureOfCode = featureOfCode

    let other = "\(column.name)=\(Self.other)"
    features = kept.map { level in
      switch level {
      case .text(let code):
        let text = texts.levels[Int(code)]
        return ("\(column.name)=\(text)", .level(text, column: column.name))
      case .other: return (other, .rareLevels(column: column.name))
      case .missing:
        return ("\(column.name)=\(Self.missing)", .missingLevel(column: column.name))
      }
    }
    func clash(_ name: String, _ origin: FeatureNames.Origin) -> DatasetProblem.Reason? {
      let isTaken = frequent.contains { ExactText(texts.levels[Int($0)]) == ExactText(name) }
      return isTaken
        ? .nameClash("\(column.name)=\(name)", .level(name, column: column.name), origin) : nil
    }
    self.clash =
      (rare.isEmpty ? nil : clash(Self.other, .rareLevels(column: column.name)))
      ?? (knownMissing == nil ? nil : clash(Self.missing, .missingLevel(column: column.name)))

    func list(_ codes: [UInt32]) -> String {
      let shown = texts.sorted(codes).prefix(3).map {
        "'\($0 == missing ? Self.missing : printable(DatasetProblem.excerpt(texts.levels[Int($0)])))'"
      }
      return (codes.count == 1 ? "level " : "levels ") + shown.joined(separator: ", ")
        + (codes.count > 3 ? ", …" : "")
    }
    let place = "column '\(printable(column.name))': "
    var remarks: [String] = []
    if !rare.isEmpty {
      remarks.append(
        place + "fewer than \(column.minimumCount) rows have the \(list(rare)); "
          + "\(rare.count == 1 ? "it is" : "they are") '\(printable(other))'"
          + (kept.isEmpty ? ", the only level, so no feature" : ""))
    }
    if !unknown.isEmpty {
      remarks.append(
        place + "only test rows or rows of split.files have the \(list(unknown)), "
          + (rare.isEmpty ? "encoded as zeros" : "encoded as '\(printable(other))'"))
    }
    if levels.count == 1, kept.isEmpty, rare.isEmpty {
      remarks.append(place + "there is one \(list(frequent)), so no feature")
    }
    self.remarks = remarks
  }

  /// What rare levels are called together.
  private static let other = "other"
  /// What the level of missing cells is called.
  private static let missing = "missing"
}
