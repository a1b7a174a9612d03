/// The columns of `curve.csv`.
package enum CurveColumn: String, ResultField {
  case point, axes
  case lambdaMean = "lambda_mean"
  case status, folds, measures
  case weightNorm = "weight_norm"
  case effectiveDF = "effective_df"
  case selected

  package static let file = ResultFile(
    "curve.csv", "One row for each point: its errors in the mean over folds and repeats.")

  package var declaration: FieldDeclaration {
    switch self {
    case .point: .point
    case .axes: .axes
    case .lambdaMean: .lambdaMean
    case .status: .status
    case .folds:
      FieldDeclaration(.count, "How many fits the means are over: folds × repeats.", example: "5")
    case .measures:
      FieldDeclaration(
        .measures(Part.allCases, hasErrors: true),
        "The mean of metric M over folds on training, validation and, where there are any, test "
          + "rows, and its standard error: the standard deviation, with divisor folds − 1, by √folds.",
        emptyWhen: "a fold has no value, a standard error also with one fold", example: "2892.5")
    case .weightNorm: .weightNorm
    case .effectiveDF: .effectiveDF
    case .selected:
      FieldDeclaration(
        .rules, "The rules by which the point wins within its solver.", emptyWhen: "none does",
        example: "min one_standard_error")
    }
  }
}
