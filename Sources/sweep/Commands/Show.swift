import Platform
import Results
import Tables

/// Prints the points of a results folder as a table.
struct ShowCommand: Command {
  static let declaration = CommandDeclaration(
    operands: [.folder], summary: "print the points of a results folder as a table",
    details: """
      As text and Markdown: the hyperparameters that differ, the metric that is selected on, numbers
      with six digits. As CSV and JSON: all columns of curve.csv as they stand there.
      """,
    examples: [
      ("sweep show results/ridge --top 5", "the five best points, the best first"),
      ("sweep show results/ridge --solver normal --format csv", "those of one solver"),
      ("sweep show results/ridge --columns point,validation_r2", "two columns"),
    ])

  let results: String
  let request: PointListing.Request
  let format: PointListing.Format
  let common: CommonOptions

  init(_ reader: OptionReader) throws(UsageError) {
    results = try reader.takeOperands()[0]
    format = try reader.choice(.format, PointListing.Format.self) ?? .text
    var request = PointListing.Request()
    request.solver = try reader.path(.solver)
    request.columns = try reader.path(.columns).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    request.top = try reader.whole(.top)
    request.isLong = reader.has(.long)
    request.isForReader = format.isForReader
    self.request = request
    common = try reader.common()
  }

  func perform() throws -> ExitStatus {
    let (folder, cells) = try Failure.input(results, read: ResultFolder.readPoints)
    let listing = try PointListing(cells, metric: folder.metric, request: request)
    switch format {
    case .text: try Terminal.show(listing.text)
    case .markdown: try Terminal.print(listing.markdown)
    case .csv: try Terminal.print(listing.csv)
    case .json:
      try Terminal.print(
        JSONText.encode([
          "schema_version": 1, "command": "show", "name": .string(folder.name),
          "metric": .string(Measure(.validation, folder.metric).column), "rows": listing.json,
        ]))
    }
    return .done
  }
}
