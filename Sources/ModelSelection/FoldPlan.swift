import Numerics

/// One fit's division of the rows, by row index into the data set.
package struct Fold: Sendable {
  package let repeatIndex: Int
  package let index: Int
  /// In the order after the shuffle, so a prefix is what `train_size` means.
  package let trainingRows: [Int32]
  package let validationRows: [Int32]

  package init(repeatIndex: Int, index: Int, trainingRows: [Int32], validationRows: [Int32]) {
    self.repeatIndex = repeatIndex
    self.index = index
    self.trainingRows = trainingRows
    self.validationRows = validationRows
  }
}

/// Why a split can't be made from the data.
package enum SplitError: Error, Equatable, CustomStringConvertible {
  case tooFewRows(rows: Int, folds: Int)
  case emptySet(name: String)
  case unknownLabel(row: Int, label: String)
  case singleFold(label: String)

  package var description: String { "split: " + reason }

  /// The text without the place.
  package var reason: String {
    switch self {
    case .tooFewRows(let rows, let folds):
      "\(folds) folds need at least \(folds) rows besides the test set, found \(rows)"
    case .emptySet(let name):
      "the \(name) set is empty"
    case .unknownLabel(let row, let label):
      "data row \(row + 1) says '\(label)'; allowed are train, validation, test"
    case .singleFold(let label):
      "the fold column holds only '\(label)'; two or more folds are needed"
    }
  }
}

/// All folds of all repeats, made from a split plan and the number of rows.
///
/// Unshuffled sets are contiguous, as in scikit-learn: the test set is the last ⌈fraction·n⌉ rows, a
/// hold-out validation set the last of what remains, and of k folds the first n mod k hold one row
/// more. The test rows are chosen once; each repeat shuffles the rest anew, by (seed, repeat) alone.
package struct FoldPlan: Sendable {
  package let foldsPerRepeat: Int
  package let testRows: [Int32]
  /// Every row that is not a test row, in data order: what the winner is refitted on.
  package let allButTest: [Int32]
  private let arrangements: [FoldArrangement]

  /// - Parameter labels: what the data say of each row, for kinds that have labels.
  package init(
    plan: SplitPlan, rowCount: Int, labels: [String]?, seed: UInt64
  ) throws(SplitError) {
    testRows = plan.testRows(rowCount: rowCount, labels: labels, seed: seed)
    guard testRows.isEmpty || testRows.count < rowCount else { throw .emptySet(name: "training") }
    var isTest = [Bool](repeating: false, count: rowCount)
    for row in testRows { isTest[Int(row)] = true }
    let rows = (0..<Int32(rowCount)).filter { !isTest[Int($0)] }
    let deal = try plan.kind.deal(rows, labels: labels ?? [])
    allButTest = rows
    foldsPerRepeat = deal.foldCount
    arrangements = (0..<plan.repeats).map { repeatIndex in
      guard plan.shuffle, deal.belongsTo != .rowsInPlace else {
        return FoldArrangement(rows: rows, folds: deal.folds, foldCount: deal.foldCount)
      }
      let order = plan.permutation(
        of: rows.count, seed: seed, stream: [SplitPlan.Stream.folds, UInt64(repeatIndex)])
      return FoldArrangement(
        rows: order.map { rows[Int($0)] },
        folds: deal.belongsTo == .rows ? order.map { deal.folds[Int($0)] } : deal.folds,
        foldCount: deal.foldCount)
    }
  }

  package var repeatCount: Int { arrangements.count }
  package var count: Int { repeatCount * foldsPerRepeat }

  /// Fold `index` of all, repeat by repeat.
  package subscript(index: Int) -> Fold {
    Fold(
      repeatIndex: index / foldsPerRepeat, index: index % foldsPerRepeat,
      trainingRows: trainingRows(index), validationRows: validationRows(index))
  }

  /// Those of fold `index`.
  package func trainingRows(_ index: Int) -> [Int32] {
    arrangements[index / foldsPerRepeat].trainingRows(index % foldsPerRepeat)
  }

  package func validationRows(_ index: Int) -> [Int32] {
    arrangements[index / foldsPerRepeat].validationRows(index % foldsPerRepeat)
  }

  /// How many rows fold `index` trains on, without listing them.
  package func trainingRowCount(_ index: Int) -> Int {
    let arrangement = arrangements[index / foldsPerRepeat]
    return arrangement.rows.count - arrangement.counts[index % foldsPerRepeat]
  }

  /// The rows of one repeat cut into the sets whose moments add up to every training set: each
  /// fold's validation rows, then the rows that never validate.
  package func groups(repeatIndex: Int) -> [ArraySlice<Int32>] { arrangements[repeatIndex].groups }
}
