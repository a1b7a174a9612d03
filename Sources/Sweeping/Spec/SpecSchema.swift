import LinearModels
import ModelSelection
import Results
import Tables

/// JSON Schema (2020-12) of the spec, made of the declarations of its keys.
package enum SpecSchema {
  package static let text = JSONText.encode(root)

  private static let root: JSONValue = .object(
    [
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", "sweep experiment"),
      .init(
        "description", "A grid of hyperparameters for regularised linear models, and its data."),
    ] + members(SpecKey.schema) + [
      .init("allOf", .array(lossRules)),
      .init("$defs", ["grid": GridKey.schema, "schedule": ScheduleKey.schema]),
    ])

  // MARK: Pieces

  /// An object of the given keys and no others.
  /// - Parameter replacing: what is allowed of a key in this object alone.
  static func object<Key: SpecKeyword>(
    _ keys: [Key], required: [Key] = [], replacing: [Key: JSONValue] = [:]
  ) -> JSONValue {
    let properties = keys.map { key in
      JSONValue.Member(key.rawValue, property(key.declaration, replacing[key]))
    }
    let needs: [JSONValue.Member] =
      required.isEmpty ? [] : [.init("required", .array(required.map { .string($0.rawValue) }))]
    return .object(
      [.init("type", "object"), .init("properties", .object(properties))] + needs
        + [.init("additionalProperties", false)])
  }

  /// What is allowed, between the description and the default and the examples.
  private static func property(
    _ declaration: KeyDeclaration, _ replacement: JSONValue?
  ) -> JSONValue {
    let allowed = members(replacement ?? declaration.value.schema)
    var property = [JSONValue.Member("description", .string(declaration.description))] + allowed
    if let value = declaration.defaultValue { property.append(.init("default", value)) }
    if !allowed.contains(where: { $0.key == "examples" }) {
      property.append(.init("examples", .array(declaration.examples)))
    }
    return .object(property)
  }

  static func members(_ schema: JSONValue) -> [JSONValue.Member] {
    if case .object(let members) = schema { members } else { [] }
  }

  // MARK: Rules between keys

  /// Which metrics and solvers go with which loss.
  private static var lossRules: [JSONValue] {
    [
      Loss.allCases.dropFirst().reversed().reduce(rule(for: Loss.allCases[0])) { rest, loss in
        let isMeant: JSONValue = [
          "properties": [
            "model": [
              "properties": ["loss": ["const": .string(loss.rawValue)]], "required": ["loss"],
            ]
          ],
          "required": ["model"],
        ]
        return ["if": isMeant, "then": rule(for: loss), "else": rest]
      }
    ]
  }

  private static func rule(for loss: Loss) -> JSONValue {
    let metrics = words(loss.metrics)
    let solvers = words(Solver.allCases.filter { $0.objection(to: loss) == nil })
    let outputs = words(
      Output.allCases.filter {
        loss.followsFromMoments || $0.rawValue != SpectrumColumn.file.word
      })
    let grid: JSONValue = ["properties": ["solver": KeyValue.oneOrMore(solvers).schema]]
    let model: [JSONValue.Member] =
      loss.measures.target == .classOfTwo
      ? [] : [.init("model", ["properties": ["positive": false]])]
    let properties: JSONValue = [
      "metrics": ["items": metrics.schema],
      "select": ["properties": ["metric": metrics.schema]],
      "outputs": ["items": outputs.schema],
      "grid": [
        "anyOf": [
          ["type": "array", "items": grid],
          .object([.init("type", "object")] + members(grid)),
        ]
      ],
    ]
    return ["properties": .object(model + members(properties))]
  }

  private static func words<Word: RawRepresentable<String>>(_ words: [Word]) -> KeyValue {
    .words(words.map(\.rawValue))
  }
}
