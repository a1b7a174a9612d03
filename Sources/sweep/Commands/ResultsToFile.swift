import Platform
import Results
import Tables

/// A results folder made into one file: what `plot` and `report` take.
struct ResultsToFile {
  let results: String
  /// `nil` means the file's usual name in the results folder.
  let output: String?
  let common: CommonOptions

  init(_ reader: OptionReader) throws(UsageError) {
    results = try reader.takeOperands()[0]
    output = try reader.path(.output)
    common = try reader.common()
  }

  /// Reads the folder, writes what is made of it, and says where.
  func write(
    _ command: CommandName, as name: String, _ make: (ResultFolder) -> String
  ) throws -> ExitStatus {
    let folder = try Failure.input(results, read: ResultFolder.read)
    let path = output ?? results + "/" + name
    try Folder.create(containing: path)
    try WholeFile.write(make(folder), to: path)
    switch common.format {
    case .json:
      try Terminal.print(
        JSONText.encode([
          "schema_version": 1, "command": .string(command.rawValue), "file": .string(path),
        ]))
    case .text, .github:
      if !common.isQuiet { try Terminal.show("wrote \(printable(path))\n") }
    }
    return .done
  }
}
