import Tables

/// Reads the records of a chunk of a CSV file, numbers straight into the row storage.
///
/// A number is read in one pass over its digits; only when it is not followed by a delimiter or a
/// line end is the cell looked at as a whole.
@safe
struct CSVChunkReader {
  // SAFETY: the rows written start at `numbers` and `target` and are at most the chunk's record
  // bound, for which the storage has room; no other reader writes there.
  private let columns: CSVColumns
  private let marks: MissingMarks
  private let format: NumberFormat
  /// Whether a number is read before it is known where its cell ends.
  private let isReadInPlace: Bool
  private var scanner: CSVCellScanner
  private var numbers: UnsafeMutablePointer<Double>
  private var target: UnsafeMutablePointer<Double>
  private var result: CSVChunkResult
  private let isFilled: [Bool]
  /// The columns of the record that is being read whose missing cells are filled.
  private var holes: [Int] = []
  /// The codes of the row that is being read.
  private var rowCodes: [UInt32]
  /// How often the record that is being read counts; `nil` where that is wrong.
  private var weight: Double? = 1
  private let hasWeights: Bool
  /// The cells of the record that is being read that could not be used.
  private var pending: [(column: Int, kind: ColumnFaults.Kind, line: Int, text: String)] = []

  init(
    _ file: FileWindow, chunk: TextChunks.Chunk, columns: CSVColumns, syntax: CSVSyntax,
    marks: MissingMarks, format: NumberFormat, numbers: UnsafeMutablePointer<Double>,
    target: UnsafeMutablePointer<Double>
  ) {
    self.columns = columns
    hasWeights = columns.hasWeights
    self.marks = marks
    self.format = format
    isReadInPlace = format.isReadInPlace && !marks.mayBeNumbers
    scanner = CSVCellScanner(file, chunk.bytes, line: chunk.firstLine, syntax)
    unsafe self.numbers = unsafe numbers
    unsafe self.target = unsafe target
    result = CSVChunkResult(
      texts: Array(repeating: TextCodes(CSVDialect()), count: columns.textCount),
      holeCounts: Array(repeating: 0, count: columns.roles.count))
    isFilled = columns.roles.indices.map { columns.isFilled($0) }
    rowCodes = Array(repeating: 0, count: columns.textCount)
  }

  mutating func read() -> CSVChunkResult {
    while scanner.skipLinesWithoutRecord() {
      let start = scanner.place
      do throws(CSVCellScanner.Failure) {
        try readRecord(from: start)
      } catch {
        scanner.place = start
        result.failure = (error, DialectHint(line: scanner))
        return result
      }
    }
    return result
  }

  private mutating func readRecord(
    from recordStart: CSVCellScanner.Place
  ) throws(CSVCellScanner.Failure) {
    let targetsBefore = (result.hasTargetText, result.hasTargetNumber)
    for column in columns.roles.indices {
      if column > 0, !scanner.consumeDelimiter() { return try skipRagged(recordStart) }
      switch columns.roles[column] {
      case .number(let place):
        if unsafe !readInPlace(numbers + place) {
          unsafe numbers[place] = try numberOfWholeCell(column)
        }
      case .target:
        if unsafe readInPlace(target) {
          result.hasTargetNumber = true
        } else {
          unsafe target.pointee = try numberOfWholeCell(column)
        }
      case .text(let place):
        try readText(column, place)
      case .weight:
        weight = try readWeight(column)
      case .skipped:
        _ = try scanner.cell()
      }
    }
    guard scanner.consumeLineEnd() else { return try skipRagged(recordStart) }
    result.recordCount += 1
    if weight == 0 {
      (result.hasTargetText, result.hasTargetNumber) = targetsBefore
      return skipWeightless()
    }
    if !holes.isEmpty { countHoles() }
    if !pending.isEmpty, isRejectedByPending() { return }
    unsafe numbers += columns.numberCount
    unsafe target += 1
    if hasWeights, let weight { result.weights.append(weight) }
    for place in rowCodes.indices { result.texts[place].append(rowCodes[place]) }
  }

