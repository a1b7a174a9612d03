import Sweeping
import Synchronization
import TestSupport
import Testing

/// What the engine runs, whatever the jobs are.
struct EngineScheduleTests {
  /// Every solver of the squared loss, on 40 values of λ or radius: cohorts of all widths.
  private static let grid = """
    [{"solver": ["normal", "min_norm"], "lambda": {"logspace": [0.01, 10], "count": 40}},
     {"solver": ["gd", "sgd"], "eta": 0.01, "batch_size": [1, 4], "epochs": [2, 3],
      "lambda": {"logspace": [0.01, 10], "count": 40}},
     {"solver": "projected_gd", "eta": 0.01, "epochs": 2,
      "radius": {"logspace": [0.01, 10], "count": 40}}]
    """
  private static let pointCount = 360

  private func plan() throws -> SweepPlan {
    let fixture = try SweepFixture()
    let spec = try fixture.spec(
      """
      {"data": {"synthetic": {"kind": "linear", "rows": 30, "features": 2}},
       "split": {"k_fold": 3}, "grid": \(Self.grid)}
      """)
    return try SweepRun(RunRequest(spec: spec, output: nil, workers: 1)) { _ in }.plan
  }

  /// The records that were handed on, by point, of each fold.
  private final class Finished: Sendable {
    let points = Mutex<[Int: [Int]]>([:])
    let cohortCount = Atomic(0)

    func observer(
      shouldStop: @escaping @Sendable () -> Bool = { false },
      shouldAbandon: @escaping @Sendable () -> Bool = { false }
    ) -> EngineObserver {
      EngineObserver(
        finished: { identity, points, records in
          self.cohortCount.add(1, ordering: .relaxed)
          #expect(points.count == records.count)
          self.points.withLock { $0[identity.fold, default: []] += points }
        },
        shouldStop: shouldStop, shouldAbandon: shouldAbandon, constantFeatures: { _, _ in },
        likelyWinners: { _, _ in [] })
    }

    /// In order.
    var jobs: [Int: [Int]] { points.withLock { $0.mapValues { $0.sorted() } } }
  }

  @Test(arguments: [1, 2, 3, 16])
  func `every wanted job is run once and handed on, and no other`(workers: Int) throws {
    let runner = CountingRunner(try plan(), pointCount: Self.pointCount, foldCount: 3)
    let finished = Finished()
    @Sendable func isWanted(_ point: Int, _ fold: Int) -> Bool { (point + fold) % 3 != 0 }
    _ = try SweepEngine(runner, workers: workers).run(
      isWanted: isWanted, expectsRefit: false, observer: finished.observer())
    let expected = Dictionary(
      uniqueKeysWithValues: (0..<3).map { fold in
        (fold, (0..<Self.pointCount).filter { isWanted($0, fold) })
      })
    #expect(finished.jobs == expected)
    let runs = runner.runs.map { ($0.key.fold, $0.value) }
    #expect(Dictionary(uniqueKeysWithValues: runs) == expected)
  }

  @Test(arguments: [1, 2, 16])
  func `winners are refitted once, on a training set of their own`(workers: Int) throws {
    let runner = CountingRunner(try plan(), pointCount: Self.pointCount, foldCount: 3)
    let points = [0, 3, 80, 200, 359]
    let found = try SweepEngine(runner, workers: workers).refit(points) { false }
    #expect(found.keys.sorted() == points)
    #expect(runner.runs == [.refit(degree: 1): points])
  }

  @Test func `a stop starts no further cohort`() throws {
    let runner = CountingRunner(try plan(), pointCount: Self.pointCount, foldCount: 3)
    let finished = Finished()
    _ = try SweepEngine(runner, workers: 1).run(
      isWanted: { _, _ in true }, expectsRefit: false,
      observer: finished.observer(shouldStop: {
        finished.cohortCount.load(ordering: .relaxed) == 2
      }))
    #expect(finished.cohortCount.load(ordering: .relaxed) == 2)
    #expect(runner.runs.values.reduce(0) { $0 + $1.count } < 3 * Self.pointCount)
  }

  @Test func `abandoned cohorts hand nothing on`() throws {
    let runner = CountingRunner(try plan(), pointCount: Self.pointCount, foldCount: 3) {
      identity, shouldAbandon in identity.fold != 1 || !shouldAbandon()
    }
    let finished = Finished()
    _ = try SweepEngine(runner, workers: 2).run(
      isWanted: { _, _ in true }, expectsRefit: false,
      observer: finished.observer(shouldAbandon: { true }))
    #expect(Set(finished.jobs.keys) == [0, 2])
  }
}
