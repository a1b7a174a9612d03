import Results
import Tables

extension ResultFolder {
  /// Which class is which, for a model of two; `nil` for a regression.
  var classSentence: String? {
    guard let classes = best?["classes"]?.elements, classes.count == 2 else { return nil }
    return "A probability is that of class '\(className(classes[1]))', which is +1; "
      + "'\(className(classes[0]))' is −1."
  }
}

/// A class as the data has it, a number or a text.
///
/// Not inlined: Swift 6.3's optimiser stops with an ownership error on the two payloads in one closure.
@inline(never)
private func className(_ node: JSONNode) -> String {
  if let text = node.string { return text }
  return node.number.map { shortest($0) } ?? ""
}
