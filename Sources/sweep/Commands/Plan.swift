import Sweeping
import Tables

func performPlan(_ options: RunOptions) throws -> ExitStatus {
  let (run, _) = try options.prepare()
  let report = try run.report()
  switch options.common.format {
  case .json: try Terminal.print(JSONText.encode(report.json))
  case .text, .github: try Terminal.print(report.text())
  }
  try run.checkMemory()
  return .done
}