  /// Reads a number that is all of its cell; says whether there is one.
  @inline(__always)
  private mutating func readInPlace(_ value: UnsafeMutablePointer<Double>) -> Bool {
    var number = 0.0
    guard isReadInPlace,
      let after = unsafe format.decimals.parse(scanner.next, end: scanner.end, into: &number),
      unsafe scanner.isCommonCellEnd(after), number.isFinite
    else { return false }
    unsafe value.pointee = number
    unsafe scanner.skip(to: after)
    return true
  }

  /// The number of a cell that is empty, quoted, padded with blanks, a truth value or wrong.
  @inline(never)
  private mutating func numberOfWholeCell(_ column: Int) throws(CSVCellScanner.Failure) -> Double {
    let line = scanner.line
    let cell = try scanner.cell().trimmed
    let isTarget = columns.roles[column] == .target
    if marks.contain(cell) {
      if isFilled[column] {
        holes.append(column)
        return .nan
      }
      reject(column, .missing, line, cell.text)
      return 0
    }
    if let value = unsafe format.number(cell.start, end: cell.end) {
      if value.isFinite {
        if isTarget { result.hasTargetNumber = true }
        return value
      }
      reject(column, .notFinite, line, cell.text)
      return 0
    }
    let text = cell.text
    switch text.lowercased() {
    case "true":
      reject(column, .boolean, line, text)
      return 1
    case "false":
      reject(column, .boolean, line, text)
      return 0
    case let word where word.isNonFinite:
      reject(column, .notFinite, line, text)
    default:
      if isTarget { result.hasTargetText = true }
      reject(column, .text, line, text)
    }
    return 0
  }

  /// - Returns: `nil` where the cell is rejected.
  private mutating func readWeight(_ column: Int) throws(CSVCellScanner.Failure) -> Double? {
    let (line, before) = (scanner.line, pending.count)
    let value = try numberOfWholeCell(column)
    if value < 0 { reject(column, .negative, line, shortest(value)) }
    return pending.count == before || pending.last?.kind == .boolean ? value : nil
  }

  private mutating func countHoles() {
    for column in holes { result.holeCounts[column] += 1 }
    holes.removeAll(keepingCapacity: true)
  }

  /// Leaves a record of weight 0 out as if it were not there, but for its place among the records.
  private mutating func skipWeightless() {
    pending.removeAll(keepingCapacity: true)
    holes.removeAll(keepingCapacity: true)
    result.weightlessCount += 1
    result.droppedRecords.append(Int32(result.recordCount - 1))
  }

  private mutating func readText(
    _ column: Int, _ place: Int
  ) throws(CSVCellScanner.Failure) {
    let line = scanner.line
    let cell = try scanner.cell()
    if marks.contain(cell) {
      guard isFilled[column], let level = marks.levelText else {
        return reject(column, .missing, line, cell.text)
      }
      holes.append(column)
      rowCodes[place] = result.texts[place].code(of: level)
      return
    }
    guard let text = cell.validText else { return reject(column, .notUTF8, line, cell.text) }
    if place == columns.labelText, let allowed = columns.allowedLabels, !allowed.contains(text) {
      return reject(column, .label, line, text)
    }
    rowCodes[place] = result.texts[place].code(of: text)
  }

  /// Reads a record again to count its cells and steps over it.
  @inline(never)
  private mutating func skipRagged(
    _ recordStart: CSVCellScanner.Place
  ) throws(CSVCellScanner.Failure) {
    scanner.place = recordStart
    pending.removeAll(keepingCapacity: true)
    holes.removeAll(keepingCapacity: true)
    // Only the first such line is told.
    let (line, hint) = (scanner.line, result.ragged == nil ? DialectHint(line: scanner) : nil)
    result.ragged.add(RaggedLines(line: line, found: try scanner.skipRecord(), hint: hint))
  }

  private mutating func reject(
    _ column: Int, _ kind: ColumnFaults.Kind, _ line: Int, _ text: String
  ) {
    pending.append((column, kind, line, text))
  }

  /// Counts what was found in the record; says whether it is left out.
  private mutating func isRejectedByPending() -> Bool {
    for (column, kind, line, text) in pending {
      result.faults[column, default: ColumnFaults()].add(kind, line: line, text)
    }
    let isRejected = pending.contains { $0.kind != .boolean }
    pending.removeAll(keepingCapacity: true)
    if isRejected { result.droppedRecords.append(Int32(result.recordCount - 1)) }
    return isRejected
  }
}
