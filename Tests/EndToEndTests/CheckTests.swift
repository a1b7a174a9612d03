import Foundation
import TestSupport
import Testing

/// What `sweep check` leaves where a pipeline looks: status, stdout, JUnit, the page of the job.
struct CheckTests {
  private let program: BuiltProgram
  private let folder: ScratchFolder

  init() throws {
    program = try BuiltProgram()
    folder = try ScratchFolder()
    try folder.write("x,y\n1,2\n2,3\n3,5\n4,4\n5,9\n", to: "d.csv")
    try folder.write(
      """
      {"data": {"csv": "d.csv", "target": "y"}, "split": {"k_fold": 2},
       "grid": {"solver": "normal", "lambda": [1, 2]}}
      """, to: "s.json")
    _ = try program.run(["run", "s.json", "-q"], in: folder.url)
  }

  private func check(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> BuiltProgram.Outcome {
    try program.run(["check", "s.json"] + arguments, in: folder.url, environment: environment)
  }

  private let worse = ["--set", "split.k_fold=4"]

  @Test func `JUnit's folder is made`() throws {
    let outcome = try check(["--junit", "a/b/c.xml"])
    #expect(outcome.exitStatus == 0)
    #expect(try folder.text(of: "a/b/c.xml").contains("failures=\"0\" errors=\"0\""))
  }

  @Test(
    arguments: [
      (["--junit", "/dev/full"], [:], "/dev/full: cannot be written"),
      (["--junit", "d.csv/x.xml"], [:], "folder cannot be made"),
      ([], ["GITHUB_STEP_SUMMARY": "/dev/full"], "/dev/full: cannot be written"),
      ([], ["GITHUB_STEP_SUMMARY": "/no/such/folder/page"], "/no/such/folder/page: cannot be"),
    ] as [([String], [String: String], String)])
  func `a report that cannot be written hides no verdict`(
    arguments: [String], environment: [String: String], message: String
  ) throws {
    let good = try check(arguments, environment: environment)
    #expect(good.exitStatus == 74)
    #expect(good.output.contains("nothing moved"))
    #expect(good.errors.contains(message))
    let bad = try check(worse + arguments, environment: environment)
    #expect(bad.exitStatus == 2)
    #expect(bad.output.contains("checks failed"))
    #expect(bad.errors.contains(message))
  }

  @Test func `the page of the job keeps what others wrote`() throws {
    try folder.write("before\n", to: "page.md")
    let page = folder.url.appendingPathComponent("page.md").path
    for _ in 0..<2 { _ = try check([], environment: ["GITHUB_STEP_SUMMARY": page]) }
    let text = try folder.text(of: "page.md")
    #expect(text.hasPrefix("before\n"))
    #expect(text.components(separatedBy: "### ✅ sweep: s").count == 3)
  }

  @Test func `a missing baseline is an error in JUnit and an annotation too`() throws {
    let outcome = try check(["--baseline", "none", "--junit", "j.xml", "--format", "github"])
    #expect(outcome.exitStatus == 5)
    #expect(outcome.output.contains("::error file=s.json,line=1,title=s%3A a baseline::none/curve"))
    #expect(outcome.errors.hasPrefix("none/curve.csv: no such file"))
    #expect(try folder.text(of: "j.xml").contains("errors=\"1\""))
    let json = try check(["--baseline", "none", "--format", "json"])
    #expect(json.output == "")
    #expect(json.errors.hasPrefix("{\n  \"errors\": ["))
  }

  @Test func `no older report stands for a spec that is wrong`() throws {
    #expect(try check(["--junit", "j.xml"]).exitStatus == 0)
    #expect(try folder.text(of: "j.xml").contains("errors=\"0\""))
    #expect(try check(["--junit", "j.xml", "--set", "seed=-1"]).exitStatus == 65)
    #expect(try folder.text(of: "j.xml").contains("errors=\"1\""))
    #expect(try check(["--junit", "new/j.xml", "--set", "seed=-1"]).exitStatus == 65)
    #expect(try !folder.names.contains("new"))
  }

  @Test func `a spec that is wrong is annotated at its place`() throws {
    let outcome = try check(["--set", "seed=-1", "--format", "github"])
    #expect(outcome.exitStatus == 65)
    #expect(outcome.output.hasPrefix("::error file=s.json,title=sweep::--set seed: found -1"))
  }
}
