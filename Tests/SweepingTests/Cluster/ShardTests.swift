import Sweeping
import TestSupport
import Testing

struct ShardTests {
  @Test(arguments: [
    ("1/1", 1, 1), ("2/3", 2, 3), ("3/3", 3, 3), ("007/010", 7, 10),
  ])
  func `I of N counts from 1`(text: String, index: Int, count: Int) throws {
    let shard = try #require(try Shard.resolve(flag: text, environment: [:]))
    #expect((shard.index, shard.count) == (index, count))
    #expect(Shard(label: shard.label) == shard)
  }

  @Test(arguments: [
    ("", ShardError.malformed(text: "")),
    ("2", .malformed(text: "2")),
    ("a/b", .malformed(text: "a/b")),
    ("1/2/3", .malformed(text: "1/2/3")),
    ("-1/2", .malformed(text: "-1/2")),
    ("1/99999999999999999999", .malformed(text: "1/99999999999999999999")),
    ("0/3", .outOfRange(text: "0/3", count: 3)),
    ("4/3", .outOfRange(text: "4/3", count: 3)),
    ("1/0", .outOfRange(text: "1/0", count: 0)),
    ("auto", .missing(variable: "SLURM_ARRAY_TASK_ID", flag: "auto")),
    ("auto/3", .missing(variable: "JOB_COMPLETION_INDEX", flag: "auto/3")),
  ])
  func `anything else says what is allowed`(text: String, error: ShardError) {
    #expect(throws: error) { try Shard.resolve(flag: text, environment: [:]) }
    #expect(error.description.contains(text))
  }

  @Test(arguments: [
    // A real Slurm sets all of these.
    (["ID": "2", "COUNT": "3", "MIN": "1", "MAX": "3", "STEP": "1"], "2/3"),
    (["ID": "0", "COUNT": "3", "MIN": "0", "MAX": "2", "STEP": "1"], "1/3"),
    (["ID": "2", "COUNT": "3", "MIN": "0", "MAX": "2", "STEP": "1"], "3/3"),
    (["ID": "14", "COUNT": "3", "MIN": "10", "MAX": "14", "STEP": "2"], "3/3"),
    (["ID": "1", "COUNT": "3"], "1/3"),
    (["ID": "3", "COUNT": "3"], "3/3"),
    (["ID": "0", "COUNT": "3"], "3/3"),
  ])
  func `a task of a Slurm array is a shard without a flag`(
    variables: [String: String], expected: String
  ) throws {
    let environment = Dictionary(
      uniqueKeysWithValues: variables.map { ("SLURM_ARRAY_TASK_" + $0, $1) })
    for flag in [nil, "auto"] {
      #expect(try Shard.resolve(flag: flag, environment: environment)?.description == expected)
    }
    #expect(try Shard.resolve(flag: "2/2", environment: environment)?.description == "2/2")
    #expect(try Shard.resolve(flag: "none", environment: environment) == nil)
  }

  @Test(arguments: [
    ["ID": "4", "COUNT": "3"],
    ["ID": "5", "COUNT": "3", "MIN": "1"],
    ["ID": "0", "COUNT": "3", "MIN": "1"],
    ["ID": "11", "COUNT": "3", "MIN": "10", "STEP": "2"],
    ["ID": "x", "COUNT": "3"],
    ["ID": "1", "COUNT": ""],
  ])
  func `a Slurm array with gaps is refused and never run in part`(variables: [String: String]) {
    let environment = Dictionary(
      uniqueKeysWithValues: variables.map { ("SLURM_ARRAY_TASK_" + $0, $1) })
    #expect(throws: ShardError.self) { try Shard.resolve(flag: nil, environment: environment) }
  }

  @Test func `without an array there is no shard`() throws {
    #expect(try Shard.resolve(flag: nil, environment: [:]) == nil)
    #expect(try Shard.resolve(flag: nil, environment: ["SLURM_ARRAY_TASK_ID": "1"]) == nil)
    #expect(try Shard.resolve(flag: nil, environment: ["JOB_COMPLETION_INDEX": "1"]) == nil)
  }

  @Test func `an indexed Kubernetes job counts from 0 and is told how many there are`() throws {
    let shards = try (0..<3).map {
      try Shard.resolve(flag: "auto/3", environment: ["JOB_COMPLETION_INDEX": "\($0)"])
    }
    #expect(shards.map { $0?.index } == [1, 2, 3])
    #expect(throws: ShardError.outOfRange(text: "4/3", count: 3)) {
      try Shard.resolve(flag: "auto/3", environment: ["JOB_COMPLETION_INDEX": "3"])
    }
  }

  @Test(arguments: ["run", "shard-0-of-2", "shard-3-of-2", "shard-1-of-02", "shard-1-of", ""])
  func `other labels are no shards`(label: String) {
    #expect(Shard(label: label) == nil)
  }
}

struct ShardPlanTests {
  @Test func `costs by hand`() {
    // 7 5 | 6 4 | then 3 to the lower of the equal... loads 7, 6, 5 → 4 to the third, 3 to the second.
    #expect(ShardPlan.assign(costs: [5, 3, 7, 6, 4], count: 3) == [2, 1, 0, 1, 2])
    #expect(ShardPlan.assign(costs: [1, 1, 1, 1], count: 2) == [0, 1, 0, 1])
    #expect(ShardPlan.assign(costs: [0, 0, 0], count: 2) == [0, 1, 0])
    #expect(ShardPlan.assign(costs: [], count: 4) == [])
    #expect(ShardPlan.assign(costs: [.nan, -1, .infinity], count: 1) == [0, 0, 0])
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `no shard has more than the mean plus one cohort`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let costs = (0..<Int.random(in: 1...200, using: &generator)).map { _ in
      Double.random(in: 0...100, using: &generator)
    }
    let count = Int.random(in: 1...16, using: &generator)
    let plan = ShardPlan.assign(costs: costs, count: count)
    #expect(plan.count == costs.count && plan.allSatisfy((0..<count).contains))
    var loads = [Double](repeating: 0, count: count)
    for (cohort, shard) in plan.enumerated() { loads[shard] += costs[cohort] }
    // Greedy: a shard got its last cohort when it had least, which was at most the mean.
    let mean = costs.reduce(0, +) / Double(count)
    #expect((loads.max() ?? 0) <= mean + (costs.max() ?? 0) + 1e-9)
    #expect(ShardPlan.assign(costs: costs, count: count) == plan)
  }
}
