import Numerics

/// Categories as columns of 0 and 1, one for every level but the first: `region=north`.
///
/// Levels are in numeric order when all are numbers and in Unicode order otherwise. A column with
/// one level makes no feature.
struct CategoricalEncoding {
  private enum Source {
    case number(Int)
    /// 1 where the text has this code.
    case level(text: Int, code: UInt32)
  }
  private let sources: [Source]
  let names: [String]
  private let isPlain: Bool

  init(_ features: [(name: String, source: CSVColumns.Feature)], texts: [TextCodes]) {
    var sources: [Source] = []
    var names: [String] = []
    for feature in features {
      switch feature.source {
      case .number(let place):
        sources.append(.number(place))
        names.append(feature.name)
      case .category(let text):
        for code in Self.sortedCodes(texts[text].levels).dropFirst() {
          sources.append(.level(text: text, code: code))
          names.append("\(feature.name)=\(texts[text].levels[Int(code)])")
        }
      }
    }
    self.sources = sources
    self.names = names
    isPlain = features.allSatisfy { if case .number = $0.source { true } else { false } }
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

  private static func sortedCodes(_ levels: [String]) -> [UInt32] {
    let codes = levels.indices.map { UInt32($0) }
    let decimals = DecimalParser()
    let numbers = levels.compactMap { decimals.number($0) }
    guard numbers.count == levels.count else {
      return codes.sorted { levels[Int($0)] < levels[Int($1)] }
    }
    return codes.sorted {
      (numbers[Int($0)], levels[Int($0)]) < (numbers[Int($1)], levels[Int($1)])
    }
  }
}
