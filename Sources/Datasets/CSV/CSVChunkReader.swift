/// What one chunk of a CSV file held, apart from the numbers written to the row storage.
struct CSVChunkResult: Sendable {
  /// Rows kept, and rows left out because a cell was rejected.
  var rowCount = 0
  var droppedRowCount = 0
  /// One column per text of a row, with a code per kept row.
  var texts: [TextCodes]
  var problems: [DatasetProblem] = []
  /// Whether the records after the last problem could not be told apart.
  var isBroken = false
  /// Whether any target cell was a number, and any a text that is not one.
  var hasTargetNumber = false
  var hasTargetText = false
}

/// The texts of one column as codes: positions in the list of distinct texts, in order of first use.
struct TextCodes: Sendable {
  private(set) var codes: [UInt32] = []
  private(set) var levels: [String] = []
  private var codeOfLevel: [String: UInt32] = [:]

  mutating func code(of text: String) -> UInt32 {
    if let code = codeOfLevel[text] { return code }
    let code = UInt32(levels.count)
    codeOfLevel[text] = code
    levels.append(text)
    return code
  }

  mutating func append(_ code: UInt32) {
    codes.append(code)
  }

  /// The rows of `other` after these. A level that no row has is left behind.
  mutating func append(contentsOf other: TextCodes) {
    var translated = [UInt32?](repeating: nil, count: other.levels.count)
    codes.reserveCapacity(codes.count + other.codes.count)
    for old in other.codes {
      let new = translated[Int(old)] ?? code(of: other.levels[Int(old)])
      translated[Int(old)] = new
      codes.append(new)
    }
  }
}

/// Reads the records of a chunk of a CSV file, numbers straight into the row storage.
///
/// A number is read in one pass over its digits; only when it is not followed by a delimiter or a
/// line end is the cell looked at as a whole.
@safe
struct CSVChunkReader {
  // SAFETY: the rows written start at `numbers` and `target` and are at most the chunk's record
  // bound, for which the storage has room; no other reader writes there.
  private let path: String
  private let columns: CSVColumns
  private let dropsMissing: Bool
  private let decimals: DecimalParser
  private var scanner: CSVCellScanner
  private var numbers: UnsafeMutablePointer<Double>
  private var target: UnsafeMutablePointer<Double>
  private var result: CSVChunkResult
  /// The codes of the row that is being read.
  private var rowCodes: [UInt32]
  /// Whether a cell of the row was rejected, so that the row is not kept.
  private var isRowRejected = false

  init(
    _ file: FileWindow, chunk: TextChunks.Chunk, columns: CSVColumns, source: CSVSource,
    decimals: DecimalParser, numbers: UnsafeMutablePointer<Double>,
    target: UnsafeMutablePointer<Double>
  ) {
    path = file.path
    self.columns = columns
    dropsMissing = source.missing == .dropRows
    self.decimals = decimals
    scanner = CSVCellScanner(
      file, chunk.bytes, line: chunk.firstLine, delimiter: source.delimiter)
    unsafe self.numbers = unsafe numbers
    unsafe self.target = unsafe target
    result = CSVChunkResult(texts: Array(repeating: TextCodes(), count: columns.textCount))
    rowCodes = Array(repeating: 0, count: columns.textCount)
  }

  mutating func read() -> CSVChunkResult {
    while result.problems.count < DatasetProblem.limitPerFile, scanner.skipEmptyLines() {
      do throws(CSVCellScanner.Failure) {
        try readRecord()
      } catch {
        result.isBroken = true
        switch error {
        case .strayQuote(let line): report(.strayQuote, line: line)
        case .unclosedQuote(let line): report(.unclosedQuote, line: line)
        }
        return result
      }
    }
    return result
  }

