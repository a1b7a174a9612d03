/// All that the help, the completions and the messages know of a command.
package struct CommandDeclaration: Sendable {
  /// What stands after the command, in order.
  package var operands: [Operand] = []
  /// What may stand after the command but need not.
  var optionalOperand: Operand?
  let summary: String
  /// What is worth knowing beyond the options.
  var details: String?
  /// Command lines that work, each with what it does.
  let examples: [(line: String, effect: String)]
}

/// A word after a command.
package struct Operand: Sendable {
  /// Its name in the help.
  package let name: String
  package let kind: Kind

  package enum Kind: Sendable {
    case spec, folder, text
    case word([String])
  }

  static let spec = Operand(name: "SPEC", kind: .spec)
  static let folder = Operand(name: "DIR", kind: .folder)
}
