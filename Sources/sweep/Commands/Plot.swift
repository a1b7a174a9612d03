import Charts

struct PlotCommand: Command {
  static let declaration = CommandDeclaration(
    operands: [.folder], summary: "draw the curves of a results folder as SVG",
    examples: [("sweep plot results/ridge --output ridge.svg", "training and validation curves")])

  private let file: ResultsToFile
  var common: CommonOptions { file.common }

  init(_ reader: OptionReader) throws(UsageError) { file = try ResultsToFile(reader) }

  func perform() throws -> ExitStatus { try file.write(.plot, as: "curve.svg", svg) }
}
