/// The rows of one repeat that are not test rows, in order, and the fold that each validates in
/// (−1: it never does).
struct FoldArrangement {
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
