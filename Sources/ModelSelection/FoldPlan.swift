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
  private let arrangements: [Arrangement]

  /// The rows of one repeat that are not test rows, in order, and the fold that each validates in
  /// (−1: it never does).
  private struct Arrangement {
    let rows: [Int32]
    let folds: [Int32]
    /// How many rows each fold has, then how many never validate.
    let counts: [Int]
    /// Where the rows of each fold stand, then those that never validate, when none are scattered.
    let runs: [Range<Int>]?

    init(rows: [Int32], folds: [Int32], foldCount: Int) {
      self.rows = rows
      self.folds = folds
      var counts = [Int](repeating: 0, count: foldCount + 1)
      var starts = [Int](repeating: 0, count: foldCount + 1)
      var runCount = 0
      var previous: Int32?
      for index in folds.indices {
        let fold = folds[index]
        let group = fold < 0 ? foldCount : Int(fold)
        if fold != previous {
          starts[group] = index
          runCount += 1
          previous = fold
        }
        counts[group] += 1
      }
      self.counts = counts
      let isScattered = runCount > counts.count { $0 > 0 }
      runs = isScattered ? nil : zip(starts, counts).map { $0..<$0 + $1 }
    }

    func validationRows(_ fold: Int) -> [Int32] {
      guard let runs else { return picked(counts[fold]) { $0 == fold } }
      return Array(rows[runs[fold]])
    }

    func trainingRows(_ fold: Int) -> [Int32] {
      guard let runs else { return picked(rows.count - counts[fold]) { $0 != fold } }
      return Array(rows[..<runs[fold].lowerBound]) + rows[runs[fold].upperBound...]
    }

    /// The rows of each fold, then those that never validate.
    var groups: [ArraySlice<Int32>] {
      if let runs { return runs.map { rows[$0] } }
      var starts = [0]
      for count in counts { starts.append(starts[starts.count - 1] + count) }
      var next = starts
      var sorted = [Int32](repeating: 0, count: rows.count)
      for index in rows.indices {
        let group = folds[index] < 0 ? counts.count - 1 : Int(folds[index])
        sorted[next[group]] = rows[index]
        next[group] += 1
      }
      return counts.indices.map { sorted[starts[$0]..<starts[$0 + 1]] }
    }

    /// The `count` rows whose fold is wanted, in order. Every row is written and the next one put over it
    /// where it is not wanted: shuffled folds would mislead a branch.
    private func picked(_ count: Int, isWanted: (Int32) -> Bool) -> [Int32] {
      unsafe [Int32](unsafeUninitializedCapacity: count + 1) { wanted, wantedCount in
        for index in rows.indices {
          precondition(wantedCount <= count)
          unsafe wanted[wantedCount] = rows[index]
          wantedCount += isWanted(folds[index]) ? 1 : 0
        }
      }
    }
  }

  package init(
    plan: SplitPlan, rowCount: Int, labels: [String]?, seed: UInt64
  ) throws(SplitError) {
    switch plan.kind {
    case .column, .files:
      try self.init(labelled: labels ?? [])
    case .foldColumn:
      try self.init(foldLabels: labels ?? [], plan: plan, seed: seed)
    case .holdout(let fraction):
      let (rest, test) = try FoldPlan.holdOutTest(plan, rowCount: rowCount, seed: seed)
      let count = Int((fraction * Double(rest.count)).rounded(.up))
      guard count > 0 else { throw .emptySet(name: "validation") }
      guard count < rest.count else { throw .emptySet(name: "training") }
      let folds = rest.indices.map { $0 < rest.count - count ? Int32(-1) : 0 }
      self.init(rest: rest, test: test, folds: folds, foldCount: 1, plan: plan, seed: seed)
    case .kFold(let k):
      let (rest, test) = try FoldPlan.holdOutTest(plan, rowCount: rowCount, seed: seed)
      guard rest.count >= k else { throw .tooFewRows(rows: rest.count, folds: k) }
      self.init(
        rest: rest, test: test, folds: FoldPlan.contiguous(rest.count, into: k), foldCount: k,
        plan: plan, seed: seed)
    case .leaveOneOut:
      let (rest, test) = try FoldPlan.holdOutTest(plan, rowCount: rowCount, seed: seed)
      guard rest.count >= 2 else { throw .tooFewRows(rows: rest.count, folds: 2) }
      self.init(
        rest: rest, test: test, folds: FoldPlan.contiguous(rest.count, into: rest.count),
        foldCount: rest.count, plan: plan, seed: seed)
    }
  }

  private init(
    rest: [Int32], test: [Int32], folds: [Int32], foldCount: Int, plan: SplitPlan, seed: UInt64
  ) {
    foldsPerRepeat = foldCount
    testRows = test
    allButTest = rest
    arrangements = (0..<plan.repeats).map { repeatIndex in
      let stream = [Stream.folds, UInt64(repeatIndex)]
      return Arrangement(
        rows: plan.shuffle ? FoldPlan.shuffled(rest, seed: seed, stream: stream) : rest,
        folds: folds, foldCount: foldCount)
    }
  }

  /// `train`, `validation` and `test` as the data says.
  private init(labelled labels: [String]) throws(SplitError) {
    var rows: [Int32] = []
    var folds: [Int32] = []
    var test: [Int32] = []
    for (row, label) in labels.enumerated() {
      switch label {
      case "train", "validation":
        rows.append(Int32(row))
        folds.append(label == "train" ? -1 : 0)
      case "test": test.append(Int32(row))
      default: throw .unknownLabel(row: row, label: label)
      }
    }
    guard folds.contains(-1) else { throw .emptySet(name: "training") }
    guard folds.contains(0) else { throw .emptySet(name: "validation") }
    foldsPerRepeat = 1
    testRows = test
    allButTest = rows
    arrangements = [Arrangement(rows: rows, folds: folds, foldCount: 1)]
  }

  /// Folds in ascending order of their ids: as numbers when all are finite numbers, else as text.
  private init(foldLabels labels: [String], plan: SplitPlan, seed: UInt64) throws(SplitError) {
    let (rest, test) = try FoldPlan.holdOutTest(plan, rowCount: labels.count, seed: seed)
    // By bytes: a `String` takes an accent in one character and in two for the same.
    var first: [[UInt8]: String] = [:]
    for row in rest { first[Array(labels[Int(row)].utf8)] = labels[Int(row)] }
    var ordered = first.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let numbers = first.compactMapValues { Double($0).flatMap { $0.isFinite ? $0 : nil } }
    if numbers.count == ordered.count {
      // A stable order: ids of equal value stay in the order of their bytes.
      ordered = ordered.enumerated().sorted {
        (numbers[$0.element, default: 0], $0.offset) < (numbers[$1.element, default: 0], $1.offset)
      }.map(\.element)
    }
    guard ordered.count > 1 else { throw .singleFold(label: first.values.first ?? "") }
    let foldByID = Dictionary(
      uniqueKeysWithValues: ordered.enumerated().map { ($1, Int32($0)) })
    foldsPerRepeat = ordered.count
    testRows = test
    allButTest = rest
    arrangements = (0..<plan.repeats).map { repeatIndex in
      let stream = [Stream.folds, UInt64(repeatIndex)]
      let rows = plan.shuffle ? FoldPlan.shuffled(rest, seed: seed, stream: stream) : rest
      return Arrangement(
        rows: rows, folds: rows.map { foldByID[Array(labels[Int($0)].utf8), default: -1] },
        foldCount: ordered.count)
    }
  }

  package var repeatCount: Int { arrangements.count }
  package var count: Int { repeatCount * foldsPerRepeat }

  /// Fold `index` of all, repeat by repeat.
  package subscript(index: Int) -> Fold {
    let arrangement = arrangements[index / foldsPerRepeat]
    let fold = index % foldsPerRepeat
    return Fold(
      repeatIndex: index / foldsPerRepeat, index: fold,
      trainingRows: arrangement.trainingRows(fold), validationRows: arrangement.validationRows(fold)
    )
  }

  /// How many rows fold `index` trains on, without listing them.
  package func trainingRowCount(_ index: Int) -> Int {
    let arrangement = arrangements[index / foldsPerRepeat]
    return arrangement.rows.count - arrangement.counts[index % foldsPerRepeat]
  }

  /// The rows of one repeat cut into the sets whose moments add up to every training set: each
  /// fold's validation rows, then the rows that never validate.
  package func groups(repeatIndex: Int) -> [ArraySlice<Int32>] { arrangements[repeatIndex].groups }

  private static func holdOutTest(
    _ plan: SplitPlan, rowCount: Int, seed: UInt64
  ) throws(SplitError) -> (rest: [Int32], test: [Int32]) {
    let all = (0..<Int32(rowCount)).map { $0 }
    guard plan.test != nil else { return (all, []) }
    let test = plan.testRows(rowCount: rowCount, labels: nil, seed: seed)
    guard test.count < rowCount else { throw .emptySet(name: "training") }
    var isTest = [Bool](repeating: false, count: rowCount)
    for row in test { isTest[Int(row)] = true }
    return (all.filter { !isTest[Int($0)] }, test)
  }

  static func shuffled(_ rows: [Int32], seed: UInt64, stream: [UInt64]) -> [Int32] {
    var generator = RandomGenerator(seed: seed, stream: stream)
    return generator.permutation(count: rows.count).map { rows[Int($0)] }
  }

  /// The fold of each of `count` rows when the first `count` mod k folds hold one row more.
  private static func contiguous(_ count: Int, into k: Int) -> [Int32] {
    (0..<k).flatMap { fold in
      [Int32](repeating: Int32(fold), count: count / k + (fold < count % k ? 1 : 0))
    }
  }

  /// Names of the random streams that a split draws from.
  enum Stream {
    static let folds: UInt64 = 0x666f_6c64
    static let test: UInt64 = 0x7465_7374
  }
}
