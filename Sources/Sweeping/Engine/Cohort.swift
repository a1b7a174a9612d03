import LinearModels
import Results

/// Jobs that share a training set and all that their solver has them share: one task.
package struct Cohort: Sendable {
  let context: Int
  let kind: CohortKind
  /// Indices into the grid.
  package let points: [Int]
}

/// What makes points train side by side on one training set.
struct CohortKind: Hashable, Sendable {
  let solver: Solver
  /// The point's values on the solver's shared axes.
  private let shared: [AxisValue?]

  init(_ point: Point) {
    solver = point.solver
    shared = solver.program.sharedAxes.map { point[$0] }
  }
}

extension SweepPlan {
  /// Groups points by kind, in order of first appearance, and cuts the groups into whole blocks of lanes:
  /// several of them where they share something, such as the rows that are fetched.
  package func cohorts(of points: [Int], context: Int) -> [Cohort] {
    var kinds: [CohortKind] = []
    var members: [CohortKind: [Int]] = [:]
    for index in points {
      let kind = CohortKind(grid[index])
      if members[kind] == nil { kinds.append(kind) }
      members[kind, default: []].append(index)
    }
    return kinds.flatMap { kind in
      let whole = Cohort(context: context, kind: kind, points: members[kind, default: []])
      return whole.program.cohortWidth.map { whole.cut(every: $0) } ?? [whole]
    }
  }
}

extension Cohort {
  var program: any SolverProgram.Type { kind.solver.program }

  func cut(every count: Int) -> [Cohort] {
    stride(from: 0, to: points.count, by: count).map { start in
      Cohort(
        context: context, kind: kind,
        points: Array(points[start..<min(start + count, points.count)]))
    }
  }

  /// The same jobs as up to `count` tasks, where that makes each of them cheaper.
  fileprivate func split(into count: Int) -> [Cohort] {
    guard program.sharing == .byBlocks else { return [self] }
    let blocks = (points.count + Lanes.width - 1) / Lanes.width
    return cut(every: Lanes.width * max(1, (blocks + count - 1) / count))
  }

  /// A rough number of operations, to start the longest task first.
  func cost(in grid: Grid, rowCount: Int, featureCount: Int, loss: Loss) -> Double {
    program.operations(
      CohortSize(
        rowCount: rowCount, featureCount: featureCount, loss: loss, pointCount: points.count,
        epochs: grid[points[0]].epochs))
  }
}

/// Cohorts as tasks that keep all workers busy to the end: those that do not divide evenly among them use
/// all workers each, one after another, or are split.
struct BalancedTasks {
  /// One worker each.
  private(set) var single: [Cohort]
  /// All workers each.
  private(set) var shared: [Cohort] = []

  /// - Parameter others: tasks of another kind, for workers that have no cohort left.
  init(_ cohorts: [Cohort], others: Int = 0, workers: Int) {
    single = cohorts
    guard workers > 1 else { return }
    let rest = cohorts.suffix((cohorts.count + others) % workers)
    single = cohorts.dropLast(rest.count)
    for cohort in rest {
      if cohort.program.sharing == .withinFits {
        shared.append(cohort)
      } else {
        single += cohort.split(into: workers)
      }
    }
  }

  /// The tasks of one worker each, the longest first.
  ///
  /// Neighbours on one training set go together while they are small, so that what a finished task
  /// costs, such as a write to the journal, is paid once a millisecond and not once in sixteen tiny
  /// jobs; but four bundles are left for every worker.
  func bundles(workers: Int, cost: (Cohort) -> Double) -> [[Cohort]] {
    let costs = single.map(cost)
    let order = costs.indices.sorted { (-costs[$0], $0) < (-costs[$1], $1) }
    let jobCount = single.reduce(0) { $0 + $1.points.count }
    let (mostJobs, mostCost) = (min(256, jobCount / (4 * workers)), 1e6)
    var bundles: [[Cohort]] = []
    var (jobs, sum) = (0, 0.0)
    for index in order {
      let cohort = single[index]
      jobs += cohort.points.count
      sum += costs[index]
      if let last = bundles.last?.first, last.context == cohort.context, jobs <= mostJobs,
        sum <= mostCost
      {
        bundles[bundles.count - 1].append(cohort)
      } else {
        bundles.append([cohort])
        (jobs, sum) = (cohort.points.count, costs[index])
      }
    }
    return bundles
  }
}
