import Foundation
import TestSupport
import Testing

/// Inputs and limits that would break a careless program: each a message and a documented exit status.
struct PressureTests {
  private let program: BuiltProgram
  private let folder: ScratchFolder

  init() throws {
    program = try BuiltProgram()
    folder = try ScratchFolder()
    try folder.write(
      "x,y\n" + (0..<40).map { "\($0 % 7),\($0 % 5)\n" }.joined(), to: "d.csv")
    try folder.write(spec(), to: "s.json")
  }

  private func spec(
    data: String = #"{"csv": "d.csv", "target": "y"}"#, split: String = #"{"k_fold": 2}"#,
    grid: String = #"{"solver": "normal", "lambda": [1, 2]}"#, outputs: String = "[]"
  ) -> String {
    #"{"data": \#(data), "split": \#(split), "grid": \#(grid), "outputs": \#(outputs)}"#
  }

  private func run(_ arguments: String..., limits: String? = nil) throws -> BuiltProgram.Outcome {
    try program.run(arguments, in: folder.url, limits: limits)
  }

  @Test(arguments: ["run", "plan", "check", "merge"])
  func `too few file handles are told first`(command: String) throws {
    #expect(try run("run", "s.json").exitStatus == 0)
    let outcome = try run(command, "s.json", limits: "ulimit -n 5")
    #expect(outcome.exitStatus == 74)
    #expect(outcome.errors.contains("too many open files: a sweep needs 8 more (ulimit -n)"))
  }

