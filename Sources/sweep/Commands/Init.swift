import Platform
import Sweeping
import Tables

/// Writes NAME.json in the working folder and the schema that it names, never over a file that is
/// there.
struct InitCommand: Command {
  static let declaration = CommandDeclaration(
    operands: [Operand(name: "NAME", kind: .text)],
    summary: "write a spec to start from, NAME.json",
    details: """
      The spec runs as it is; its description says how to go on. For editors that complete and
      explain keys, sweep.schema.json is written beside it unless it is there.
      """,
    examples: [("sweep init demo && sweep run demo.json", "the first minute")])

  let name: String
  let common: CommonOptions

  init(_ reader: OptionReader) throws(UsageError) {
    name = try reader.takeOperands()[0]
    common = try reader.common()
  }

  func perform() throws -> ExitStatus {
    // Both `init demo` and `init demo.json` mean demo.json.
    let stem = name.hasSuffix(".json") ? String(name.dropLast(5)) : name
    guard let text = StartingSpec.text(name: stem) else {
      throw UsageError.badOperand(
        found: name, allowed: "a name of letters, digits, '.', '_' and '-'", nearest: nil)
    }
    let path = stem + ".json"
    if Folder.hasFile(path) {
      throw Failure(.writingFailed, "\(path): there is such a file already, it is left as it is")
    }
    try WholeFile.write(text, to: path)
    let schema = StartingSpec.schemaFile
    if !Folder.hasFile(schema) { try WholeFile.write(SpecSchema.text, to: schema) }
    switch common.format {
    case .json:
      try Terminal.print(
        JSONText.encode(["schema_version": 1, "command": "init", "spec": .string(path)]))
    case .text, .github: try Terminal.print("wrote \(path); next: sweep run \(path)\n")
    }
    return .done
  }
}
