import Foundation
import Platform
import Sweeping
import Testing

/// Promises 1, 3 and 4: what was done is kept, found again and never done twice.
struct EngineResumeTests {
  /// Whole training sets, whose jobs share moments, and parts of them, whose jobs do not.
  private static let grids = [
    #"{"solver": ["normal", "gd"], "eta": 0.01, "epochs": 2, "lambda": LAMBDAS}"#,
    #"""
    {"solver": ["normal", "gd"], "eta": 0.01, "epochs": 2, "lambda": LAMBDAS, "train_size": 60},
    {"solver": "sgd", "eta": 0.01, "epochs": 2, "batch_size": 8, "lambda": LAMBDAS,
     "train_size": [20, 60]}
    """#,
  ]

  private static func spec(
    _ lambdas: String, name: String = "s", grids: [String] = grids
  ) -> String {
    """
    {"name": "\(name)",
     "data": {"csv": "\(SweepFixture.shipped("diabetes.csv"))", "target": "progression",
              "features": ["bmi", "bp", "s5"]},
     "split": {"k_fold": 3},
     "grid": [\(grids.map { $0.replacing("LAMBDAS", with: lambdas) }.joined(separator: ", "))],
     "metrics": ["mse", "r2"], "outputs": ["coefficients", "history"]}
    """
  }

  private static let spec = spec("[0.01, 0.1, 1]")
  private static let jobs = 3 * 3 * 2 * 3

  private func freshTables(_ spec: String = spec) throws -> [String: String] {
    let fixture = try SweepFixture()
    try fixture.run(spec)
    return try fixture.tables()
  }

  @Test func `a second run does nothing and writes the same`() throws {
    let fixture = try SweepFixture()
    #expect(try fixture.run(Self.spec)?.reusedCount == 0)
    let expected = try fixture.tables()
    #expect(try fixture.run(Self.spec)?.reusedCount == Self.jobs)
    #expect(try fixture.tables() == expected)
    #expect(try fixture.jobsRun() == 0)
  }

  @Test func `a fresh start forgets`() throws {
    let fixture = try SweepFixture()
    try fixture.run(Self.spec)
    #expect(try fixture.run(Self.spec, startsFresh: true)?.reusedCount == 0)
  }

  /// Apart from the test below, whose release build ends Swift 6.3.1's optimiser with this in it.
  private func cutJournal(of fixture: SweepFixture, to fraction: Double) throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: fixture.path("out"))
    let journals = names.filter { $0.hasSuffix(".journal") }
    #expect(journals.count == 1)
    let path = fixture.path("out/" + (try #require(journals.first)))
    let bytes = try WholeFile.read(path)
    try WholeFile.write(Array(bytes.prefix(Int(Double(bytes.count) * fraction))), to: path)
  }

  @Test(arguments: [0.02, 0.4, 0.77, 0.999])
  func `a journal cut anywhere is resumed to the same bytes`(fraction: Double) throws {
    let fixture = try SweepFixture()
    try fixture.run(Self.spec)
    let expected = try fixture.tables()
    try cutJournal(of: fixture, to: fraction)
    for name in expected.keys {
      try FileManager.default.removeItem(atPath: fixture.path("out/" + name))
    }

    let reused = try #require(try fixture.run(Self.spec)).reusedCount
    // The refits of the winners come last, so a cut at the very end costs no job.
    let most = fraction > 0.9 ? Self.jobs : Self.jobs - 1
    let least = fraction < 0.1 ? 0 : 1
    #expect(reused <= most)
    #expect(reused >= least)
    #expect(try fixture.jobsRun() == Self.jobs - reused)
    #expect(try fixture.tables() == expected)
  }

  @Test func `a flipped byte costs the jobs that it hit and nothing else`() throws {
    let fixture = try SweepFixture()
    try fixture.run(Self.spec)
    let expected = try fixture.tables()
    let names = try FileManager.default.subpathsOfDirectory(atPath: fixture.path("out"))
    let name = try #require(names.first { $0.hasSuffix(".journal") })
    let journal = URL(fileURLWithPath: fixture.path("out/" + name))
    var bytes = try Data(contentsOf: journal)
    bytes[bytes.count / 2] ^= 0x10
    try bytes.write(to: journal)
    let reused = try #require(try fixture.run(Self.spec)).reusedCount
    #expect(reused == Self.jobs - 1)
    #expect(try fixture.tables() == expected)
  }

  @Test func `an extended grid fits only what is new`() throws {
    let fixture = try SweepFixture()
    try fixture.run(Self.spec)
    let extended = Self.spec("[0.001, 0.01, 0.03, 0.1, 1]", name: "other")
    #expect(try fixture.run(extended)?.reusedCount == Self.jobs)
    var expected = try freshTables(extended)
    var found = try fixture.tables()
    #expect(found.removeValue(forKey: "best.json") == expected.removeValue(forKey: "best.json"))
    #expect(found == expected)
  }

  @Test func `a smaller grid in another order fits nothing`() throws {
    let fixture = try SweepFixture()
    try fixture.run(Self.spec)
    let smaller = Self.spec("[1, 0.01]")
    #expect(try fixture.run(smaller)?.reusedCount == Self.jobs * 2 / 3)
    #expect(try fixture.jobsRun() == 0)
    #expect(try fixture.tables() == freshTables(smaller))
  }

  @Test(arguments: [0, 1])
  func `a grid whose other part is done has the bytes of one run`(first: Int) throws {
    let fixture = try SweepFixture()
    try fixture.run(Self.spec("[0.01, 0.1, 1]", grids: [Self.grids[first]]))
    #expect(try #require(try fixture.run(Self.spec)).reusedCount > 0)
    #expect(try fixture.tables() == freshTables())
  }

  @Test func `three shards merged are one run`() throws {
    let fixture = try SweepFixture()
    for index in [2, 3, 1] {
      #expect(try fixture.run(Self.spec, shard: Shard(index, of: 3)) == nil)
      #expect(try fixture.tables().isEmpty)
    }
    let outcome = try fixture.merge(Self.spec)
    #expect(outcome.reusedCount == Self.jobs)
    #expect(try fixture.tables() == freshTables())
  }

  @Test func `a merge without a shard names it and writes nothing`() throws {
    let fixture = try SweepFixture()
    try fixture.run(Self.spec, shard: Shard(1, of: 3))
    try fixture.run(Self.spec, shard: Shard(3, of: 3))
    let error = #expect(throws: RunStop.self) { try fixture.merge(Self.spec) }
    guard case .incomplete(let done, Self.jobs, ["shard 2/3"]) = error else {
      Issue.record("found \(String(describing: error))")
      return
    }
    #expect(done > 0 && done < Self.jobs)
    #expect(try fixture.tables().isEmpty)
  }

  @Test func `a whole run goes on from what shards have done`() throws {
    let fixture = try SweepFixture()
    try fixture.run(Self.spec, shard: Shard(2, of: 4))
    let outcome = try #require(try fixture.run(Self.spec))
    #expect(outcome.reusedCount > 0 && outcome.reusedCount < Self.jobs)
    #expect(try fixture.tables() == freshTables())
  }
}
