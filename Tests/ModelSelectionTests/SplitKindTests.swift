import ModelSelection
import Testing

struct SplitKindTests {
  @Test(arguments: [
    (SplitPlan.Kind.holdout(0.25), "holdout 0.25"), (.kFold(5), "k_fold 5"),
    (.leaveOneOut, "leave_one_out"), (.column("s"), "column s"),
    (.foldColumn("a b"), "fold_column a b"), (.files(validation: "v.csv", test: nil), "files"),
    (.files(validation: "v.csv", test: "t.csv"), "files with test"),
  ])
  func `the keys of jobs on disk hold a split by a text that never changes`(
    kind: SplitPlan.Kind, text: String
  ) {
    #expect(kind.declaration.canonicalText == text)
  }

  @Test(arguments: [
    (SplitPlan(kind: .holdout(0.25)), true), (SplitPlan(kind: .holdout(0.25), repeats: 2), false),
    (SplitPlan(kind: .kFold(2)), false), (SplitPlan(kind: .leaveOneOut), false),
    (SplitPlan(kind: .column("s"), repeats: 2), true), (SplitPlan(kind: .foldColumn("f")), false),
    (SplitPlan(kind: .files(validation: "v.csv", test: nil)), true),
  ])
  func `a split tells whether all fits are validated on one set`(split: SplitPlan, isOne: Bool) {
    #expect(split.hasOneFold == isOne)
  }
}
