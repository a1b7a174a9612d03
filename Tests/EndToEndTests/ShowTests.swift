import Foundation
import TestSupport
import Testing

/// `sweep show` as a shell sees it.
struct ShowTests {
  private let program: BuiltProgram
  private let folder: ScratchFolder

  init() throws {
    program = try BuiltProgram()
    folder = try ScratchFolder()
    try folder.write("x,y\n1,2\n2,3\n3,5\n4,4\n5,9\n", to: "d.csv")
    try folder.write(
      """
      {"data": {"csv": "d.csv", "target": "y"}, "split": {"k_fold": 2}, "metrics": ["mse", "r2"],
       "grid": {"solver": "normal", "lambda": [0.1, 1, 10]}, "select": {"metric": "r2"}}
      """, to: "s.json")
    _ = try program.run(["run", "s.json", "-q"], in: folder.url)
  }

  private func show(_ arguments: String...) throws -> BuiltProgram.Outcome {
    try program.run(["show", "results/s"] + arguments, in: folder.url)
  }

  @Test func `CSV is the table of the folder`() throws {
    let outcome = try show("--format", "csv")
    #expect(outcome.exitStatus == 0)
    #expect(outcome.errors.isEmpty)
    #expect(try outcome.output == folder.text(of: "results/s/curve.csv"))
  }

  @Test func `the best point is the one that the sweep selected`() throws {
    let outcome = try show("--top", "1", "--format", "csv", "--columns", "point,selected")
    #expect(outcome.output.hasSuffix("min\n") || outcome.output.hasSuffix("one_standard_error\n"))
    let text = try show("--top", "1").output
    #expect(text.contains("validation_r2_se") && !text.contains("mse"))
  }

  @Test(
    arguments: [
      (["results/s", "--solver", "gd"], 64, "--solver: found 'gd', the table has normal"),
      (["results/s", "--columns", "point,"], 64, "--columns: found ''"),
      (["results/s", "--top", "0"], 64, "--top"),
      (["results/s", "--format", "xml"], 64, "csv, md"),
      (["results/none"], 66, "results/none: no such folder"), (["."], 66, "no such file"),
      (["d.csv"], 66, "no such folder"),
    ] as [([String], Int32, String)])
  func `what cannot be shown is told`(
    arguments: [String], status: Int32, message: String
  ) throws {
    let outcome = try program.run(["show"] + arguments, in: folder.url)
    #expect(outcome.exitStatus == status)
    #expect(outcome.errors.contains(message))
    #expect(outcome.output.isEmpty)
  }

  @Test func `a damaged table is told with its place`() throws {
    try folder.write("point,solver,status,validation_mse\n0,gd\n", to: "results/s/curve.csv")
    let outcome = try show()
    #expect(outcome.exitStatus == 65)
    #expect(outcome.errors.hasPrefix("results/s/curve.csv:2"))
  }
}
