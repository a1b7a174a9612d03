/// The columns of `predictions.csv`.
package enum PredictionColumn: String, ResultField {
  case set, row
  case repeatIndex = "repeat"
  case fold, point, target, prediction, probability

  package static let file = ResultFile(
    "predictions.csv", "One row for each point that a rule selects, fold and validation row.",
    need: .output)

  package var declaration: FieldDeclaration {
    switch self {
    case .set:
      FieldDeclaration(
        .text("a name"), "The set whose file has the row.", example: "validation",
        condition: .fileSplit)
    case .row:
      FieldDeclaration(
        .count, "The row's place in its file, from 0; rows that are left out count.", example: "17")
    case .repeatIndex: .repeatIndex
    case .fold: .fold
    case .point: .point
    case .target:
      FieldDeclaration(
        .text("a number, or a class"), "What the row has.", unit: "target", example: "151")
    case .prediction:
      FieldDeclaration(
        .text("a number, or a class"), "What the fit without the row predicts; the likelier class.",
        unit: "target", example: "206.1")
    case .probability:
      FieldDeclaration(
        .number, "The probability of the last class.", example: "0.93", condition: .classes)
    }
  }
}
