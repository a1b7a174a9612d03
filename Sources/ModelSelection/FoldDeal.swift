/// Which fold each row validates in.
struct FoldDeal {
  /// By place among the rows that are dealt; −1 never validates.
  var folds: [Int32]
  var foldCount: Int
  var belongsTo: Owner

  enum Owner {
    /// A fold belongs to a place in the shuffled order.
    case places
    /// It belongs to a row, wherever a shuffle takes that.
    case rows
    /// The same, and rows are never shuffled.
    case rowsInPlace
  }
}

extension FoldDeal {
  /// Contiguous folds, of which the first `rowCount` mod `foldCount` hold one row more.
  init(_ rowCount: Int, inRuns foldCount: Int) throws(SplitError) {
    guard rowCount >= foldCount else { throw .tooFewRows(rows: rowCount, folds: foldCount) }
    folds = (0..<foldCount).flatMap { fold in
      let count = rowCount / foldCount + (fold < rowCount % foldCount ? 1 : 0)
      return [Int32](repeating: Int32(fold), count: count)
    }
    self.foldCount = foldCount
    belongsTo = .places
  }

  /// `train` and `validation` as the data say.
  init(_ rows: [Int32], sets labels: [String]) throws(SplitError) {
    folds = []
    for row in rows {
      switch labels[Int(row)] {
      case "train": folds.append(-1)
      case "validation": folds.append(0)
      case let label: throw .unknownLabel(row: Int(row), label: label)
      }
    }
    guard folds.contains(-1) else { throw .emptySet(name: "training") }
    guard folds.contains(0) else { throw .emptySet(name: "validation") }
    foldCount = 1
    belongsTo = .rowsInPlace
  }

  /// Folds in ascending order of their names: as numbers when all are finite numbers, else as text.
  init(_ rows: [Int32], names labels: [String]) throws(SplitError) {
    // By bytes: a `String` takes an accent in one character and in two for the same.
    var first: [[UInt8]: String] = [:]
    for row in rows { first[Array(labels[Int(row)].utf8)] = labels[Int(row)] }
    var ordered = first.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let numbers = first.compactMapValues { Double($0).flatMap { $0.isFinite ? $0 : nil } }
    if numbers.count == ordered.count {
      // A stable order: names of equal value stay in the order of their bytes.
      ordered = ordered.enumerated().sorted {
        (numbers[$0.element, default: 0], $0.offset) < (numbers[$1.element, default: 0], $1.offset)
      }.map(\.element)
    }
    guard ordered.count > 1 else { throw .singleFold(label: first.values.first ?? "") }
    let foldByName = Dictionary(
      uniqueKeysWithValues: ordered.enumerated().map { ($1, Int32($0)) })
    folds = rows.map { foldByName[Array(labels[Int($0)].utf8), default: -1] }
    foldCount = ordered.count
    belongsTo = .rows
  }
}
