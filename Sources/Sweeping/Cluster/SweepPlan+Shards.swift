import Datasets
import LinearModels
import ModelSelection

extension SweepPlan {
  /// The shard (from 0) of every job: whole blocks of lanes, costs as even as can be.
  func shardAssignment(_ count: Int) -> [Int] {
    var units: [(fold: Int, cohort: Cohort)] = []
    var costs: [Double] = []
    for fold in 0..<foldCount {
      for slice in slices {
        let rowCount = trainingRowCount(fold, trainSize: slice.trainSize)
        let whole = cohorts(of: slice.points, context: 0)
        for cohort in whole.flatMap({ $0.cut(every: Lanes.width) }) {
          units.append((fold, cohort))
          costs.append(
            cohort.cost(
              in: grid, rowCount: rowCount, featureCount: data.dataset.featureNames.count,
              loss: spec.loss))
        }
      }
    }
    let assigned = ShardPlan.assign(costs: costs, count: count)
    var shards = [Int](repeating: 0, count: jobCount)
    for (unit, shard) in zip(units, assigned) {
      for point in unit.cohort.points { shards[jobIndex(point: point, fold: unit.fold)] = shard }
    }
    return shards
  }
}
