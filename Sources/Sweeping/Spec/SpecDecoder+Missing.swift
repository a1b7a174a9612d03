import Datasets
import Tables

extension SpecDecoder {
  /// A policy for all columns, or an object of policies by column.
  mutating func decodeMissing(_ field: SpecField?, target: String?) -> MissingRules {
    guard let field else { return .error }
    guard let members = field.node.members else {
      if let policy = field.node.string.flatMap({ MissingRules.Policy(rawValue: $0) }) {
        return MissingRules(policy)
      }
      let words = MissingRules.Policy.allCases.map(\.rawValue)
      mismatch(
        field, allowed: DataKey.missing.declaration.value.words,
        nearest: field.node.string.flatMap { likelyName(for: $0, among: words) })
      return .error
    }
    var rules = MissingRules.error
    for member in members {
      let entry = SpecField(node: member.node, path: "\(field.path).\(member.key)")
      guard let policy = word(entry, MissingRules.Policy.self) else { continue }
      if member.key == "*" {
        rules.rest = policy
      } else {
        rules.named.append(MissingRules.Named(member.key, policy))
      }
      if member.key == target, policy.fills {
        report(
          .conflict(
            "'\(member.key)' is the target, which is never filled; write \"drop_rows\" or \"error\""
          ),
          at: entry)
      }
    }
    return rules
  }

  /// Whether there are to be indicators, which only a mean or median has.
  mutating func decodeMissingIndicator(
    _ object: SpecObject<DataKey>, _ missing: MissingRules
  ) -> Bool {
    let isWanted = flag(.missingIndicator, of: object)
    if isWanted, let field = object[.missingIndicator],
      !([missing.rest] + missing.named.map(\.policy)).contains(where: { $0.statistic != nil })
    {
      remark(
        "makes no feature, as no column is filled by a mean or median",
        at: field.node.position, path: field.path)
    }
    return isWanted
  }
}
