import LinearModels
import Results
import Sweeping
import TestSupport
import Testing

/// Who leads before all folds are done.
struct ResultsLikelyWinnersTests {
  /// Four folds; points 0 to 4 are `sgd` with growing lambda in batches of 1, 5 and 6 in batches of 2, 7 is
  /// `min_norm`.
  private func plan(_ metrics: String = "[\"mse\"]") throws -> SweepPlan {
    let fixture = try SweepFixture()
    let lines = (0..<12).map { "\($0),\($0 * $0)" }
    try fixture.folder.write((["x,y"] + lines).joined(separator: "\n"), to: "d.csv")
    let spec = try fixture.spec(
      """
      {"data": {"csv": "d.csv", "target": "y"}, "split": {"k_fold": 4}, "metrics": \(metrics),
       "grid": [
         {"solver": "sgd", "batch_size": 1, "eta": 0.01, "epochs": 2, "lambda": [1, 2, 3, 4, 5]},
         {"solver": "sgd", "batch_size": 2, "eta": 0.01, "epochs": 2, "lambda": [6, 7]},
         {"solver": "min_norm", "lambda": 1}]}
      """)
    return try SweepRun(RunRequest(spec: spec, output: nil, workers: 1)) { _ in }.plan
  }

  /// Records with these validation errors, by point and fold; `nil` where a job is not done.
  private func records(_ plan: SweepPlan, _ errors: [[Double?]]) -> [JobRecord?] {
    var records = [JobRecord?](repeating: nil, count: plan.jobCount)
    for (point, folds) in errors.enumerated() {
      for (fold, error) in folds.enumerated() {
        guard let error else { continue }
        var record = JobRecord(status: error.isFinite ? .ok : .diverged)
        record.means = MeanTable(RowMeans(.square), values: [0, error])
        records[plan.jobIndex(point: point, fold: fold)] = record
      }
    }
    return records
  }

  @Test func `nobody leads before a fold is done`() throws {
    let plan = try plan()
    let half: [[Double?]] = [[1], [1], [1], [1], [1], [1], [nil, 1], [1]]
    #expect(plan.likelyWinners(.sgd, records: records(plan, []), limit: 8).isEmpty)
    #expect(plan.likelyWinners(.sgd, records: records(plan, half), limit: 8).isEmpty)
    #expect(plan.likelyWinners(.minNorm, records: records(plan, half), limit: 8) == [7])
  }

  @Test func `the winners by each rule come first, then the best means of their kind`() throws {
    let plan = try plan()
    // Means 5, 3, 2, 4, 9, 7, 2.55: within 2 + 1 point 6 is the most regularised, but of another batch size.
    let narrow: [[Double?]] = [
      [5, 5], [3, 3], [1, 3], [4, 4], [9, 9], [7, 7], [2.5, 2.6], [0, 0],
    ]
    #expect(plan.likelyWinners(.sgd, records: records(plan, narrow), limit: 8) == [2, 1, 3, 0, 4])
    #expect(plan.likelyWinners(.sgd, records: records(plan, narrow), limit: 2) == [2, 1])
    // Now 2 ± 2 reaches point 3, whose penalty is the stronger one.
    let wide: [[Double?]] = [
      [5, 5], [3, 3], [0, 4], [4, 4], [9, 9], [7, 7], [8, 8], [0, 0],
    ]
    #expect(plan.likelyWinners(.sgd, records: records(plan, wide), limit: 3) == [2, 3, 1])
  }

  @Test func `only folds count on which all points of the solver are done`() throws {
    let plan = try plan()
    // By the second fold alone point 0 would lead.
    let errors: [[Double?]] = [
      [5, 0], [3, 9], [4, 9], [6, nil], [7, 9], [8, 9], [8, 9], [nil, nil],
    ]
    #expect(plan.likelyWinners(.sgd, records: records(plan, errors), limit: 2) == [1, 2])
  }

  @Test func `a point that diverged can't win`() throws {
    let plan = try plan()
    let errors: [[Double?]] = [[.infinity], [3], [2], [4], [9], [7], [8], [0]]
    #expect(plan.likelyWinners(.sgd, records: records(plan, errors), limit: 8) == [2, 1, 3, 4])
  }

  @Test func `larger is better for some metrics`() throws {
    let plan = try plan("[\"r2\"]")
    // The larger the mean squared error, the smaller the r2.
    let errors: [[Double?]] = [[5], [7], [1], [6], [9], [8], [8], [10]]
    #expect(plan.likelyWinners(.sgd, records: records(plan, errors), limit: 3) == [2, 0, 3])
  }
}
