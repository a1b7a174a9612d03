import Results
import Sweeping
import Tables
import Testing

struct SpecSchemaTests {
  private func schema() throws -> JSONNode { try JSONReader.node(Array(SpecSchema.text.utf8)) }

  /// The keys that the parser lists when it meets an unknown one in this text, which holds `?`
  /// where the unknown key goes.
  private func parserKeys(_ text: String) throws -> Set<String> {
    let text = text.replacing("?", with: "\"___________________________\": 0")
    let error = #expect(throws: SpecErrors.self) {
      try SpecReader.read(text: Array(text.utf8), path: "s.json")
    }
    for problem in error?.problems ?? [] {
      if case .unknownKey(let allowed, _) = problem.fault { return Set(allowed) }
    }
    return []
  }

  /// All keys under `properties` in the schema at a place, alternatives together.
  private func schemaKeys(_ place: [String]) throws -> Set<String> {
    let root = try schema()
    var nodes = [root]
    for step in place {
      nodes = nodes.flatMap { alternatives($0, root).compactMap { $0["properties"]?[step] } }
    }
    return Set(
      nodes.flatMap { alternatives($0, root) }
        .flatMap { $0["properties"]?.members?.map(\.key) ?? [] })
  }

  /// The schema itself, its alternatives and items, with references followed.
  private func alternatives(_ node: JSONNode, _ root: JSONNode) -> [JSONNode] {
    if let name = node["$ref"]?.string?.split(separator: "/").last.map(String.init) {
      return root["$defs"]?[name].map { alternatives($0, root) } ?? []
    }
    let inner = ["anyOf", "oneOf"].flatMap { node[$0]?.elements ?? [] }
    let items = node["items"].map { [$0] } ?? []
    return [node] + (inner + items).flatMap { alternatives($0, root) }
  }

  @Test(arguments: [
    ([], "{?}"), (["data"], #"{"data": {?}}"#),
    (["data", "npy"], #"{"data": {"npy": {?}}}"#),
    (["data", "synthetic"], #"{"data": {"synthetic": {?}}}"#),
    (["features"], #"{"features": {?}}"#), (["split"], #"{"split": {?}}"#),
    (["split", "files"], #"{"split": {"files": {?}}}"#), (["model"], #"{"model": {?}}"#),
    (["grid"], #"{"grid": {?}}"#), (["grid", "lambda"], #"{"grid": {"lambda": {?}}}"#),
    (["grid", "exclude"], #"{"grid": {"exclude": [{?}]}}"#),
    (["grid", "schedule"], #"{"grid": {"schedule": {?}}}"#),
    (["training"], #"{"training": {?}}"#), (["select"], #"{"select": {?}}"#),
    (["gates"], #"{"gates": [{?}]}"#), (["limits"], #"{"limits": {?}}"#),
    (
      ["gates", "max_increase"],
      #"{"gates": [{"metric": "train_mse", "against": "baseline", "max_increase": {?}}]}"#
    ),
  ])
  func theSchemaHasTheKeysOfTheParser(place: [String], text: String) throws {
    let keys = try parserKeys(text)
    #expect(!keys.isEmpty)
    #expect(try schemaKeys(place) == keys)
  }

  @Test func everyObjectOfTheSchemaIsClosed() throws {
    func check(_ node: JSONNode, path: String) {
      if node["type"]?.string == "object", node["properties"] != nil, !path.contains("then"),
        !path.contains("else")
      {
        #expect(node["additionalProperties"]?.bool == false, "\(path)")
      }
      for member in node.members ?? [] { check(member.node, path: path + "." + member.key) }
      for (index, element) in (node.elements ?? []).enumerated() {
        check(element, path: "\(path).\(index)")
      }
    }
    check(try schema(), path: "")
  }

  @Test func theStartingSpecIsReadAndHasPoints() throws {
    let text = try #require(StartingSpec.text(name: "demo"))
    let spec = try SpecReader.read(text: Array(text.utf8), path: "demo.json")
    #expect(spec.name == "demo")
    #expect(try Grid(spec).count == 58)
    #expect(StartingSpec.text(name: "../x") == nil)
  }
}
