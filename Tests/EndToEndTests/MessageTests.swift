import Foundation
import TestSupport
import Testing

/// How messages and results look to a terminal, a log and another program.
struct MessageTests {
  private let program: BuiltProgram
  private let folder: ScratchFolder

  init() throws {
    program = try BuiltProgram()
    folder = try ScratchFolder()
    try folder.write("x,y\n1,2\n2,3\n3,5\n4,4\n", to: "d.csv")
  }

  private func run(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> BuiltProgram.Outcome {
    try program.run(arguments, in: folder.url, environment: environment)
  }

  private func spec(_ change: String = "") -> String {
    """
    {"name": "s", "data": {"csv": "d.csv", "target": "y"}\(change),
     "grid": {"solver": "normal", "lambda": [1, 2]}}
    """
  }

  @Test(arguments: [
    (["run", "s.json"], #"["s.json", 1, 64, "seed", null]"#),
    (["run", "none.json"], #"["none.json", null, null, null, null]"#),
    (["run", "s.jso"], #"["s.jso", null, null, null, "s.json"]"#),
    (["runn", "s.json"], "[null, null, null, null, null]"),
    (
      ["run", "s.json", "--set", "seed=1", "--set", "data.target=\"Y\""],
      #"["d.csv", 1, null, null, "y"]"#
    ),
  ])
  func `errors are JSON on stderr`(arguments: [String], fields: String) throws {
    try folder.write(spec(#", "seed": -1"#), to: "s.json")
    let outcome = try program.run(arguments + ["--format", "json"], in: folder.url)
    #expect(outcome.exitStatus >= 64)
    #expect(outcome.output == "")
    let json = try JSONSerialization.jsonObject(with: Data(outcome.errors.utf8))
    let errors = try #require((json as? [String: Any])?["errors"] as? [[String: Any]])
    #expect(errors.count == 1)
    let found = ["file", "line", "column", "path", "suggestion"].map { errors[0][$0] ?? "absent" }
    let wanted = try JSONSerialization.jsonObject(with: Data(fields.utf8)) as? NSArray
    #expect(wanted == found as NSArray)
    #expect((errors[0]["message"] as? String)?.isEmpty == false)
  }

  @Test func `a message in JSON has all that its line has`() throws {
    try folder.write("x;y\n1,5;2\n2;3\n", to: "d.csv")
    try folder.write(spec(), to: "s.json")
    let line = try run("run", "s.json").errors
    let json = try run("run", "s.json", "--format", "json").errors
    #expect(line.hasSuffix("write \"delimiter\": \";\" and \"decimal\": \",\"\n"))
    let text = line.dropFirst("d.csv:1: ".count).dropLast().replacing("\"", with: "\\\"")
    #expect(json.contains("\"message\": \"\(text)\""))
  }

  @Test func `the lines of an error end with how many more there are`() throws {
    let wrong = (0..<150).map { "\"k\($0)\": 0" }.joined(separator: ", ")
    try folder.write(spec(", " + wrong), to: "s.json")
    let lines = try run("run", "s.json").errors.split(separator: "\n")
    #expect(lines.count == 101)
    #expect(lines.last == "… and 50 more errors")
  }

  @Test(arguments: ["C", "POSIX", "en_US.ISO-8859-1"])
  func `a locale without Unicode gets ASCII everywhere`(locale: String) throws {
    try folder.write(spec(#", "description": "déjà λ → vu""#), to: "s.json")
    for arguments in [
      ["run", "s.json"], ["plan", "s.json"], ["check", "s.json"],
      ["diff", "results/s", "results/s"],
      ["run", "é.json"], ["help", "run"], ["run", "s.json", "--set", "seed=-1é"],
    ] {
      let outcome = try program.run(arguments, in: folder.url, environment: ["LC_ALL": locale])
      #expect((outcome.output + outcome.errors).utf8.allSatisfy { $0 < 0x80 }, "\(arguments)")
    }
    #expect(try run("run", "s.json", environment: ["LC_ALL": "C.UTF-8"]).output.contains("é"))
  }

  @Test func `nothing from a file reaches the terminal or GitHub as a command`() throws {
    try folder.write(
      spec(#", "description": "a\n::error::boom\u001b[31m\u202e""#), to: "s.json")
    let commands = [
      ["run", "s.json"], ["run", "::error::x.json"], ["run", "a\n::error::b.json"],
      ["run", "s.json", "--set", "split.k_fold=\"\n::error::\u{1B}[2J\u{9B}\""],
      ["run", "s.json", "--set", "nope\n::error::=1"], ["\n::error::x"],
      ["run", "s.json", "-o", "a\n::stop-commands::x"], ["diff", "\n::error::a", "b"],
      ["plot", "results/s", "-o", "out\n::error::.svg"],
    ]
    for arguments in commands {
      let outcome = try program.run(arguments, in: folder.url)
      for line in (outcome.output + outcome.errors).split(separator: "\n") {
        #expect(!line.hasPrefix("::"), "\(arguments)")
        let bad = line.unicodeScalars.contains {
          $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E
        }
        #expect(!bad, "\(arguments): \(line)")
      }
    }
  }

  @Test func `the short version and an old option are understood`() throws {
    #expect(try run("-V").output == run("--version").output)
    try folder.write(spec(), to: "s.json")
    #expect(try run("run", "s.json", "--rerun", "failed", "-q").exitStatus == 0)
    #expect(try run("run", "s.json", "--fresh", "--rerun=failed", "-q").exitStatus == 0)
    #expect(try !run("help", "run").output.contains("rerun"))
  }

  @Test func `a spec may come from standard input`() throws {
    try folder.write(spec(), to: "s.json")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program.path)
    process.arguments = ["run", "-", "-q"]
    process.currentDirectoryURL = folder.url
    process.standardInput = try FileHandle(
      forReadingFrom: folder.url.appendingPathComponent("s.json"))
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try folder.text(of: "results/s/run.json").contains("\"spec_path\": \"-\""))
    #expect(try run("slurm", "-", "--shards", "2").exitStatus == 65)
  }

  @Test func `pictures and reports make their folders`() throws {
    try folder.write(spec(), to: "s.json")
    _ = try run("run", "s.json", "-q")
    #expect(try run("plot", "results/s", "-o", "new/a/p.svg").exitStatus == 0)
    #expect(try run("report", "results/s", "-o", "new/b/r.html").exitStatus == 0)
    #expect(try folder.text(of: "new/a/p.svg").contains("<svg"))
    #expect(try run("plot", "results/none", "-o", "other/p.svg").exitStatus == 66)
    #expect(try run("run", "s.json", "--set", "seed=-1", "-o", "other/s").exitStatus == 65)
    #expect(try run("run", "s.json", "--set", "data.csv=e.csv", "-o", "other/s").exitStatus == 66)
    #expect(try !folder.names.contains("other"))
  }
}
