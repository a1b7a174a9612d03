import Tables

/// What the rows of a class count for in fits, beside their own weights.
package enum ClassWeight: Hashable, Sendable {
  /// Each class as much as any other.
  case balanced
  case given(ClassWeights)

  /// One text for one meaning, as keys on disk hold it.
  var canonicalText: String {
    switch self {
    case .balanced: "balanced"
    case .given(let weights):
      JSONText.encode(
        .object(weights.sorted.map { .init($0.label, .number($0.weight)) }), style: .compact)
    }
  }
}

/// Weights of classes by their labels as a spec writes them; a class without one has 1.
package struct ClassWeights: Hashable, Sendable {
  struct Member: Hashable {
    let label: String
    let weight: Double
  }
  let members: [Member]

  fileprivate var sorted: [Member] { members.sorted { ExactText($0.label) < ExactText($1.label) } }

  /// The weights of some classes, in their order.
  /// - Throws: for a label that is none of them, or that names one again.
  func factors(of classes: [ClassLabel], spec: SweepSpec) throws(SpecErrors) -> [Double] {
    var factors: [Double?] = classes.map { _ in nil }
    for member in members {
      let place = ModelKey.classWeight.path + "." + member.label
      guard let index = classes.firstIndex(where: { $0.isWritten(member.label) }) else {
        let names = quotedList(classes.map(\.name))
        throw spec.errors("is no class of the target, which has \(names)", at: place)
      }
      guard factors[index] == nil else {
        throw spec.errors("names the class \"\(classes[index].name)\" again", at: place)
      }
      factors[index] = member.weight
    }
    return factors.map { $0 ?? 1 }
  }
}

extension ClassLabel {
  /// Whether a key of an object names this class: 1.0 and 1 are one.
  fileprivate func isWritten(_ label: String) -> Bool {
    switch self {
    case .number(let number): Double(label) == number
    case .text(let text): ExactText(text) == ExactText(label)
    }
  }
}
