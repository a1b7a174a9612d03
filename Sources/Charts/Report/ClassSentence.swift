import Results
import Tables

extension ResultFolder {
  /// Which class is which, for a model of two; `nil` for a regression.
  var classSentence: String? {
    guard let classes = best?["classes"]?.elements, classes.count == 2 else { return nil }
    let names = classes.map { $0.string ?? $0.number.map(shortest) ?? "" }
    return "A probability is that of class '\(names[1])', which is +1; '\(names[0])' is −1."
  }
}
