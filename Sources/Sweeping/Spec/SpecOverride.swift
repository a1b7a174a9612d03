import Tables

/// A value given on the command line by `--set PATH=VALUE`, which replaces or adds one of the spec.
///
/// The path is keys and indices joined by dots: `grid.lambda`, `grid.0.epochs`, `split.k_fold`.
/// The value is JSON, or a plain string when it is not valid JSON: `--set model.loss=logistic`.
package struct SpecOverride: Hashable, Sendable {
  package let path: String
  package let value: String

  package init(path: String, value: String) {
    self.path = path
    self.value = value
  }

  /// Reads `PATH=VALUE`; `nil` without a `=` or with an empty path.
  package init?(argument: String) {
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
      return nil
    }
    self.init(
      path: String(argument[..<equals]), value: String(argument[argument.index(after: equals)...]))
  }

  /// The value as a node whose parts all stand at `position`.
  func node(at position: JSONPosition) -> JSONNode {
    let outcome = JSONReader.read(Array(value.utf8))
    guard let root = outcome.root, outcome.errors.isEmpty else {
      return JSONNode(.string(value), at: position)
    }
    return root.moved(to: position)
  }
}

extension JSONNode {
  /// The same value with every part at one position.
  fileprivate func moved(to position: JSONPosition) -> JSONNode {
    switch value {
    case .array(let elements):
      JSONNode(.array(elements.map { $0.moved(to: position) }), at: position)
    case .object(let members):
      JSONNode(
        .object(
          members.map {
            JSONMember(key: $0.key, keyPosition: position, node: $0.node.moved(to: position))
          }), at: position)
    case .null, .bool, .number, .string, .invalid:
      JSONNode(value, at: position)
    }
  }
}
