import Datasets
import Platform
import Sweeping
import Tables

/// Writes NAME.json in the working folder and the schema that it names, never over a file that is
/// there.
struct InitCommand: Command {
  static let declaration = CommandDeclaration(
    operands: [Operand(name: "NAME", kind: .text)],
    summary: "write a spec to start from, NAME.json, for data of your own or made ones",
    details: """
      The spec runs as it is; its description says how to go on. With --csv and --target it is for
      a file of your own: all rows are read, and what is guessed of the columns is told, a line for
      each guess. For editors that complete and explain keys, sweep.schema.json is written beside
      it unless it is there.
      """,
    examples: [
      ("sweep init demo && sweep run demo.json", "the first minute"),
      (
        "sweep init mine --csv experiments/data/diabetes.csv --target progression",
        "for a file of your own"
      ),
    ])

  let name: String
  /// The file that the spec is for, if there is one.
  let csv: String?
  /// The column that it is to predict.
  let target: String?
  let common: CommonOptions

  init(_ reader: OptionReader) throws(UsageError) {
    name = try reader.takeOperands()[0]
    csv = try reader.path(.csv)
    target = try reader.path(.target)
    common = try reader.common()
  }

  func perform() throws -> ExitStatus {
    // Both `init demo` and `init demo.json` mean demo.json.
    let stem = name.hasSuffix(".json") ? String(name.dropLast(5)) : name
    guard let demo = StartingSpec.text(name: stem) else {
      throw UsageError.badOperand(
        found: name, allowed: "a name of letters, digits, '.', '_' and '-'", nearest: nil)
    }
    if csv == nil, target != nil { throw UsageError.optionWithout(.target, needed: .csv) }
    let path = stem + ".json"
    if Folder.hasFile(path) {
      throw Failure(.writingFailed, "\(path): there is such a file already, it is left as it is")
    }
    let guess = try csv.map { try self.guess(from: $0, name: stem) }
    try WholeFile.write(
      guess.map { JSONText.encode($0.document, style: .folded) } ?? demo, to: path)
    let schema = StartingSpec.schemaFile
    if !Folder.hasFile(schema) { try WholeFile.write(SpecSchema.text, to: schema) }
    let remarks = guess?.remarks ?? []
    switch common.format {
    case .json:
      var members: [JSONValue.Member] = [
        .init("schema_version", 1), .init("command", "init"), .init("spec", .string(path)),
      ]
      if guess != nil { members.append(.init("remarks", .array(remarks.map { .string($0) }))) }
      try Terminal.print(JSONText.encode(.object(members)))
    case .text, .github:
      remarks.forEach(common.log)
      try Terminal.print("wrote \(path); next: sweep run \(path)\n")
    }
    return .done
  }

  private func guess(from csv: String, name: String) throws -> SpecGuess {
    guard csv != "-" else {
      throw UsageError.badValue(
        option: OptionName.csv.rawValue, found: csv,
        allowed: "a file, as the spec names what is read again", nearest: nil)
    }
    Interruption.install()
    let survey = try TableSurvey(csv, target: target, workers: Processors.available)
    guard let target else {
      throw Failure(.usage, SpecGuess.needsTarget(survey), of: "sweep")
    }
    return try SpecGuess(name: name, survey, target: target)
  }
}
