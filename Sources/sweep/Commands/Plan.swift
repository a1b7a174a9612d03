import Sweeping
import Tables

/// `sweep plan`, and `sweep run --dry-run`.
struct PlanCommand: Command {
  static let declaration = CommandDeclaration(
    operands: [.spec], summary: "say what 'run' would do: points, jobs, what is done, memory, time",
    examples: [("sweep plan experiments/ridge.json", "how much there is to do")])

  let run: RunCommand
  var common: CommonOptions { run.common }

  init(_ reader: OptionReader) throws(UsageError) { run = try RunCommand(reader) }

  func perform() throws -> ExitStatus {
    let (run, _) = try run.prepare { spec, output in
      guard !self.run.replaces else { return }
      do { try spec.checkOwner(of: output) } catch { common.log("run would refuse: \(error)") }
    }
    let report = try run.report()
    switch common.format {
    case .json: try Terminal.print(JSONText.encode(report.json))
    case .text, .github: try Terminal.show(report.text())
    }
    try run.checkMemory()
    return .done
  }
}
