import Numerics

/// The features of a data set: numbers as they are, categories as columns of 0 and 1, `region=north`.
///
/// A column with one level, of which the first is dropped, makes no feature.
struct CategoricalEncoding {
  private enum Source {
    case number(Int)
    /// So many features, and by the code of a text the one that is 1; −1 where all are 0.
    case category(text: Int, count: Int, featureOfCode: [Int32])
  }
  private let sources: [Source]
  let names: [String]
  private let origins: [FeatureNames.Origin]
  /// The features of each category that has some, and of each column of truth values.
  let groups: [Range<Int>]
  /// What is told of the levels.
  let remarks: [String]
  private let isPlain: Bool
  private let levelClash: DatasetProblem.Reason?

  /// - Parameter missingText: the text that stands for a missing cell among the levels.
  init(
    _ features: [(name: String, source: CSVColumns.Feature)], texts: [TextCodes],
    truthPlaces: Set<Int>, missingText: String? = nil, learning: LearningRows
  ) {
    var sources: [Source] = []
    var origins: [FeatureNames.Origin] = []
    var names: [String] = []
    var groups: [Range<Int>] = []
    var remarks: [String] = []
    var clash: DatasetProblem.Reason?
    for feature in features {
      switch feature.source {
      case .number(let place):
        sources.append(.number(place))
        if truthPlaces.contains(place) { groups.append(names.count..<names.count + 1) }
        origins.append(.column(feature.name))
        names.append(feature.name)
      case .category(let text, let column):
        let levels = CategoryLevels(
          column, texts[text], missingText: missingText, learning: learning)
        sources.append(
          .category(
            text: text, count: levels.features.count, featureOfCode: levels.featureOfCode))
        let first = names.count
        origins += levels.features.map(\.origin)
        names += levels.features.map(\.name)
        if names.count > first { groups.append(first..<names.count) }
        remarks += levels.remarks
        clash = clash ?? levels.clash
      }
    }
    self.sources = sources
    self.names = names
    self.groups = groups
    self.remarks = remarks
    self.origins = origins
    self.levelClash = clash
    isPlain = features.allSatisfy { if case .number = $0.source { true } else { false } }
  }

  /// Two features or levels of one name, if there are any, counting indicators of missing cells.
  func clash(indicators: [Int]) -> DatasetProblem.Reason? {
    if levelClash != nil || groups.isEmpty && indicators.isEmpty { return levelClash }
    return FeatureNames.clash(names + indicators.map { IndicatorColumns.name(names[$0]) }) {
      $0 < names.count ? origins[$0] : .indicator(column: names[indicators[$0 - names.count]])
    }
  }

  /// The features that are numbers, with their places among the numbers of a row.
  var numbers: [(column: Int, place: Int)] {
    var column = 0
    return sources.compactMap { source in
      switch source {
      case .number(let place):
        column += 1
        return (column - 1, place)
      case .category(_, let count, _):
        column += count
        return nil
      }
    }
  }

  /// The matrix of features, or `nil` when it does not fit in memory. Numbers alone stay in place.
  func spread(
    _ storage: RowStorage, _ rowCount: Int, _ texts: [TextCodes], _ workers: Int
  ) -> Matrix? {
    if isPlain { return storage.matrix(rowCount: rowCount) }
    guard let wide = RowStorage(rowCapacity: rowCount, columnCount: names.count) else {
      return nil
    }
    let blockSize = 4096
    _ = concurrentMap((rowCount + blockSize - 1) / blockSize, workers: workers) { block in
      for row in block * blockSize..<min((block + 1) * blockSize, rowCount) {
        let numbers = unsafe storage.numbers + row * storage.columnCount
        var output = unsafe wide.numbers + row * names.count
        for source in sources {
          switch source {
          case .number(let place):
            unsafe output.pointee = unsafe numbers[place]
            unsafe output += 1
          case .category(let text, let count, let featureOfCode):
            unsafe output.update(repeating: 0, count: count)
            let feature = featureOfCode[Int(texts[text].codes[row])]
            if feature >= 0 { unsafe output[Int(feature)] = 1 }
            unsafe output += count
          }
        }
      }
    }
    return wide.matrix(rowCount: rowCount)
  }
}
