import LinearModels

/// Up to sixteen jobs that share a training set, a solver, a batch size and a number of epochs: one task.
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

/// Groups points by kind, in order of first appearance, and cuts the groups into blocks of lanes.
func cohorts(of points: [Int], in grid: Grid, context: Int) -> [Cohort] {
  var kinds: [CohortKind] = []
  var members: [CohortKind: [Int]] = [:]
  for index in points {
    let kind = CohortKind(grid[index])
    if members[kind] == nil { kinds.append(kind) }
    members[kind, default: []].append(index)
  }
  return kinds.flatMap { kind in
    let points = members[kind, default: []]
    return stride(from: 0, to: points.count, by: Lanes.width).map { start in
      Cohort(
        context: context, solver: kind.solver, batchSize: kind.batchSize, epochs: kind.epochs,
        points: Array(points[start..<min(start + Lanes.width, points.count)]))
    }
  }
}

extension Cohort {
  /// A rough number of operations, to start the longest task first.
  func cost(rowCount: Int, featureCount: Int) -> Double {
    let (n, d) = (Double(rowCount), Double(featureCount))
    let passes = Double(epochs ?? 10)
    switch solver {
    case .normal: return d * d
    case .minNorm: return n * d * d
    case .newton: return passes * n * d * d * Double(points.count)
    case .sgd: return passes * n * d * 16
    case .gd, .projectedGD: return passes * d * 16 + d * d
    }
  }
}
