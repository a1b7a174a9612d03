extension SplitPlan {
  /// The ways to divide rows. What a spec may write for each says `SplitKey`; all else is here.
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
}

extension SplitPlan.Kind {
  package struct Declaration {
    /// Its key in a spec.
    package let word: String
    /// What the keys of jobs on disk hold, so never changed. Without the names of files, whose content is in
    /// the hash of the data.
    package let canonicalText: String
    package let folds: FoldCount
    package let labels: RowLabels
  }

  /// How many folds a repeat has.
  package enum FoldCount: Hashable {
    case exactly(Int)
    /// Each row that is no test row is one.
    case rows
    /// Two or more, as the data say.
    case labels
  }

  /// What says where a row belongs.
  package enum RowLabels: Hashable {
    case none
    /// A column of names of folds.
    case folds(column: String)
    /// A column of `SplitPlan.setNames`.
    case sets(column: String)
    case files(validation: String, test: String?)
  }

  package var declaration: Declaration {
    switch self {
    case .holdout(let fraction):
      Declaration(
        word: "holdout", canonicalText: "holdout \(fraction)", folds: .exactly(1), labels: .none)
    case .kFold(let count):
      Declaration(
        word: "k_fold", canonicalText: "k_fold \(count)", folds: .exactly(count), labels: .none)
    case .leaveOneOut:
      Declaration(
        word: "leave_one_out", canonicalText: "leave_one_out", folds: .rows, labels: .none)
    case .column(let name):
      Declaration(
        word: "column", canonicalText: "column \(name)", folds: .exactly(1),
        labels: .sets(column: name))
    case .foldColumn(let name):
      Declaration(
        word: "fold_column", canonicalText: "fold_column \(name)", folds: .labels,
        labels: .folds(column: name))
    case .files(let validation, let test):
      Declaration(
        word: "files", canonicalText: test == nil ? "files" : "files with test",
        folds: .exactly(1), labels: .files(validation: validation, test: test))
    }
  }

  /// Deals the rows that are not test rows, given in data order, to folds.
  /// - Parameter labels: what the data say of each of all rows.
  func deal(_ rows: [Int32], labels: [String]) throws(SplitError) -> FoldDeal {
    switch self {
    case .holdout(let fraction):
      let count = Int((fraction * Double(rows.count)).rounded(.up))
      guard count > 0 else { throw .emptySet(name: "validation") }
      guard count < rows.count else { throw .emptySet(name: "training") }
      return FoldDeal(
        folds: rows.indices.map { $0 < rows.count - count ? -1 : 0 }, foldCount: 1,
        belongsTo: .places)
    case .kFold(let count):
      return try FoldDeal(rows.count, inRuns: count)
    case .leaveOneOut:
      return try FoldDeal(rows.count, inRuns: max(rows.count, 2))
    case .column, .files:
      return try FoldDeal(rows, sets: labels)
    case .foldColumn:
      return try FoldDeal(rows, names: labels)
    }
  }
}
