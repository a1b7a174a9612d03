import Sweeping
import Tables

/// Spec files with and without `--set`, and JSON of any kind.
struct SpecFuzz: Reader {
  static let name = "spec"
  static let share = 16
  private let kept: [[UInt8]]
  /// Values of the kept specs and keys that they have, to put in other places.
  private let pieces: [JSONNode]
  private let mutation: Mutation

  init(_ corpus: Corpus) throws {
    kept = try corpus.files("specs").map(\.bytes)
    var pieces: [JSONNode] = []
    for bytes in kept { JSONReader.read(bytes).root?.collect(into: &pieces) }
    self.pieces = pieces
    let texts = pieces.prefix(400).map { JSONText.encode(JSONValue($0), style: .compact) }
    mutation = Mutation(
      texts.filter { $0.utf8.count < 60 } + [
        "\"gates\": []", "null", "true", "[]", "{}", "{\"logspace\": [1, 10], \"count\": 3}",
        "{\"range\": [0, 1, 0.1]}", "\"split\": {\"k_fold\": 5}", "\\ud83d", "\\u0000", "[[[[[[",
      ])
  }

  mutating func read(_ draw: inout Draw) throws -> Bool {
    var bytes = draw.pick(kept)
    if draw.chance(60), let root = JSONReader.read(bytes).root {
      bytes = Array(JSONText.encode(change(JSONValue(root), &draw)).utf8)
    }
    if draw.chance(40) { mutation(&bytes, &draw, other: draw.pick(kept)) }
    var overrides: [SpecOverride] = []
    while draw.chance(20) {
      let argument = String(decoding: draw.pick(mutation.tokens), as: UTF8.self)
      let path = draw.pick([
        "grid.lambda", "seed", "split.k_fold", "data.target", "grid.0.eta", "a..b",
      ])
      if let override = SpecOverride(argument: path + "=" + argument) { overrides.append(override) }
    }
    func outcome() -> Result<SweepSpec, SpecErrors> {
      do throws(SpecErrors) {
        return .success(
          try SpecReader.read(text: bytes, path: "dir/s.json", overrides: overrides))
      } catch {
        return .failure(error)
      }
    }
    switch (outcome(), outcome()) {
    case (.success(let one), .success(let two)):
      guard one.grids == two.grids, one.split == two.split, one.data == two.data else {
        throw Finding("one spec read in two ways")
      }
      return true
    case (.failure(let one), .failure(let two)):
      guard !one.description.isEmpty, one.description == two.description else {
        throw Finding("an error in two ways, or without a text: \(one)")
      }
      return false
    default: throw Finding("one spec both accepted and refused")
    }
  }

  /// A change somewhere in the tree: another value, a key left out, doubled or misspelt.
  private func change(_ value: JSONValue, _ draw: inout Draw) -> JSONValue {
    switch value {
    case .object(var members) where !members.isEmpty && draw.chance(85):
      let index = draw.below(members.count)
      switch draw.below(12) {
      case 0: members.remove(at: index)
      case 1: members.append(members[index])
      case 2: members[index].key += draw.pick(["s", "_", " ", "\u{1B}"])
      default: members[index].value = change(members[index].value, &draw)
      }
      return .object(members)
    case .array(var elements) where !elements.isEmpty && draw.chance(75):
      let index = draw.below(elements.count)
      switch draw.below(6) {
      case 0: elements.remove(at: index)
      case 1: elements.append(elements[index])
      default: elements[index] = change(elements[index], &draw)
      }
      return .array(elements)
    default: return JSONValue(draw.pick(pieces))
    }
  }
}

extension JSONNode {
  /// This value and all inside it.
  fileprivate func collect(into nodes: inout [JSONNode]) {
    nodes.append(self)
    switch value {
    case .object(let members): for member in members { member.node.collect(into: &nodes) }
    case .array(let elements): for element in elements { element.collect(into: &nodes) }
    default: break
    }
  }
}
