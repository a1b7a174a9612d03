import Charts
import Platform

func performReport(_ options: ReportOptions) throws -> ExitStatus {
  let folder = try Failure.input(options.results)
  let path = options.output ?? options.results + "/report.html"
  try Folder.create(containing: path)
  try WholeFile.write(report(folder), to: path)
  try options.common.printWritten(path, command: "report")
  return .done
}
