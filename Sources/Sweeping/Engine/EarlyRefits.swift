import LinearModels
import ModelSelection
import Synchronization

/// Refits of the points that are likely to win, on a worker that has no fold left while others still have
/// one.
///
/// The refit of a winner is one chain of steps, which no second worker can shorten, but half a block of
/// points takes as long as one. So those that lead by the finished folds are refitted side by side. A
/// winner among them is done when the folds are; one that is not is refitted afterwards, as if nothing
/// had been tried. A point's record is the same either way, so only the time depends on the guess.
struct EarlyRefits: Sendable {
  /// The solvers for which it pays, a task each.
  let solvers: [Solver]
  private let plan: SweepPlan
  private let context: FoldContext?

  /// As many points as take no longer than one.
  private static let pointLimit = 8
  /// With more tasks than that per worker the refit is a small part of the sweep.
  private static let mostTasks = 16

  /// - Parameters:
  ///   - context: the rows of the refit; `nil` where there is none, or where it is not prepared.
  ///   - cohorts: the last folds' tasks.
  init(plan: SweepPlan, context: FoldContext?, cohorts: [Cohort], workers: Int) {
    self.plan = plan
    self.context = context
    var found: [Solver] = []
    if context != nil, workers > 1, cohorts.count <= Self.mostTasks * workers {
      for cohort in cohorts where cohort.refitsAsOne && !found.contains(cohort.solver) {
        found.append(cohort.solver)
      }
    }
    solvers = found
  }

  /// The refits of a solver's likely winners by point; none where there is nothing to guess by, where no
  /// fold is open any more, or where the guess turns out wrong on the way.
  func records(
    _ solver: Solver, observer: SweepEngine.Observer, foldsAreOpen: @escaping @Sendable () -> Bool
  ) -> [Int: JobRecord] {
    guard let context, foldsAreOpen() else { return [:] }
    let points = observer.likelyWinners(solver, Self.pointLimit)
    guard !points.isEmpty else { return [:] }
    let outcome = Outcome()
    let fit = CohortFit(plan.spec, keepsCoefficients: true) {
      if observer.shouldStop() { return true }
      guard !foldsAreOpen() else { return false }
      // Now the winners are known.
      return outcome.isWrong {
        !observer.likelyWinners(solver, SelectionRule.allCases.count).allSatisfy(points.contains)
      }
    }
    guard let records = fit.records(points.map { plan.grid[$0] }, on: context, workers: 1) else {
      return [:]
    }
    return Dictionary(uniqueKeysWithValues: zip(points, records))
  }

  /// Whether a guess was wrong, found out once.
  private final class Outcome: Sendable {
    private let known = Mutex<Bool?>(nil)

    func isWrong(_ find: () -> Bool) -> Bool {
      known.withLock { known in
        if known == nil { known = find() }
        return known == true
      }
    }
  }
}

extension Cohort {
  /// Whether a refit takes long, and several points take as long as one.
  fileprivate var refitsAsOne: Bool {
    switch solver {
    case .sgd, .gd, .projectedGD, .minNorm: true
    case .normal, .newton: false
    }
  }
}
