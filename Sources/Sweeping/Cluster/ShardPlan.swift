/// Which cohort goes to which shard.
package enum ShardPlan {
  /// Deals whole cohorts to `count` shards so that their costs are even; returns each cohort's
  /// shard, counted from 0.
  ///
  /// Longest processing time first (Graham 1969): the most expensive cohort that is left goes to
  /// the shard that has least so far. Of equal cohorts the earlier is first, of equal shards the
  /// lower one, so every process finds the same plan. No shard gets more than 4/3 − 1/(3·count)
  /// times what the best plan gives its largest.
  ///
  /// - Parameter costs: in any unit; one that is not a positive number counts as zero.
  /// - Complexity: O(cohorts × log(cohorts) + cohorts × count).
  package static func assign(costs: [Double], count: Int) -> [Int] {
    precondition(count >= 1)
    let costs = costs.map { $0.isFinite && $0 > 0 ? $0 : 0 }
    let longestFirst = costs.indices.sorted {
      costs[$0] != costs[$1] ? costs[$0] > costs[$1] : $0 < $1
    }
    var loads = [Double](repeating: 0, count: count)
    var cohortCounts = [Int](repeating: 0, count: count)
    var shards = [Int](repeating: 0, count: costs.count)
    for cohort in longestFirst {
      var least = 0
      for shard in 1..<count {
        // Cohorts that cost nothing are dealt evenly too.
        if (loads[shard], cohortCounts[shard]) < (loads[least], cohortCounts[least]) {
          least = shard
        }
      }
      shards[cohort] = least
      loads[least] += costs[cohort]
      cohortCounts[least] += 1
    }
    return shards
  }
}
