import ModelSelection
import Testing

/// Every way in which data can refuse a split, with its message.
struct SplitErrorTests {
  struct Refusal: Sendable {
    let plan: SplitPlan
    var rowCount = 4
    var labels: [String]?
    let error: SplitError
    let message: String
  }

  private static let refusals: [Refusal] = [
    Refusal(
      plan: SplitPlan(kind: .kFold(5)), error: .tooFewRows(rows: 4, folds: 5),
      message: "split: 5 folds need at least 5 rows besides the test set, found 4"),
    Refusal(
      plan: SplitPlan(kind: .kFold(4), test: 0.25), error: .tooFewRows(rows: 3, folds: 4),
      message: "split: 4 folds need at least 4 rows besides the test set, found 3"),
    Refusal(
      plan: SplitPlan(kind: .leaveOneOut), rowCount: 1, error: .tooFewRows(rows: 1, folds: 2),
      message: "split: 2 folds need at least 2 rows besides the test set, found 1"),
    Refusal(
      plan: SplitPlan(kind: .holdout(0.9)), error: .emptySet(name: "training"),
      message: "split: the training set is empty"),
    Refusal(
      plan: SplitPlan(kind: .holdout(0.5), test: 0.9), error: .emptySet(name: "training"),
      message: "split: the training set is empty"),
    Refusal(
      plan: SplitPlan(kind: .column("s")), rowCount: 2, labels: ["train", "train"],
      error: .emptySet(name: "validation"), message: "split: the validation set is empty"),
    Refusal(
      plan: SplitPlan(kind: .column("s")), rowCount: 2, labels: ["validation", "test"],
      error: .emptySet(name: "training"), message: "split: the training set is empty"),
    Refusal(
      plan: SplitPlan(kind: .column("s")), rowCount: 2, labels: ["train", "Validation"],
      error: .unknownLabel(row: 1, label: "Validation"),
      message: "split: data row 2 says 'Validation'; allowed are train, validation, test"),
    Refusal(
      plan: SplitPlan(kind: .foldColumn("f")), rowCount: 2, labels: ["a", "a"],
      error: .singleFold(label: "a"),
      message: "split: the fold column holds only 'a'; two or more folds are needed"),
  ]

  @Test(arguments: refusals)
  func `data that does not allow a split is refused with the reason`(refusal: Refusal) {
    let error = #expect(throws: SplitError.self) {
      _ = try FoldPlan(
        plan: refusal.plan, rowCount: refusal.rowCount, labels: refusal.labels, seed: 0)
    }
    #expect(error == refusal.error)
    #expect(error?.description == refusal.message)
  }
}
