import Tables

/// Damage to JSON that leaves it JSON: another value, a key left out, doubled or misspelt.
struct TreeMutation {
  /// Values of the kept files, to put in other places.
  let pieces: [JSONNode]

  init(_ files: [[UInt8]]) {
    var pieces: [JSONNode] = []
    for bytes in files { JSONReader.read(bytes).root?.collect(into: &pieces) }
    self.pieces = pieces
  }

  func callAsFunction(_ bytes: [UInt8], _ draw: inout Draw) -> [UInt8] {
    guard let root = JSONReader.read(bytes).root else { return bytes }
    return Array(JSONText.encode(change(JSONValue(root), &draw)).utf8)
  }

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
