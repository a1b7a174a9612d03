import Platform
import Sweeping
import Tables

/// Writes NAME.json in the working folder and the schema that it names, never over a file that is
/// there.
func performInit(_ options: InitOptions) throws -> ExitStatus {
  // Both `init demo` and `init demo.json` mean demo.json.
  let name = options.name.hasSuffix(".json") ? String(options.name.dropLast(5)) : options.name
  guard let text = StartingSpec.text(name: name) else {
    throw UsageError.badOperand(
      found: options.name, allowed: "a name of letters, digits, '.', '_' and '-'", nearest: nil)
  }
  let path = name + ".json"
  if Folder.hasFile(path) {
    throw Failure(.writingFailed, "\(path): there is such a file already, it is left as it is")
  }
  try WholeFile.write(text, to: path)
  let schema = StartingSpec.schemaFile
  if !Folder.hasFile(schema) { try WholeFile.write(SpecSchema.text, to: schema) }
  switch options.common.format {
  case .json:
    try Terminal.print(
      JSONText.encode(["schema_version": 1, "command": "init", "spec": .string(path)]))
  case .text, .github: try Terminal.print("wrote \(path); next: sweep run \(path)\n")
  }
  return .done
}
