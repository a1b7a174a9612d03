import Foundation
import TestSupport
import Testing

/// Whose tables a folder holds, and that nobody writes over another's.
struct OutputOwnerTests {
  private let program: BuiltProgram
  private let folder: ScratchFolder

  init() throws {
    program = try BuiltProgram()
    folder = try ScratchFolder()
    try folder.write("x,y\n1,2\n2,3\n3,5\n4,4\n", to: "d.csv")
    try folder.write(spec, to: "s.json")
    #expect(try run("run", "s.json", "-q").exitStatus == 0)
  }

  private let spec = """
    {"name": "s", "data": {"csv": "d.csv", "target": "y"},
     "grid": {"solver": "normal", "lambda": [1, 2]}}
    """

  private func run(_ arguments: String...) throws -> BuiltProgram.Outcome {
    try program.run(arguments, in: folder.url)
  }

  @Test(arguments: [
    ["run", "s.json", "--set", "seed=2"], ["run", "other.json"], ["merge", "other.json"],
    ["run", "s.json", "--set", "seed=2", "--shard", "1/2"],
    ["slurm", "other.json", "--shards", "2"],
  ])
  func `another spec or other values are refused before anything is done`(
    arguments: [String]
  ) throws {
    try folder.write(spec, to: "other.json")
    let before = try folder.text(of: "results/s/run.json")
    let outcome = try program.run(arguments, in: folder.url)
    #expect(outcome.exitStatus == 64)
    #expect(outcome.errors.contains("--output"))
    #expect(outcome.errors.contains("--replace"))
    #expect(try folder.text(of: "results/s/run.json") == before)
  }

  @Test func `replace takes the folder over, and the first owner is refused then`() throws {
    #expect(try run("run", "s.json", "--set", "seed=2", "--replace", "-q").exitStatus == 0)
    #expect(try run("run", "s.json", "--set", "seed=2", "-q").exitStatus == 0)
    #expect(try run("run", "s.json", "-q").exitStatus == 64)
    #expect(try run("run", "s.json", "-q", "--output", "elsewhere").exitStatus == 0)
  }

  @Test func `editing the spec, or naming it another way, is no difference`() throws {
    try folder.write(spec.replacingOccurrences(of: "[1, 2]", with: "[1, 2, 3]"), to: "s.json")
    #expect(try run("run", "./s.json", "-q").exitStatus == 0)
    #expect(try run("run", folder.url.appendingPathComponent("s.json").path).exitStatus == 0)
  }

  @Test func `spec and results may be moved together`() throws {
    let moved = folder.url.appendingPathComponent("moved")
    try FileManager.default.createDirectory(at: moved, withIntermediateDirectories: false)
    for name in ["s.json", "d.csv", "results"] {
      try FileManager.default.moveItem(
        at: folder.url.appendingPathComponent(name), to: moved.appendingPathComponent(name))
    }
    #expect(try run("run", "moved/s.json", "-q", "-o", "moved/results/s").exitStatus == 0)
  }

  @Test func `a folder without run.json belongs to nobody`() throws {
    try FileManager.default.removeItem(
      at: folder.url.appendingPathComponent("results/s/run.json"))
    #expect(try run("run", "s.json", "--set", "seed=2", "-q").exitStatus == 0)
  }

  @Test func `a plan only tells`() throws {
    let outcome = try run("plan", "s.json", "--set", "seed=2")
    #expect(outcome.exitStatus == 0)
    #expect(outcome.errors.hasPrefix("sweep: run would refuse: results/s holds"))
  }
}
