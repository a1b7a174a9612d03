import LinearModels

/// Jobs that share a training set, a solver, a batch size and a number of epochs: one task.
struct Cohort: Sendable {
  let context: Int
  let solver: Solver
  let batchSize: Int?
  let epochs: Int?
  /// Indices into the grid.
  let points: [Int]
}

/// What makes points train side by side on one training set.
struct CohortKind: Hashable, Sendable {
  let solver: Solver
  let batchSize: Int?
  let epochs: Int?

  init(_ point: Point) {
    solver = point.solver
    batchSize = point.batchSize
    epochs = point.epochs
  }
}

/// Groups points by kind, in order of first appearance, and cuts the groups into whole blocks of lanes.
///
/// - Parameter blockCount: how many blocks of lanes a stochastic cohort may have; they share the rows that
///   are fetched. The other solvers gain nothing from more than one.
func cohorts(
  of points: [Int], in grid: Grid, context: Int, blockCount: Int = 1
) -> [Cohort] {
  var kinds: [CohortKind] = []
  var members: [CohortKind: [Int]] = [:]
  for index in points {
    let kind = CohortKind(grid[index])
    if members[kind] == nil { kinds.append(kind) }
    members[kind, default: []].append(index)
  }
  return kinds.flatMap { kind in
    let points = members[kind, default: []]
    let width = Lanes.width * (kind.solver == .sgd ? blockCount : 1)
    return stride(from: 0, to: points.count, by: width).map { start in
      Cohort(
        context: context, solver: kind.solver, batchSize: kind.batchSize, epochs: kind.epochs,
        points: Array(points[start..<min(start + width, points.count)]))
    }
  }
}

extension Cohort {
  /// The same jobs, one block of lanes a task.
  var singleBlocks: [Cohort] {
    stride(from: 0, to: points.count, by: Lanes.width).map { start in
      Cohort(
        context: context, solver: solver, batchSize: batchSize, epochs: epochs,
        points: Array(points[start..<min(start + Lanes.width, points.count)]))
    }
  }

  /// A rough number of operations, to start the longest task first.
  func cost(rowCount: Int, featureCount: Int) -> Double {
    let (n, d) = (Double(rowCount), Double(featureCount))
    let passes = Double(epochs ?? 10)
    switch solver {
    case .normal: return d * d
    case .minNorm: return n * d * d
    case .newton: return passes * n * d * d * Double(points.count)
    case .sgd: return passes * n * d * Double((points.count + 15) / 16 * 16)
    case .gd, .projectedGD: return passes * d * 16 + d * d
    }
  }
}
