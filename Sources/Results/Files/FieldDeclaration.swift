/// All that there is to know of one column of a table, or of one member of a document, once: the header,
/// the writer, the reader, `sweep help tables` and docs/tables.md read it.
package struct FieldDeclaration: Sendable {
  package let value: FieldValue
  /// What it means.
  package let text: String
  package let unit: String?
  /// When a cell is empty, a member `null` or absent; `nil` for never.
  package let emptyWhen: String?
  /// As it stands in a file.
  package let example: String
  /// Without it there is no such column.
  package let condition: FieldCondition?

  package init(
    _ value: FieldValue, _ text: String, unit: String? = nil, emptyWhen: String? = nil,
    example: String, condition: FieldCondition? = nil
  ) {
    self.value = value
    self.text = text
    self.unit = unit
    self.emptyWhen = emptyWhen
    self.example = example
    self.condition = condition
  }
}

/// What a cell or a member holds.
package enum FieldValue: Sendable {
  /// A whole number from 0.
  case count
  case number
  /// How a fit ended.
  case status
  /// Rules of selection, with blanks between.
  case rules
  /// A text, or a member of a document, and what it is.
  case text(String)
  /// One column for each axis.
  case axes
  /// For each metric one column for each of these parts, as far as there are such rows; with its standard
  /// error behind.
  case measures([Part], hasErrors: Bool)
}

/// What a sweep has or has not, and a column with it.
package enum FieldCondition: Sendable {
  case fileSplit, classes

  package var text: String {
    switch self {
    case .fileSplit: "Only with `split.files`."
    case .classes: "Only of classes."
    }
  }
}

/// What of a sweep decides which columns its tables have.
package struct TableShape: Sendable {
  package let metrics: [String]
  package let parts: [Part]
  package let conditions: Set<FieldCondition>

  package init(metrics: [String], parts: [Part], conditions: Set<FieldCondition>) {
    self.metrics = metrics
    self.parts = parts
    self.conditions = conditions
  }
}

/// What several tables have a column of.
extension FieldDeclaration {
  static let point = FieldDeclaration(
    .count, "The point's place in the grid, the same in every table.", example: "7")
  static let repeatIndex = FieldDeclaration(
    .count, "Which time the rows were split, from 0.", example: "0")
  static let fold = FieldDeclaration(
    .count, "Which fold of the repeat was held out, from 0.", example: "4")
  static let axes = FieldDeclaration(
    .axes, "A column for each axis.", emptyWhen: "the point has none", example: "")
  static let lambdaMean = FieldDeclaration(
    .number,
    "The λ of the mean loss, whatever `model.lambda_scale` counts by; over folds the mean.",
    emptyWhen: "the point has no λ", example: "0.1")
  static let status = FieldDeclaration(
    .status, "How the fit ended; of a point its worst fold.", example: "ok")
  static let weightNorm = FieldDeclaration(
    .number, "The norm of the weights without the intercept, of the features as they are fitted.",
    emptyWhen: "a fit has no result", example: "96.97896318865392")
  static let effectiveDF = FieldDeclaration(
    .number,
    "The effective degrees of freedom, Σ μ/(μ + λ) over the eigenvalues μ; of `gd` those "
      + "of its last iterate.", emptyWhen: "the solver has none, as `sgd`", example: "7.6")
  static let objective = FieldDeclaration(
    .number, "Mean loss and penalty on the training rows.", emptyWhen: "the fit has no result",
    example: "1356.1")
}
