import LinearModels
import ModelSelection
import Results

extension SweepPlan {
  /// The points of a solver that lead by the folds on which all its points are done: the winners by each
  /// rule, then the others with the best means; only points that train side by side with the first.
  ///
  /// With all folds done they are the winners themselves.
  /// - Parameter records: by `jobIndex`, `nil` where a job is not done.
  /// - Returns: at most `limit` points; none as long as no fold is done.
  package func likelyWinners(_ solver: Solver, records: [JobRecord?], limit: Int) -> [Int] {
    let points = (0..<grid.count).filter { grid[$0].solver == solver }
    let done = (0..<foldCount).filter { fold in
      points.allSatisfy { records[jobIndex(point: $0, fold: fold)] != nil }
    }
    guard !done.isEmpty else { return [] }
    let candidates = largestTrainSize(of: points).compactMap { point in
      candidate(
        point,
        summary(
          point,
          done.compactMap { fold in
            records[jobIndex(point: point, fold: fold)].map { (fold, $0) }
          }))
    }
    let largerIsBetter = spec.selectionMetric.largerIsBetter
    let winners = rules.compactMap {
      $0.winner(among: candidates, largerIsBetter: largerIsBetter)
    }
    guard let first = winners.first.map({ CohortKind(grid[$0]) }) else { return [] }
    let sign = largerIsBetter ? -1.0 : 1.0
    let ranked = candidates.sorted {
      (sign * $0.validation.mean, $0.point) < (sign * $1.validation.mean, $1.point)
    }
    var likely: [Int] = []
    for point in winners + ranked.map(\.point)
    where CohortKind(grid[point]) == first && !likely.contains(point) {
      likely.append(point)
      if likely.count == limit { break }
    }
    return likely
  }
}
