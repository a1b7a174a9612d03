import Charts
import Platform
import Sweeping
import Tables

struct PlotCommand: Command {
  static let declaration = CommandDeclaration(
    operands: [.folder], summary: "draw the curves of a results folder as SVG",
    examples: [("sweep plot results/ridge --output ridge.svg", "training and validation curves")])

  let results: String
  /// `nil` means `curve.svg` in the results folder.
  let output: String?
  let common: CommonOptions

  init(_ reader: OptionReader) throws(UsageError) {
    results = try reader.takeOperands()[0]
    output = try reader.path(.output)
    common = try reader.common()
  }

  func perform() throws -> ExitStatus {
    let folder = try Failure.input(results)
    let path = output ?? results + "/curve.svg"
    try Folder.create(containing: path)
    try WholeFile.write(svg(folder), to: path)
    try common.printWritten(path, command: "plot")
    return .done
  }
}

extension CommonOptions {
  /// Says which file was written.
  func printWritten(_ path: String, command: String) throws {
    switch format {
    case .json:
      try Terminal.print(
        JSONText.encode([
          "schema_version": 1, "command": .string(command), "file": .string(path),
        ]))
    case .text, .github:
      if !isQuiet { try Terminal.show("wrote \(printable(path))\n") }
    }
  }
}
