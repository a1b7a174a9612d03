import LinearModels
import ModelSelection
import Results
import Tables

/// Where a metric has no value by its definition, and why, in one line for each of its columns.
///
/// It follows from data and split alone, whatever was fitted: rows whose targets are all equal, or of
/// one class, have no r2 and the like.
struct UndefinedMetrics {
  let lines: [String]

  /// How many sets of rows a line names.
  private static let namedSetLimit = 3

  init(_ plan: SweepPlan) {
    let metrics = plan.spec.metrics.filter { $0.needs != .nothing }
    guard !metrics.isEmpty else {
      lines = []
      return
    }
    let parts = Part.allCases.map { ($0, plan.unvariedSets(of: $0)) }
    lines = metrics.flatMap { metric in
      parts.compactMap { part, unvaried -> String? in
        // Rows that are all positive have an F1 score.
        let sets = unvaried.filter { metric.needs == .variation || !$0.isPositive }.map(\.text)
        guard !sets.isEmpty else { return nil }
        let column = Measure(part, metric.rawValue).column
        var places = sets.prefix(UndefinedMetrics.namedSetLimit).joined(separator: ", ")
        let rest = sets.count - UndefinedMetrics.namedSetLimit
        if rest > 0 { places += " and \(counted(rest, "other set"))" }
        let condition = metric.needs == .positives ? " where none is predicted otherwise" : ""
        return "\(column) has no value in \(places)\(condition), so its mean is empty"
      }
    }
  }
}

/// Some rows whose targets are all equal.
private struct UnvariedSet {
  /// Their place and the reason.
  let text: String
  /// Whether the target is above zero: of two classes the positive one.
  let isPositive: Bool
}

extension SweepPlan {
  /// The sets of one part whose targets do not vary.
  fileprivate func unvariedSets(of part: Part) -> [UnvariedSet] {
    switch part {
    case .train: unvariedTrainingSets
    case .validation:
      (0..<data.folds.repeatCount).flatMap { repeatIndex in
        let groups = data.folds.groups(repeatIndex: repeatIndex)
        return (0..<data.folds.foldsPerRepeat).compactMap { fold in
          described(groups[fold], place(repeatIndex: repeatIndex, fold: fold))
        }
      }
    case .test:
      data.folds.testRows.isEmpty
        ? [] : [described(data.folds.testRows[...], "the test set")].compactMap { $0 }
    }
  }

  private var unvariedTrainingSets: [UnvariedSet] {
    // A logistic fit on one class is `not_converged`, and its job says so itself.
    guard spec.loss.measures.target == .number else { return [] }
    let sizes = Set(slices.map(\.trainSize))
    return (0..<data.folds.repeatCount).flatMap { repeatIndex -> [UnvariedSet] in
      // Where two folds vary, so does every training set that is whole.
      let groups = data.folds.groups(repeatIndex: repeatIndex)
      let areVaried = groups.count { reason(against: $0) == nil && !$0.isEmpty } > 1
      guard sizes != [nil] || !areVaried else { return [] }
      return (0..<data.folds.foldsPerRepeat).compactMap { fold in
        let rows = data.folds.trainingRows(repeatIndex * data.folds.foldsPerRepeat + fold)
        let fewest = sizes.map { $0?.rowCount(of: rows.count) ?? rows.count }.min() ?? rows.count
        return described(
          rows[..<fewest],
          place(repeatIndex: repeatIndex, fold: fold)
            + (fewest < rows.count ? " with \(counted(fewest, "row"))" : ""))
      }
    }
  }

  private func place(repeatIndex: Int, fold: Int) -> String {
    (data.folds.repeatCount > 1 ? "repeat \(repeatIndex) " : "") + "fold \(fold)"
  }

  private func described(_ rows: ArraySlice<Int32>, _ place: String) -> UnvariedSet? {
    reason(against: rows).map {
      UnvariedSet(
        text: "\(place) (\($0))", isPositive: rows.first.map { data.target[Int($0)] > 0 } ?? false)
    }
  }

  /// Why the targets of some rows do not vary, or `nil` where they do.
  private func reason(against rows: ArraySlice<Int32>) -> String? {
    guard let first = rows.first.map({ data.target[Int($0)] }),
      rows.allSatisfy({ data.target[Int($0)] == first })
    else { return nil }
    if let names = data.classes?.map(\.name) {
      return "its rows hold only class '\(names[first > 0 ? 1 : 0])'"
    }
    return rows.count == 1 ? "it has one row" : "its target is \(shortest(first)) in every row"
  }
}
