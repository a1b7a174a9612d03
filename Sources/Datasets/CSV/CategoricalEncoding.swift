import Numerics
import Tables

/// Categories as columns of 0 and 1, one for every level but the first: `region=north`.
///
/// Levels are those of the rows to learn from, in numeric order when all are numbers and in the order
/// of their bytes otherwise. A column with one level makes no feature; a level that only other rows
/// have is zero in all columns, as the first one is. Missing cells that make a level, `region=missing`, are
/// the last one.
struct CategoricalEncoding {
  private enum Source {
    case number(Int)
    /// 1 where the text has this code.
    case level(text: Int, code: UInt32)
  }
  private let sources: [Source]
  private let origins: [FeatureNames.Origin]
  let names: [String]
  /// The features of each category that has some.
  let groups: [Range<Int>]
  /// What the rows that nothing is learned from have beyond the levels.
  let remarks: [String]
  private let isPlain: Bool
  private let levelClash: DatasetProblem.Reason?

  /// - Parameter missingLevel: the text that stands for a missing cell among the levels.
  init(
    _ features: [(name: String, source: CSVColumns.Feature)], texts: [TextCodes],
    missingLevel: String? = nil, learning: LearningRows
  ) {
    var sources: [Source] = []
    var origins: [FeatureNames.Origin] = []
    var names: [String] = []
    var groups: [Range<Int>] = []
    var remarks: [String] = []
    var levelClash: DatasetProblem.Reason?
    for feature in features {
      switch feature.source {
      case .number(let place):
        sources.append(.number(place))
        origins.append(.column(feature.name))
        names.append(feature.name)
      case .category(let text):
        let first = names.count
        let levels = texts[text].levels
        let counts = texts[text].counts(in: learning)
        let known = levels.indices.filter { counts[$0] > 0 }.map { UInt32($0) }
        let missing = known.filter { levels[Int($0)] == missingLevel }
        let written = known.filter { levels[Int($0)] != missingLevel }
        for code in (texts[text].sorted(written) + missing).dropFirst() {
          sources.append(.level(text: text, code: code))
          if missing.contains(code) {
            origins.append(.missingLevel(column: feature.name))
          } else {
            origins.append(.level(levels[Int(code)], column: feature.name))
          }
          names.append(
            "\(feature.name)=\(missing.contains(code) ? Self.missing : levels[Int(code)])")
        }
        // Also where the level is the first one, which makes no feature.
        if !missing.isEmpty, written.contains(where: { levels[Int($0)] == Self.missing }) {
          levelClash = .nameClash(
            "\(feature.name)=\(Self.missing)", .level(Self.missing, column: feature.name),
            .missingLevel(column: feature.name))
        }
        if names.count > first { groups.append(first..<names.count) }
        let unknown = levels.indices.filter { counts[$0] == 0 }
        if !unknown.isEmpty {
          let list = unknown.prefix(3).map {
            levels[$0] == missingLevel
              ? "'\(Self.missing)'" : "'\(printable(DatasetProblem.excerpt(levels[$0])))'"
          }
          remarks.append(
            "column '\(printable(feature.name))': only test rows or rows of split.files "
              + "have the \(unknown.count == 1 ? "level" : "levels") "
              + list.joined(separator: ", ") + (unknown.count > 3 ? ", …" : "")
              + ", encoded as zeros")
        }
      }
    }
    self.sources = sources
    self.origins = origins
    self.names = names
    self.groups = groups
    self.remarks = remarks
    self.levelClash = levelClash
    isPlain = features.allSatisfy { if case .number = $0.source { true } else { false } }
  }

  /// What the level of missing cells is called.
  private static let missing = "missing"

  /// Two features of one name, if there are any, counting indicators of missing cells.
  func clash(indicators: [Int]) -> DatasetProblem.Reason? {
    if levelClash != nil || groups.isEmpty && indicators.isEmpty { return levelClash }
    return FeatureNames.clash(names + indicators.map { IndicatorColumns.name(names[$0]) }) {
      $0 < names.count ? origins[$0] : .indicator(column: names[indicators[$0 - names.count]])
    }
  }

  /// The features that are numbers, with their places among the numbers of a row.
  var numbers: [(column: Int, place: Int)] {
    sources.enumerated().compactMap { column, source in
      if case .number(let place) = source { (column, place) } else { nil }
    }
  }

  /// The matrix of features, or `nil` when it does not fit in memory. Numbers alone stay in place.
  func spread(
    _ storage: RowStorage, _ rowCount: Int, _ texts: [TextCodes], _ workers: Int
  ) -> Matrix? {
    if isPlain { return storage.matrix(rowCount: rowCount) }
    guard let wide = RowStorage(rowCapacity: rowCount, columnCount: sources.count) else {
      return nil
    }
    let blockSize = 4096
    _ = concurrentMap((rowCount + blockSize - 1) / blockSize, workers: workers) { block in
      for row in block * blockSize..<min((block + 1) * blockSize, rowCount) {
        let numbers = unsafe storage.numbers + row * storage.columnCount
        let output = unsafe wide.numbers + row * sources.count
        for (column, source) in sources.enumerated() {
          switch source {
          case .number(let place): unsafe output[column] = unsafe numbers[place]
          case .level(let text, let code):
            unsafe output[column] = texts[text].codes[row] == code ? 1 : 0
          }
        }
      }
    }
    return wide.matrix(rowCount: rowCount)
  }
}
