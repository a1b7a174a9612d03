import Results
import Tables

/// What `run.json` says of the run, flattened: `seconds, fit` and `0.43`; the spec is left out.
func provenance(_ folder: ResultFolder) -> [(name: String, value: String)] {
  var entries: [(name: String, value: String)] = [("result folder", folder.path)]
  func visit(_ node: JSONNode, _ name: String) {
    switch node.value {
    case .object(let members):
      for member in members {
        let part = member.key.replacing("_", with: " ")
        visit(member.node, name.isEmpty ? part : "\(name), \(part)")
      }
    case .array(let elements):
      let values = elements.compactMap(text)
      if !values.isEmpty { entries.append((name, values.joined(separator: ", "))) }
    default:
      if let value = text(node) { entries.append((name, value)) }
    }
  }
  for member in folder.run?.members ?? [] where member.key != "spec" {
    visit(member.node, member.key.replacing("_", with: " "))
  }
  return entries
}

private func text(_ node: JSONNode) -> String? {
  switch node.value {
  case .string(let string): string
  case .number(let number): number.text
  case .bool(let bool): bool ? "yes" : "no"
  default: nil
  }
}
