import Sweeping
import Tables

func performPlan(_ options: RunOptions) throws -> ExitStatus {
  let (run, _) = try options.prepare { spec, output in
    guard !options.replaces else { return }
    do { try spec.checkOwner(of: output) } catch {
      options.common.log("run would refuse: \(error)")
    }
  }
  let report = try run.report()
  switch options.common.format {
  case .json: try Terminal.print(JSONText.encode(report.json))
  case .text, .github: try Terminal.show(report.text())
  }
  try run.checkMemory()
  return .done
}
