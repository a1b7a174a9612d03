import LinearModels
import ModelSelection
import Results

/// All records of a sweep, and what follows from them: a summary per point, the winners.
struct SweepResults: Sendable {
  let plan: SweepPlan
  /// By `plan.jobIndex`.
  private(set) var records: [JobRecord]
  let points: [PointSummary]
  /// Within each solver, in order of first appearance, the winner by each rule.
  let solvers: [(solver: Solver, winners: Winners)]
  let overall: Winners
  /// Where the grid ends.
  let edges: GridEdges
  let undefinedMetrics: UndefinedMetrics
  /// The cell `selected` of the points that have one: the rules by which they won within their solver.
  let selectionCells: [Int: String]

  struct Winners: Sendable {
    var min: Int?
    var oneStandardError: Int?

    subscript(rule: SelectionRule) -> Int? {
      rule == .min ? min : oneStandardError
    }
  }

  init(plan: SweepPlan, records: [JobRecord]) {
    precondition(records.count == plan.jobCount)
    self.plan = plan
    self.records = records
    undefinedMetrics = UndefinedMetrics(plan)
    let folds = plan.foldCount
    points = (0..<plan.grid.count).map { point in
      plan.summary(point, records[(point * folds)..<((point + 1) * folds)], folds: 0..<folds)
    }
    var members: [Solver: [Int]] = [:]
    var order: [Solver] = []
    for index in points.indices {
      let solver = plan.grid[index].solver
      if members[solver] == nil { order.append(solver) }
      members[solver, default: []].append(index)
    }
    let all = zip(points.indices, points).map { plan.candidate($0, $1) }
    func winners(_ members: [Int]) -> Winners {
      let candidates = plan.largestTrainSize(of: members).compactMap { all[$0] }
      func winner(_ rule: SelectionRule) -> Int? {
        plan.rules.contains(rule)
          ? rule.winner(
            among: candidates, largerIsBetter: plan.spec.selectionMetric.largerIsBetter) : nil
      }
      return Winners(min: winner(.min), oneStandardError: winner(.oneStandardError))
    }
    solvers = order.map { ($0, winners(members[$0, default: []])) }
    overall = winners(Array(points.indices))
    edges = GridEdges(plan.grid)
    var cells: [Int: String] = [:]
    for (_, winners) in solvers {
      for rule in SelectionRule.allCases {
        guard let point = winners[rule] else { continue }
        cells[point] = (cells[point].map { $0 + " " } ?? "") + rule.rawValue
      }
    }
    selectionCells = cells
  }

  /// The winner of the whole sweep by the rule that the spec asks for.
  var best: Int? { overall[plan.spec.selectionRule] }

  /// Every point that some rule selected, in order.
  var selectedPoints: [Int] {
    var selected: Set<Int> = []
    for winners in solvers.map(\.winners) + [overall] {
      for rule in SelectionRule.allCases { winners[rule].map { _ = selected.insert($0) } }
    }
    return selected.sorted()
  }

  /// The jobs of the selected points that have a result but no weights.
  var winningJobsWithoutWeights: [Int] {
    selectedPoints.flatMap { point in
      (0..<plan.foldCount).map { plan.jobIndex(point: point, fold: $0) }
    }
    .filter { records[$0].hasResult && records[$0].coefficients == nil }
  }

  /// Takes the records of some jobs that were fitted again; a job's numbers are the same each time.
  mutating func take(_ jobs: Set<Int>, from others: [JobRecord]) {
    for job in jobs { records[job] = others[job] }
  }

  func statusCounts() -> [(status: FitStatus, jobs: Int)] {
    var counts: [FitStatus: Int] = [:]
    for record in records { counts[record.status, default: 0] += 1 }
    return FitStatus.allCases.compactMap { status in counts[status].map { (status, $0) } }
  }
}

extension SweepPlan {
  /// A point over some of its folds.
  func summary(
    _ point: Int, _ records: ArraySlice<JobRecord>, folds: some Collection<Int>
  ) -> PointSummary {
    let metrics = MetricTable(partCount: parts.count, metricCount: spec.metrics.count) {
      part, metric in
      var values: [Double] = []
      values.reserveCapacity(records.count)
      for (index, fold) in zip(records.indices, folds) {
        let value = value(
          of: spec.metrics[metric], records[index].means, part, point: point, fold: fold)
        guard value.isFinite else { return nil }
        values.append(value)
      }
      guard let summary = Summary(values), summary.mean.isFinite else { return nil }
      let error = summary.standardError.flatMap { $0.isFinite ? $0 : nil }
      return Summary(mean: summary.mean, standardError: error)
    }
    return PointSummary(records, metrics: metrics)
  }

  /// A point's training and validation values of the metric that is selected on.
  func selectionValues(_ summary: PointSummary) -> (training: Summary?, validation: Summary?) {
    let metric = spec.metrics.firstIndex(of: spec.selectionMetric) ?? 0
    return (summary.metrics[.train, metric], summary.metrics[.validation, metric])
  }

  /// The rules that say something about this many folds.
  var rules: [SelectionRule] {
    SelectionRule.allCases.filter { $0.applies(toFoldCount: foldCount) }
  }

  /// Those of some points that train on the most rows. No rule chooses among training sizes: more rows are
  /// better, and a smaller set is in the grid to show how much.
  func largestTrainSize(of points: [Int]) -> [Int] {
    let counts = Dictionary(
      uniqueKeysWithValues: Set(slices.map(\.trainSize)).map {
        ($0, trainingRowCount(0, trainSize: $0))
      })
    guard counts.count > 1 else { return points }
    let most = points.compactMap { counts[grid[$0].trainSize] }.max()
    return points.filter { counts[grid[$0].trainSize] == most }
  }

  /// A point as one that may win, or `nil` where it can't.
  func candidate(_ index: Int, _ summary: PointSummary) -> Candidate? {
    guard summary.status == .ok, let validation = selectionValues(summary).validation
    else { return nil }
    let point = grid[index]
    return Candidate(
      point: index, validation: validation,
      regularization: point.radius.map { .radius($0) } ?? .lambda(point.lambda ?? 0),
      effectiveDegreesOfFreedom: summary.effectiveDegreesOfFreedom, degree: point.degree)
  }
}

/// One point over its folds.
struct PointSummary: Sendable {
  /// The worst of its jobs.
  let status: FitStatus
  let foldCount: Int
  let metrics: MetricTable
  let weightNorm: Double?
  let effectiveDegreesOfFreedom: Double?

  init(_ records: ArraySlice<JobRecord>, metrics: MetricTable) {
    self.metrics = metrics
    status = records.map(\.status).max { $0.severity < $1.severity } ?? .failed
    foldCount = records.count
    weightNorm = PointSummary.mean(records.map(\.weightNorm))
    effectiveDegreesOfFreedom = PointSummary.mean(records.map(\.effectiveDegreesOfFreedom))
  }

  private static func mean(_ values: [Double?]) -> Double? {
    let present = values.compactMap { $0 }
    return present.count == values.count ? Summary(present)?.mean : nil
  }
}

extension FitStatus {
  /// Which of two folds' outcomes a point is known by.
  fileprivate var severity: Int {
    switch self {
    case .ok: 0
    case .notConverged: 1
    case .diverged: 2
    case .singular: 3
    case .failed: 4
    }
  }
}
