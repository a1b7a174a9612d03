/// What one chunk of a CSV file held, apart from the numbers written to the row storage.
struct CSVChunkResult: Sendable {
  /// Records of as many cells as the header has, in the order of the file.
  var recordCount = 0
  /// Those left out because a cell was rejected or the weight is 0, by their place among the records.
  var droppedRecords: [Int32] = []
  /// One column per text of a row, with a code per kept row.
  var texts: [TextCodes]
  /// Missing cells that are filled, by column of the file; those of dropped rows among them.
  var holeCounts: [Int]
  /// How often each kept row counts, where a column says it.
  var weights: [Double] = []
  /// Records of weight 0, which are left out whatever else they hold.
  var weightlessCount = 0
  /// By column of the file.
  var faults: [Int: ColumnFaults] = [:]
  /// Lines with another number of cells.
  var ragged: RaggedLines?
  /// A quote out of place, and what the line suggests: what follows it could not be told apart.
  var failure: (reason: CSVCellScanner.Failure, hint: DialectHint?)?
  /// Whether any target cell was a number, and any a text that is not one.
  var hasTargetNumber = false
  var hasTargetText = false

  var rowCount: Int { recordCount - droppedRecords.count }
}

/// Records of a wrong number of cells.
struct RaggedLines: Sendable {
  /// The first of them, its cells and what it suggests.
  let line: Int
  let found: Int
  var hint: DialectHint?
  fileprivate(set) var count = 1

  /// - Parameter expected: how many cells the header has.
  func problem(path: String, expected: Int) -> DatasetProblem {
    var problem = DatasetProblem(
      path: path, line: line, reason: .ragged(found: found, expected: expected, lines: count))
    problem.hint = hint
    return problem
  }
}

extension RaggedLines? {
  /// Counts lines that stand behind these.
  mutating func add(_ more: RaggedLines?) {
    guard let more else { return }
    if self == nil { self = more } else { self?.count += more.count }
  }
}
