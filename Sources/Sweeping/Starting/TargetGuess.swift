import Datasets
import LinearModels
import Tables

/// What the target seems to be: numbers, or two classes.
struct TargetGuess {
  let loss: Loss
  /// The classes, the one that counts as 1 last; none for numbers.
  let classes: [String]
  /// The class that counts as 1, as a spec names it; none of numbers, and of truth values.
  private(set) var positive: JSONValue?
  /// Rows of the rarer class.
  let rarerCount: Int
  /// How many values a target has that is a number but may be a class.
  private(set) var fewValues: Int?

  init(_ column: ColumnSurvey, name: String, path: String) throws(SpecGuessError) {
    let (numbers, texts) = (column.numbers.all, column.texts.all)
    guard column.presentCount > 0 else { throw .noValues(path: path, column: name) }
    if column.distinctCount == 1 {
      let value = texts.first?.value.text ?? numbers.first.map { shortest($0.value) }
      throw .oneValue(path: path, column: name, value: value ?? "")
    }
    if column.isNumeric {
      guard column.distinctCount == 2 else {
        (loss, classes, rarerCount) = (.squared, [], 0)
        if let count = column.distinctCount, count < 6, column.range.isWhole,
          5 * count <= column.presentCount
        {
          fewValues = count
        }
        return
      }
      loss = .logistic
      classes =
        numbers.isEmpty
        ? ["false", "true"] : numbers.map(\.value).sorted().map { shortest($0) }
      positive = numbers.map(\.value).max().map { .literal(shortest($0)) }
      rarerCount = (numbers.map(\.count) + texts.map(\.count)).min() ?? 0
      return
    }
    if column.numberCount > 0 {
      throw .mixed(
        path: path, column: name, numbers: column.numberCount,
        texts: texts.map(\.value.text), count: column.presentCount - column.numberCount)
    }
    guard column.distinctCount == 2 else {
      throw .manyTexts(
        path: path, column: name, texts: texts.map(\.value.text), count: column.distinctCount)
    }
    loss = .logistic
    classes = texts.map(\.value).sorted().map(\.text)
    positive = classes.last.map { .string($0) }
    rarerCount = texts.map(\.count).min() ?? 0
  }
}
