import Charts
import Platform
import Sweeping
import Tables

func performPlot(_ options: PlotOptions) throws -> ExitStatus {
  let folder = try Failure.input(options.results)
  let path = options.output ?? options.results + "/curve.svg"
  try Folder.create(containing: path)
  try WholeFile.write(svg(folder), to: path)
  try options.common.printWritten(path, command: "plot")
  return .done
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
