import LinearModels
import ModelSelection
import Results
import Synchronization

/// Refits of the points that are likely to win, on a worker that has no fold left while others still have
/// one.
///
/// The refit of a winner is one chain of steps, which no second worker can shorten, but several points
/// take as long as one. So those that lead by the finished folds are refitted side by side. A
/// winner among them is done when the folds are; one that is not is refitted afterwards, as if nothing
/// had been tried. A point's record is the same either way, so only the time depends on the guess.
struct EarlyRefits<Runner: JobRunner>: Sendable {
  /// The solvers for which it pays, a task each.
  let solvers: [Solver]
  private let runner: Runner
  private let set: Runner.TrainingSet?

  /// With more tasks than that per worker the refit is a small part of the sweep.
  private static var mostTasks: Int { 16 }

  /// - Parameters:
  ///   - set: the rows of the refit; `nil` where there is none, or where it is not prepared.
  ///   - cohorts: the last folds' tasks.
  init(
    _ runner: Runner, on set: Runner.TrainingSet?, after cohorts: [Cohort], workers: Int
  ) {
    self.runner = runner
    self.set = set
    var found: [Solver] = []
    // With a worker for every task nothing is known before all of them are nearly done.
    if set != nil, workers > 1, cohorts.count > workers,
      cohorts.count <= Self.mostTasks * workers
    {
      for cohort in cohorts
      where cohort.program.earlyRefitWidth > 0 && !found.contains(cohort.kind.solver) {
        found.append(cohort.kind.solver)
      }
    }
    solvers = found
  }

  /// The refits of a solver's likely winners by point; none where there is nothing to guess by, where no
  /// fold is open any more, or where the guess turns out wrong on the way.
  func records(
    _ solver: Solver, observer: EngineObserver, foldsAreOpen: @escaping @Sendable () -> Bool
  ) -> [Int: JobRecord] {
    guard let set, foldsAreOpen() else { return [:] }
    let points = observer.likelyWinners(solver, solver.program.earlyRefitWidth)
    guard !points.isEmpty else { return [:] }
    let guess = Guess()
    let records = runner.records(of: points, on: set, workers: 1, idle: nil) {
      if observer.shouldStop() { return true }
      guard !foldsAreOpen() else { return false }
      // Now the winners are known.
      return guess.isWrong {
        !observer.likelyWinners(solver, SelectionRule.allCases.count).allSatisfy(points.contains)
      }
    }
    guard let records else { return [:] }
    return Dictionary(uniqueKeysWithValues: zip(points, records))
  }
}

/// Whether a guess was wrong, found out once.
private final class Guess: Sendable {
  private let known = Mutex<Bool?>(nil)

  func isWrong(_ find: () -> Bool) -> Bool {
    known.withLock { known in
      if known == nil { known = find() }
      return known == true
    }
  }
}

/// Early refits, of points that may or may not have won.
final class EarlyRecords: Sendable {
  private let records = Mutex<[Int: JobRecord]>([:])

  func add(_ found: [Int: JobRecord]) {
    records.withLock { $0.merge(found) { old, _ in old } }
  }

  var all: [Int: JobRecord] { records.withLock { $0 } }
}
