import Sweeping
import Tables
import Testing

/// Every key of every object, as the reference tells it, against the reader and the schema.
struct SpecReferenceTests {
  private static let entries = SpecReference.sections.flatMap(\.entries)

  /// Gates that are whole but for one key.
  private static let gates = [
    "at": #""metric": "validation_mse", "max": 1"#, "min": #""metric": "validation_mse""#,
    "max": #""metric": "validation_mse""#,
    "against": #""metric": "validation_mse", "max_increase": {"relative": 1}"#,
    "max_increase": #""metric": "validation_mse", "against": "baseline""#,
    "max_decrease": #""metric": "validation_r2", "against": "baseline""#,
    "within_decades": #""best": "lambda""#,
  ]

  /// A spec that has what the key goes with, and the value of the key.
  private func spec(_ path: String, _ value: String) -> (text: String, override: SpecOverride) {
    let key = String(path.split(separator: ".").last ?? "")
    let member = "\"\(key)\": \(value)"
    let change = "\(Self.gates["max_increase"] ?? ""), \"max_increase\": {\(member)}"
    let override =
      if path.hasPrefix("grid.exclude.") {
        SpecOverride(path: "grid.exclude", value: "[{\(member)}]")
      } else if path.hasPrefix("gates.max_increase.") {
        SpecOverride(path: "gates", value: "[{\(change)}]")
      } else if path.hasPrefix("gates.") {
        SpecOverride(
          path: "gates", value: "[{\(Self.gates[key].map { $0 + ", " } ?? "")\(member)}]")
      } else {
        SpecOverride(path: path.replacing("AXIS", with: "lambda"), value: value)
      }
    let isOtherSource = ["libsvm", "npy", "synthetic"].contains { path.hasPrefix("data.\($0)") }
    let data = isOtherSource ? "" : #""csv": "d.csv", "target": "y""#
    let axis = key == "count" ? #"{"logspace": [1, 10]}"# : path.contains("AXIS") ? "{}" : "1"
    let text = """
      {"data": {\(data)}, "metrics": ["mse", "r2"], "grid": {"solver": "normal", "lambda": \(axis)}}
      """
    return (text, override)
  }

  /// The faults of type and range at the key or below it, and unknown keys anywhere.
  private func faults(_ path: String, _ value: String) -> [String] {
    let (text, override) = spec(path, value)
    do {
      _ = try SpecReader.read(text: Array(text.utf8), path: "s.json", overrides: [override])
      return []
    } catch {
      let key = path.split(separator: ".").last ?? ""
      return error.problems.filter { problem in
        switch problem.fault {
        case .unknownKey, .noSuchPlace: true
        case .mismatch: problem.path.split(separator: ".").contains(key)
        default: false
        }
      }.map { $0.text(in: "s.json") }
    }
  }

  @Test(arguments: entries)
  func `every example is read`(entry: SpecReference.Entry) {
    #expect(!entry.examples.isEmpty)
    for example in entry.examples { #expect(faults(entry.path, example) == []) }
  }

  @Test(arguments: entries.filter { $0.defaultValue != nil })
  func `every default is read`(entry: SpecReference.Entry) {
    #expect(faults(entry.path, entry.defaultValue ?? "") == [])
  }

  @Test(arguments: entries)
  func `a value of no type that the key has is refused`(entry: SpecReference.Entry) {
    // `null` stands for nothing.
    #expect(!faults(entry.path, "null").isEmpty)
  }

  @Test(arguments: entries)
  func `every key has a sentence, a type and a place in the page`(entry: SpecReference.Entry) {
    #expect(entry.text.hasSuffix("."))
    #expect(!entry.type.isEmpty)
    #expect(SpecReference.text.contains("- `\(entry.path)`: "))
  }

  @Test func `every property of the schema has a description and examples`() throws {
    func check(_ node: JSONNode, path: String) {
      for property in node["properties"]?.members ?? [] where !path.contains("allOf") {
        let place = "\(path).\(property.key)"
        #expect(property.node["description"]?.string?.isEmpty == false, "\(place)")
        #expect(property.node["examples"]?.elements?.isEmpty == false, "\(place)")
      }
      for member in node.members ?? [] where !["if", "then", "not"].contains(member.key) {
        check(member.node, path: "\(path).\(member.key)")
      }
      for element in node.elements ?? [] { check(element, path: path) }
    }
    check(try JSONReader.node(Array(SpecSchema.text.utf8)), path: "")
  }

  @Test func `the page has no line that a terminal breaks but for what cannot be broken`() {
    for line in SpecReference.text.split(separator: "\n") where line.count > 100 {
      #expect(line.contains("`"), "\(line)")
    }
  }
}
