import LinearModels
import Synchronization

/// What the folds left for the winners' refit.
final class RefitPreparation: Sendable {
  private let contexts = Mutex<[Int: FoldContext]>([:])
  private let moments = Mutex<[Int: RowMoments]>([:])
  private let early = Mutex<[Int: JobRecord]>([:])

  func set(_ value: FoldContext, degree: Int) { contexts.withLock { $0[degree] = value } }
  func context(degree: Int) -> FoldContext? { contexts.withLock { $0[degree] } }

  /// The moments of all rows that are not test rows.
  func set(_ value: RowMoments, degree: Int) { moments.withLock { $0[degree] = value } }
  func moments(degree: Int) -> RowMoments? { moments.withLock { $0[degree] } }

  /// Takes refits of points that may or may not have won.
  func add(_ records: [Int: JobRecord]) {
    early.withLock { $0.merge(records) { old, _ in old } }
  }

  /// The refits among `points` that are done.
  func records(of points: [Int]) -> [Int: JobRecord] {
    early.withLock { early in early.filter { points.contains($0.key) } }
  }
}
