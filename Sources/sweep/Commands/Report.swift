import Charts

struct ReportCommand: Command {
  static let declaration = CommandDeclaration(
    operands: [.folder], summary: "write a results folder as one HTML page",
    examples: [("sweep report results/ridge", "writes results/ridge/report.html")])

  private let file: ResultsToFile
  var common: CommonOptions { file.common }

  init(_ reader: OptionReader) throws(UsageError) { file = try ResultsToFile(reader) }

  func perform() throws -> ExitStatus { try file.write(.report, as: "report.html", report) }
}