  /// What is asked for, and what the message says.
  static let tooLarge: [(data: String?, split: String?, grid: String?, message: String)] = [
    (nil, #"{"k_fold": 5, "repeats": 1000000000}"#, nil, "2 points × 5 folds × 1000000000 repeats"),
    (nil, #"{"k_fold": 1000000000}"#, nil, "2 points × 1000000000 folds"),
    (
      #"{"synthetic": {"rows": 100000, "features": 30000}}"#, nil, nil,
      "limits.max_memory_gb: the plan needs about"
    ),
    (
      #"{"synthetic": {"rows": 3000000000, "features": 1}}"#, nil, nil,
      "3000000000 rows are too many; at most 2147483647 can be used"
    ),
    (
      nil, nil,
      "["
        + Array(
          repeating: #"{"solver": "normal", "lambda": {"linspace": [0, 1], "count": 1000000}}"#,
          count: 30
        ).joined(separator: ", ") + "]",
      "values on the axes of its grids; make an axis shorter"
    ),
  ]

  @Test(arguments: tooLarge.indices)
  func `what is too large is refused from its size`(index: Int) throws {
    let (data, split, grid, message) = Self.tooLarge[index]
    let plain = #"{"csv": "d.csv", "target": "y"}"#
    try folder.write(
      spec(
        data: data ?? plain, split: split ?? #"{"k_fold": 2}"#,
        grid: grid ?? #"{"solver": "normal", "lambda": [1, 2]}"#), to: "s.json")
    // Half a gigabyte more than the program needs to start.
    let outcome = try run("run", "s.json", "--output", "out", limits: "ulimit -v 2000000")
    #expect(outcome.exitStatus == 65)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(try !folder.names.contains("out"))
  }

  @Test func `many levels are counted before they are columns`() throws {
    let rows = (0..<30_000).map { "level\($0),\($0 % 5)\n" }
    try folder.write("x,y\n" + rows.joined(), to: "d.csv")
    try folder.write(
      spec(data: #"{"csv": "d.csv", "target": "y", "categorical": ["x"]}"#), to: "s.json")
    let outcome = try run("run", "s.json", "--output", "out", limits: "ulimit -v 2000000")
    #expect(outcome.exitStatus == 65)
    #expect(outcome.errors.contains("limits.max_memory_gb: the plan needs about"))
  }

  @Test func `devices are no input`() throws {
    let asSpec = try run("run", "/dev/zero")
    #expect(asSpec.exitStatus == 66)
    #expect(asSpec.errors == "/dev/zero: cannot be read: it is no regular file\n")

    try folder.write(spec(data: #"{"csv": "/dev/zero", "target": "y"}"#), to: "zero.json")
    let asData = try run("run", "zero.json")
    #expect(asData.exitStatus == 66)
    #expect(
      asData.errors
        == "zero.json:1:18: data.csv: /dev/zero: cannot be read: it is a device; "
        + "a file or a pipe is needed\n")

    #expect(try run("run", "s.json", "--output", "out").exitStatus == 0)
    for name in ["curve.csv", "journal/run.0001.journal"] {
      let path = folder.url.path + "/out/" + name
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/zero")
    }
    let asCurve = try run("plot", "out")
    #expect(asCurve.exitStatus == 66)
    #expect(asCurve.errors.contains("curve.csv: cannot be read: it is no regular file"))
    let asJournal = try run("run", "s.json", "--output", "out")
    #expect(asJournal.exitStatus == 66)
    #expect(asJournal.errors.contains("run.0001.journal: cannot be read: it is no regular file"))
  }

  @Test(arguments: [".lock", "journal"])
  func `links in a folder are not written through`(name: String) throws {
    try folder.write("precious", to: "target/precious")
    try folder.write("", to: "out/x")
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.path + "/out/" + name,
      withDestinationPath: folder.url.path + (name == ".lock" ? "/target/precious" : "/target"))
    let outcome = try run("run", "s.json", "--output", "out")
    #expect(outcome.exitStatus == 74)
    #expect(outcome.errors.contains("out/\(name): cannot be written: it is a symbolic link"))
    #expect(try folder.text(of: "target/precious") == "precious")
    let target = folder.url.appendingPathComponent("target").path
    #expect(try FileManager.default.contentsOfDirectory(atPath: target) == ["precious"])
  }

  @Test func `a linked table is replaced, and its target stays`() throws {
    try folder.write("precious", to: "precious")
    try folder.write("", to: "out/x")
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.path + "/out/curve.csv",
      withDestinationPath: folder.url.path + "/precious")
    #expect(try run("run", "s.json", "--output", "out").exitStatus == 0)
    #expect(try folder.text(of: "precious") == "precious")
    #expect(try folder.text(of: "out/curve.csv").hasPrefix("point,"))
  }

  @Test func `a second merge fits nothing`() throws {
    for shard in ["1/2", "2/2"] {
      #expect(try run("run", "s.json", "--output", "out", "--shard", shard).exitStatus == 0)
    }
    #expect(try run("merge", "s.json", "--output", "out").exitStatus == 0)
    let journals = {
      try FileManager.default.contentsOfDirectory(
        atPath: self.folder.url.path + "/out/journal"
      ).sorted()
    }
    let names = try journals()
    #expect(names.contains("merge.0001.journal"))
    // Without anything to keep there is no second file.
    #expect(try run("merge", "s.json", "--output", "out").exitStatus == 0)
    #expect(try run("run", "s.json", "--output", "out").exitStatus == 0)
    #expect(try journals() == names)
  }

  @Test func `an output of any bytes keeps them`() throws {
    let outcome = try program.run(
      [], in: folder.url,
      limits: #"exec "$0" run s.json --output "$(printf 'o\377\376')" "#)
    #expect(outcome.exitStatus == 0)
    let found = try program.run([], in: folder.url, limits: #"exec ls "$(printf 'o\377\376')""#)
    #expect(found.output.contains("curve.csv"))
  }

  @Test func `Slurm that is not there is a usage error`() throws {
    let outcome = try program.run(
      ["slurm", "s.json", "--shards", "2", "--submit", "--output", "out"], in: folder.url,
      environment: ["PATH": "/nonexistent"])
    #expect(outcome.exitStatus == 64)
    #expect(outcome.errors == "sweep: sbatch is not in PATH: is this a Slurm login node?\n")
    #expect(try !folder.names.contains("out"))
  }

  @Test func `what a killed run left goes with the next`() throws {
    try folder.write("half", to: "out/.curve.csv.4194305-1a2b.tmp")
    #expect(try run("run", "s.json", "--output", "out").exitStatus == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/out")
    #expect(!names.contains { $0.hasSuffix(".tmp") })
  }

  @Test func `an error before the first job leaves no journal`() throws {
    try folder.write("", to: "out/best.json/x")
    #expect(try run("run", "s.json", "--output", "out").exitStatus == 74)
    let first = try FileManager.default.contentsOfDirectory(
      atPath: folder.url.path + "/out/journal")
    #expect(try run("run", "s.json", "--output", "out").exitStatus == 74)
    let second = try FileManager.default.contentsOfDirectory(
      atPath: folder.url.path + "/out/journal")
    #expect(first == second)
  }
}
