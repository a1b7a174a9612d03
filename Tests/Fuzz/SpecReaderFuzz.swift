import Sweeping
import Tables

/// Spec files with and without `--set`, and JSON of any kind.
struct SpecFuzz: Reader {
  static let name = "spec"
  static let share = 16
  private let kept: [[UInt8]]
  private let tree: TreeMutation
  private let mutation: Mutation
  /// Changes that mean something, as `--set` takes them.
  private let overrides: [String]

  init(_ corpus: Corpus) throws {
    kept = try corpus.files("specs").map(\.bytes)
    tree = TreeMutation(kept)
    overrides = try corpus.lines("overrides.txt")
    let texts = tree.pieces.prefix(400).map { JSONText.encode(JSONValue($0), style: .compact) }
    mutation = Mutation(
      texts.filter { $0.utf8.count < 60 } + [
        "\"gates\": []", "null", "true", "[]", "{}", "\\ud83d", "\\ud83d\\ude00", "\\u0000",
        "[[[[[[",
        "// note\n", "/* note */", "/*", "'", "True", "NaN", "---\nname: x\n",
      ])
  }

  mutating func read(_ draw: inout Draw) throws -> Bool {
    var bytes = draw.pick(kept)
    if draw.chance(40) { bytes = tree(bytes, &draw) }
    if draw.chance(30) { mutation(&bytes, &draw, other: draw.pick(kept)) }
    var overrides: [SpecOverride] = []
    while draw.chance(30) {
      var argument = draw.pick(self.overrides)
      if draw.chance(20) {
        argument =
          draw.pick(["grid.0.eta", "a..b", "seed.x", "grid", "data.drop.0"]) + "="
          + String(decoding: draw.pick(mutation.tokens), as: UTF8.self)
      }
      if let override = SpecOverride(argument: argument) { overrides.append(override) }
    }
    let path = draw.chance(95) ? "dir/s.json" : draw.pick(["-", ".json", "a b.json", "dir/é.json"])
    func outcome() -> Result<SweepSpec, SpecErrors> {
      do throws(SpecErrors) {
        return .success(
          try SpecReader.read(text: bytes, path: path, overrides: overrides))
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
}
