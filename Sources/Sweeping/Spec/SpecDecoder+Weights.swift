import LinearModels
import ModelSelection
import Results
import Tables

extension SpecDecoder {
  /// The column of weights, which no other key may use.
  mutating func decodeWeightColumn(
    in object: SpecObject<DataKey>, target: String?
  ) -> String? {
    guard let field = object[.weightColumn], let column = text(.weightColumn, of: object) else {
      return nil
    }
    if let target, ExactText(column) == ExactText(target) {
      report(.conflict("'\(column)' is the target, so it cannot hold the weights"), at: field)
    }
    reject(object[.features], naming: [column], "holds the weights, so it cannot be a feature")
    reject(object[.drop], naming: [column], "holds the weights, so it cannot be dropped")
    return column
  }

  /// - Parameter loss: `nil` where it is not known.
  mutating func decodeClassWeight(_ field: SpecField?, loss: Loss?) -> ClassWeight? {
    guard let field, let found = classWeight(field) else { return nil }
    if let loss, loss.measures.target == .number {
      report(
        .conflict(
          "goes with a loss of classes, write \"loss\": \"\(Loss.logistic.rawValue)\" beside it"),
        at: field)
    }
    return found
  }

  private mutating func classWeight(_ field: SpecField) -> ClassWeight? {
    if let members = field.node.members, !members.isEmpty {
      return .given(
        ClassWeights(
          members: members.compactMap { member in
            number(
              SpecField(node: member.node, path: "\(field.path).\(member.key)"), in: .positive
            ).map { ClassWeights.Member(label: member.key, weight: $0) }
          }))
    }
    if field.node.string == ModelKey.balanced { return .balanced }
    mismatch(
      field, allowed: ModelKey.classWeight.declaration.value.words,
      nearest: field.node.string.flatMap { likelyName(for: $0, among: [ModelKey.balanced]) })
    return nil
  }
}
