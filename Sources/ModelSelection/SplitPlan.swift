/// How rows are divided into training, validation and test sets, as a spec says it.
package struct SplitPlan: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The last ⌈fraction·n⌉ rows (after the shuffle) validate.
    case holdout(Double)
    case kFold(Int)
    case leaveOneOut
    /// Cells `train`, `validation`, `test`.
    case column(String)
    /// Each distinct cell is a fold, in ascending order: as numbers where all are, else as text.
    case foldColumn(String)
    /// Rows come labelled from separate files.
    case files(validation: String, test: String?)
  }
  package var kind: Kind

  /// The cells that a split column may hold.
  package static let columnLabels = ["train", "validation", "test"]
  package var shuffle: Bool
  package var repeats: Int
  /// The fraction held out first, never trained or selected on.
  package var test: Double?

  package init(kind: Kind, shuffle: Bool = false, repeats: Int = 1, test: Double? = nil) {
    self.kind = kind
    self.shuffle = shuffle
    self.repeats = repeats
    self.test = test
  }
}

extension SplitPlan {
  /// The rows held out as a test set, ascending: by their labels, or the last ⌈fraction·n⌉ after the
  /// shuffle.
  package func testRows(rowCount: Int, labels: [String]?, seed: UInt64) -> [Int32] {
    switch kind {
    case .column, .files:
      return (labels ?? []).indices.filter { labels?[$0] == "test" }.map { Int32($0) }
    case .holdout, .kFold, .leaveOneOut, .foldColumn: break
    }
    guard let fraction = test else { return [] }
    let count = Int((fraction * Double(rowCount)).rounded(.up))
    var order = (0..<Int32(rowCount)).map { $0 }
    if shuffle {
      order = FoldPlan.shuffled(order, seed: seed, stream: [FoldPlan.Stream.test])
    }
    return order[(rowCount - min(count, rowCount))...].sorted()
  }
}
