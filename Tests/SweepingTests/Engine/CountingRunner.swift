import LinearModels
import Numerics
import Sweeping
import Synchronization

/// Jobs that fit nothing: they are counted, and a test says how each goes on.
final class CountingRunner: JobRunner {
  private let plan: SweepPlan
  private let pointCount: Int
  private let foldCount: Int
  private let job: @Sendable (FoldIdentity, _ shouldAbandon: () -> Bool) -> Bool
  private let counted = Mutex<[FoldIdentity: [Int]]>([:])

  /// - Parameter job: called once for each cohort and refit; false where it was abandoned.
  init(
    _ plan: SweepPlan, pointCount: Int, foldCount: Int,
    job: @escaping @Sendable (FoldIdentity, _ shouldAbandon: () -> Bool) -> Bool = { _, _ in true }
  ) {
    self.plan = plan
    self.pointCount = pointCount
    self.foldCount = foldCount
    self.job = job
  }

  /// The points that were run on each training set, in order.
  var runs: [FoldIdentity: [Int]] { counted.withLock { $0.mapValues { $0.sorted() } } }

  func prepareFolds(
    isWanted: @Sendable (_ point: Int, _ fold: Int) -> Bool, leavesRefit: Bool, workers: Int,
    shouldStop: @escaping @Sendable () -> Bool, run: (PreparedFolds<FoldIdentity>) -> Void
  ) throws -> FoldIdentity? {
    let folds = (0..<foldCount).map { fold in
      let identity = FoldIdentity(repeatIndex: 0, fold: fold)
      let points = (0..<pointCount).filter { isWanted($0, fold) }
      return PreparedFold(identity, identity, points: points)
    }
    let refit = leavesRefit ? FoldIdentity.refit(degree: 1) : nil
    run(PreparedFolds(folds: folds.filter { !$0.points.isEmpty }, refit: refit))
    return refit
  }

  func prepareRefits(
    of points: [Int], from basis: FoldIdentity?, workers: Int,
    shouldAbandon: @escaping @Sendable () -> Bool, run: (PreparedFold<FoldIdentity>) -> Void
  ) throws {
    guard !points.isEmpty, !shouldAbandon() else { return }
    let identity = basis ?? .refit(degree: 1)
    run(PreparedFold(identity, identity, points: points))
  }

  func cohorts(of points: [Int], context: Int) -> [Cohort] {
    plan.cohorts(of: points, context: context)
  }

  func cost(of cohort: Cohort, on set: FoldIdentity) -> Double { Double(cohort.points.count) }

  func records(
    of points: [Int], on set: FoldIdentity, workers: Int, idle: IdleWorkers?,
    shouldAbandon: @escaping @Sendable () -> Bool
  ) -> [JobRecord]? {
    guard job(set, shouldAbandon) else { return nil }
    counted.withLock { $0[set, default: []] += points }
    return points.map { _ in JobRecord(status: .ok) }
  }
}
