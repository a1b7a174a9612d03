/// A CSV file whose header is understood.
struct CSVFile {
  let file: DataFile
  var columns: CSVColumns
  /// Where the records of data begin in the first window, and on which line.
  let start: Int
  let firstLine: Int

  var path: String { file.path }

  init(
    _ path: String, _ source: CSVSource, labelColumn: String?, featureNames: [String]? = nil,
    workers: Int, windowSize: Int? = nil
  ) throws(DatasetError) {
    let dataFile = try DataFile(path, workers: workers, windowSize: windowSize)
    let file = try dataFile.first()
    var start = 0
    if file.count >= 3, file[0] == 0xEF, file[1] == 0xBB, file[2] == 0xBF { start = 3 }
    if file.count >= 2, file[0] == 0xFF && file[1] == 0xFE || file[0] == 0xFE && file[1] == 0xFF {
      throw .invalid(path, line: 1, .notUTF8)
    }
    var scanner = CSVCellScanner(
      file, start..<file.count, line: 1, delimiter: source.delimiter)
    guard scanner.skipEmptyLines() else { throw .invalid(path, .empty) }
    let beforeHeader = scanner
    let line = scanner.line
    var names: [String] = []
    do throws(CSVCellScanner.Failure) {
      repeat { names.append(try scanner.cell().text) } while scanner.consumeDelimiter()
    } catch {
      switch error {
      case .strayQuote(let line): throw .invalid(path, line: line, .strayQuote)
      case .unclosedQuote(let line): throw .invalid(path, line: line, .unclosedQuote)
      }
    }
    if names.contains(where: { $0.contains("\u{FFFD}") }) {
      throw .invalid(path, line: line, .notUTF8)
    }
    _ = scanner.consumeLineEnd()
    if !source.hasHeader {
      names = (1...names.count).map { "c\($0)" }
      scanner = beforeHeader
    }
    columns = try CSVColumns(
      names: names, source: source, labelColumn: labelColumn, featureNames: featureNames,
      path: path, line: line)
    self.file = dataFile
    self.start = scanner.offset
    firstLine = scanner.line
  }
}
