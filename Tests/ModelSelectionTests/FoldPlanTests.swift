import ModelSelection
import TestSupport
import Testing

struct FoldPlanTests {
  private static let kinds: [SplitPlan.Kind] = [
    .holdout(0.25), .holdout(0.5), .kFold(2), .kFold(5), .kFold(7), .leaveOneOut,
    .foldColumn("f"),
  ]

  private func plan(
    _ kind: SplitPlan.Kind, rows: Int = 23, shuffle: Bool = false, repeats: Int = 1,
    test: Double? = nil, seed: UInt64 = 1
  ) throws -> FoldPlan {
    let labels = (0..<rows).map { "\($0 * $0 % 5)" }
    return try FoldPlan(
      plan: SplitPlan(kind: kind, shuffle: shuffle, repeats: repeats, test: test), rowCount: rows,
      labels: labels, seed: seed)
  }

  @Test(arguments: kinds, [false, true])
  func `a split is a partition`(kind: SplitPlan.Kind, shuffle: Bool) throws {
    for test in [nil, 0.2] {
      let plan = try plan(kind, shuffle: shuffle, repeats: 3, test: test)
      #expect(plan.repeatCount == 3 && plan.count == 3 * plan.foldsPerRepeat)
      #expect(plan.testRows.count == (test == nil ? 0 : 5))
      for repeatIndex in 0..<3 {
        var validated: [Int32] = []
        for index in 0..<plan.foldsPerRepeat {
          let number = repeatIndex * plan.foldsPerRepeat + index
          let fold = plan[number]
          #expect(fold.repeatIndex == repeatIndex && fold.index == index)
          #expect(!fold.trainingRows.isEmpty && !fold.validationRows.isEmpty)
          #expect(plan.trainingRowCount(number) == fold.trainingRows.count)
          let all = fold.trainingRows + fold.validationRows + plan.testRows
          #expect(all.sorted() == (0..<23).map { $0 })
          validated += fold.validationRows
        }
        // But for a hold-out, every row that is not a test row validates once.
        if case .holdout = kind { continue }
        #expect(validated.sorted() == plan.allButTest)
      }
      #expect((plan.allButTest + plan.testRows).sorted() == (0..<23).map { $0 })
    }
  }

  @Test(arguments: kinds, [false, true])
  func `the groups of a repeat add up to every training set`(
    kind: SplitPlan.Kind, shuffle: Bool
  ) throws {
    let plan = try plan(kind, shuffle: shuffle, repeats: 2, test: 0.1)
    for repeatIndex in 0..<2 {
      let groups = plan.groups(repeatIndex: repeatIndex)
      #expect(groups.count == plan.foldsPerRepeat + 1)
      for index in 0..<plan.foldsPerRepeat {
        let fold = plan[repeatIndex * plan.foldsPerRepeat + index]
        #expect(Array(groups[index]) == fold.validationRows)
        let others = groups.indices.filter { $0 != index }.flatMap { groups[$0] }
        #expect(others.sorted() == fold.trainingRows.sorted())
      }
    }
  }

  @Test func `of k folds the first n mod k hold one row more, in order`() throws {
    let plan = try plan(.kFold(5))
    #expect((0..<5).map { plan[$0].validationRows.count } == [5, 5, 5, 4, 4])
    #expect((0..<5).flatMap { plan[$0].validationRows } == (0..<23).map { $0 })
    #expect(plan[1].trainingRows == Array(0..<5) + Array(10..<23))
  }

  @Test(arguments: [(0.25, 6), (0.5, 12), (0.01, 1), (0.9, 21)])
  func `a hold-out is the last rows, rounded up`(fraction: Double, count: Int) throws {
    let plan = try plan(.holdout(fraction))
    #expect(plan.count == 1)
    #expect(plan[0].validationRows == ((23 - Int32(count))..<23).map { $0 })
    #expect(plan[0].trainingRows == (0..<(23 - Int32(count))).map { $0 })
  }

  @Test func `the test set is the last rows, and the hold-out the last of what remains`() throws {
    let plan = try plan(.holdout(0.25), test: 0.2)
    #expect(plan.testRows == [18, 19, 20, 21, 22])
    #expect(plan[0].validationRows == [13, 14, 15, 16, 17])
  }

  @Test func `without a shuffle every repeat is the same`() throws {
    let plan = try plan(.kFold(4), repeats: 2)
    for index in 0..<4 { #expect(plan[index].trainingRows == plan[index + 4].trainingRows) }
  }

  @Test func `a shuffle is the seed's own, anew in each repeat`() throws {
    func folds(seed: UInt64) throws -> [[Int32]] {
      let plan = try plan(.kFold(3), rows: 40, shuffle: true, repeats: 3, test: 0.1, seed: seed)
      return (0..<plan.count).map { plan[$0].validationRows } + [plan.testRows]
    }
    let first = try folds(seed: 4)
    #expect(try folds(seed: 4) == first)
    #expect(try folds(seed: 5) != first)
    #expect(Set(first).count == first.count)
    #expect(first[0] != first[0].sorted())
  }

  @Test func `more repeats leave the earlier ones and the test rows as they were`() throws {
    let few = try plan(.kFold(3), shuffle: true, repeats: 2, test: 0.2)
    let many = try plan(.kFold(3), shuffle: true, repeats: 5, test: 0.2)
    #expect(few.testRows == many.testRows)
    for index in 0..<few.count { #expect(few[index].trainingRows == many[index].trainingRows) }
  }

  @Test func `labels say which set a row belongs to`() throws {
    let plan = try FoldPlan(
      plan: SplitPlan(kind: .column("set")), rowCount: 6,
      labels: ["train", "test", "validation", "train", "validation", "test"], seed: 0)
    #expect(plan.count == 1)
    #expect(plan[0].trainingRows == [0, 3])
    #expect(plan[0].validationRows == [2, 4])
    #expect(plan.testRows == [1, 5])
    #expect(plan.allButTest == [0, 2, 3, 4])
  }

  @Test(
    arguments: [
      (["10", "9", "2", "10"], [[2], [1], [0, 3]]), (["b", "10", "a", "b"], [[1], [2], [0, 3]]),
      (["1", "1.0", "1", "0"], [[3], [0, 2], [1]]),
      (["nan", "2", "inf", "10"], [[3], [1], [2], [0]]),
      (["\u{E9}", "e\u{301}", "\u{E9}"], [[1], [0, 2]]),
    ] as [([String], [[Int32]])])
  func `folds of a column go by number where all are numbers, else by text`(
    labels: [String], expected: [[Int32]]
  ) throws {
    let plan = try FoldPlan(
      plan: SplitPlan(kind: .foldColumn("f")), rowCount: labels.count, labels: labels, seed: 0)
    #expect((0..<plan.count).map { plan[$0].validationRows } == expected)
  }
}
