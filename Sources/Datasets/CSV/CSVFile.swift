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
      path, source.dialect, workers: workers, windowSize: windowSize, pieceSize: pieceSize)
    let header = try CSVHeader(window, source)
    do throws(DatasetError) {
      columns = try CSVColumns(
        header: source.hasHeader ? header.cells : header.cells.indices.map { "c\($0 + 1)" },
        source: source, labelColumn: labelColumn, featureNames: featureNames, path: path,
        line: header.line)
    } catch {
      throw error.explained(by: { DialectHint(header: header.start, source) })
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
    _ path: String, _ dialect: CSVDialect, workers: Int, windowSize: Int?, pieceSize: Int
  ) throws(DatasetError) -> (file: DataFile, first: FileWindow) {
    var file = try DataFile(path, workers: workers, windowSize: windowSize, pieceSize: pieceSize)
    var window = try file.first()
    while !CSVHeader.isWhole(in: window, dialect) {
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

extension DatasetError {
  /// With what the header suggests, where the target is not in it: other columns are then missing
  /// for the same reason and not told.
  fileprivate func explained(by hint: () -> DialectHint?) -> DatasetError {
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
