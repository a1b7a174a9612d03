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
    let metrics = plan.spec.metrics.filter(\.needsVariedTarget)
    guard !metrics.isEmpty else {
      lines = []
      return
    }
    let parts = Part.allCases.map { ($0, plan.unvariedSets(of: $0)) }
    lines = metrics.flatMap { metric in
      parts.filter { !$0.1.isEmpty }.map { part, sets in
        let column = Measure(part, metric.rawValue).column
        var places = sets.prefix(UndefinedMetrics.namedSetLimit).joined(separator: ", ")
        let rest = sets.count - UndefinedMetrics.namedSetLimit
        if rest > 0 { places += " and \(counted(rest, "other set"))" }
        return "\(column) has no value in \(places), so its mean is empty"
      }
    }
  }
}

extension SweepPlan {
  /// The sets of one part whose targets do not vary, each as its place and the reason.
  fileprivate func unvariedSets(of part: Part) -> [String] {
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

  private var unvariedTrainingSets: [String] {
    // A logistic fit on one class is `not_converged`, and its job says so itself.
    guard spec.loss.measures.target == .number else { return [] }
    let sizes = Set(slices.map(\.trainSize))
    return (0..<data.folds.repeatCount).flatMap { repeatIndex -> [String] in
      // Where two folds vary, so does every training set that is whole.
      let groups = data.folds.groups(repeatIndex: repeatIndex)
      let areVaried = groups.count { reason(against: $0) == nil && !$0.isEmpty } > 1
      guard sizes != [nil] || !areVaried else { return [] }
      return (0..<data.folds.foldsPerRepeat).compactMap { fold in
        let rows = data.folds[repeatIndex * data.folds.foldsPerRepeat + fold].trainingRows
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

  private func described(_ rows: ArraySlice<Int32>, _ place: String) -> String? {
    reason(against: rows).map { "\(place) (\($0))" }
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