  private mutating func readRecord() throws(CSVCellScanner.Failure) {
    let recordStart = scanner
    let problemCount = result.problems.count
    isRowRejected = false
    for column in columns.roles.indices {
      if column > 0, !scanner.consumeDelimiter() {
        return try rejectRagged(recordStart, problemCount)
      }
      switch columns.roles[column] {
      case .number(let place):
        unsafe try readNumber(column, into: numbers + place)
      case .target:
        unsafe try readNumber(column, into: target)
      case .text(let place):
        try readText(column, place)
      case .skipped:
        _ = try scanner.cell()
      }
    }
    guard scanner.consumeLineEnd() else { return try rejectRagged(recordStart, problemCount) }
    if isRowRejected {
      result.droppedRowCount += 1
      return
    }
    unsafe numbers += columns.numberCount
    unsafe target += 1
    result.rowCount += 1
    for place in rowCodes.indices { result.texts[place].append(rowCodes[place]) }
  }

  @inline(__always)
  private mutating func readNumber(
    _ column: Int, into value: UnsafeMutablePointer<Double>
  ) throws(CSVCellScanner.Failure) {
    var number = 0.0
    if let after = unsafe decimals.parse(scanner.next, end: scanner.end, into: &number),
      unsafe scanner.isCellEnd(after), number.isFinite
    {
      unsafe value.pointee = number
      unsafe scanner.next = unsafe after
      if columns.roles[column] == .target { result.hasTargetNumber = true }
    } else {
      unsafe value.pointee = try numberOfWholeCell(column)
    }
  }

  /// The number of a cell that is empty, quoted, padded with blanks or wrong.
  @inline(never)
  private mutating func numberOfWholeCell(_ column: Int) throws(CSVCellScanner.Failure) -> Double {
    let line = scanner.line
    let cell = try scanner.cell().trimmed
    guard !cell.isEmpty else {
      reject(.emptyCell, line: line, column)
      return 0
    }
    var value = 0.0
    let isTarget = columns.roles[column] == .target
    if unsafe decimals.parse(cell.start, end: cell.end, into: &value) == cell.end {
      if value.isFinite {
        if isTarget { result.hasTargetNumber = true }
        return value
      }
      reject(.notFinite(DatasetProblem.excerpt(cell.text)), line: line, column)
      return 0
    }
    let text = cell.text
    if Self.nonFiniteWords.contains(text.lowercased()) {
      reject(.notFinite(text), line: line, column)
    } else {
      if isTarget { result.hasTargetText = true }
      reject(.notANumber(DatasetProblem.excerpt(text)), line: line, column)
    }
    return 0
  }

  private mutating func readText(
    _ column: Int, _ place: Int
  ) throws(CSVCellScanner.Failure) {
    let line = scanner.line
    let cell = try scanner.cell()
    guard !cell.isEmpty else { return reject(.emptyCell, line: line, column) }
    let text = cell.text
    rowCodes[place] = result.texts[place].code(of: text)
    if place == columns.labelText, let allowed = columns.allowedLabels, !allowed.contains(text) {
      report(
        .unknownLabel(DatasetProblem.excerpt(text), allowed: allowed), line: line,
        column: columns.names[column])
    }
  }

  /// Reads a record again to count its cells and steps over it.
  private mutating func rejectRagged(
    _ recordStart: CSVCellScanner, _ problemCount: Int
  ) throws(CSVCellScanner.Failure) {
    scanner = recordStart
    let line = scanner.line
    var count = 0
    repeat {
      _ = try scanner.cell()
      count += 1
    } while scanner.consumeDelimiter()
    _ = scanner.consumeLineEnd()
    result.problems.removeSubrange(problemCount...)
    report(.ragged(found: count, expected: columns.roles.count), line: line)
  }

  /// A cell that the policy for missing values decides about.
  private mutating func reject(_ reason: DatasetProblem.Reason, line: Int, _ column: Int) {
    isRowRejected = true
    if !dropsMissing { report(reason, line: line, column: columns.names[column]) }
  }

  private mutating func report(
    _ reason: DatasetProblem.Reason, line: Int, column: String? = nil
  ) {
    result.problems.append(
      DatasetProblem(path: path, line: line, column: column, reason: reason))
  }

  /// What Python's `float()` reads as a number that is not finite.
  private static let nonFiniteWords: Set<String> = [
    "nan", "+nan", "-nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity",
  ]
}
