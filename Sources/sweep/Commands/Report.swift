import Charts
import Platform

struct ReportCommand: Command {
  static let declaration = CommandDeclaration(
    operands: [.folder], summary: "write a results folder as one HTML page",
    examples: [("sweep report results/ridge", "writes results/ridge/report.html")])

  let results: String
  /// `nil` means `report.html` in the results folder.
  let output: String?
  let common: CommonOptions

  init(_ reader: OptionReader) throws(UsageError) {
    results = try reader.takeOperands()[0]
    output = try reader.path(.output)
    common = try reader.common()
  }

  func perform() throws -> ExitStatus {
    let folder = try Failure.input(results)
    let path = output ?? results + "/report.html"
    try Folder.create(containing: path)
    try WholeFile.write(Charts.report(folder), to: path)
    try common.printWritten(path, command: "report")
    return .done
  }
}
