/// A CSV file whose header is understood.
struct CSVFile {
  let file: DataFile
  var columns: CSVColumns
  /// Where the records of data begin in the first window.
  let start: TextChunks.Position

  var path: String { file.path }

  init(
    _ path: String, _ source: CSVSource, labelColumn: String?, featureNames: [String]? = nil,
    workers: Int, windowSize: Int?, pieceSize: Int
  ) throws(DatasetError) {
    let (dataFile, window) = try DataFile.open(
      path, workers: workers, windowSize: windowSize, pieceSize: pieceSize)
    let header = try CSVHeader(
      window, from: window.startOfText, delimiter: source.delimiter, target: source.target)
    do throws(DatasetError) {
      columns = try CSVColumns(
        header: source.hasHeader ? header.cells : header.cells.indices.map { "c\($0 + 1)" },
        source: source, labelColumn: labelColumn, featureNames: featureNames, path: path,
        line: header.line)
    } catch {
      throw error.explained(by: {
        HeaderHint(header.start, delimiter: source.delimiter, target: source.target)
      })
    }
    let records = source.hasHeader ? header.rest : header.start
    file = dataFile
    start = TextChunks.Position(record: records.offset, line: records.line)
  }
}

extension DataFile {
  /// A text file with a window that holds its first record: the names of hundreds of thousands of columns
  /// are longer than a window.
  static func open(
    _ path: String, workers: Int, windowSize: Int?, pieceSize: Int
  ) throws(DatasetError) -> (file: DataFile, first: FileWindow) {
    var file = try DataFile(path, workers: workers, windowSize: windowSize, pieceSize: pieceSize)
    var window = try file.first()
    while !window.holdsRecord {
      guard window.count <= DataFile.longestRecord else {
        throw .invalid(path, .recordTooLong(limit: DataFile.longestRecord))
      }
      file = try DataFile(
        path, workers: workers, windowSize: 4 * window.count, pieceSize: pieceSize)
      window = try file.first()
    }
    if let format = ForeignFormat(window) {
      throw .invalid(path, .foreignFormat(format, path: path))
    }
    return (file, window)
  }
}

extension FileWindow {
  /// Whether the file's first record ends in this, its first window.
  fileprivate var holdsRecord: Bool {
    if isLast { return true }
    var isQuoted = false
    var isBlank = true
    for index in startOfText..<count {
      switch self[index] {
      case UInt8(ascii: "\n") where !isQuoted && !isBlank: return true
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): break
      case UInt8(ascii: "\""):
        isQuoted.toggle()
        isBlank = false
      default: isBlank = false
      }
    }
    return false
  }
}

extension DatasetError {
  /// With what the header suggests, where the target is not in it: other columns are then missing
  /// for the same reason and not told.
  fileprivate func explained(by hint: () -> HeaderHint?) -> DatasetError {
    guard case .invalid(let problems) = self,
      let index = problems.firstIndex(where: \.isUnknownTarget), let hint = hint()
    else { return self }
    var problem = problems[index]
    problem.hint = hint
    return .invalid([problem])
  }
}

extension DatasetProblem {
  fileprivate var isUnknownTarget: Bool {
    if case .unknownColumn(_, _, .target, _) = reason { true } else { false }
  }
}
