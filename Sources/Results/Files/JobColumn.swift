/// The columns of `jobs.csv`.
package enum JobColumn: String, ResultField {
  case point
  case repeatIndex = "repeat"
  case fold, axes
  case lambdaMean = "lambda_mean"
  case status
  case epochsRun = "epochs_run"
  case gradientNorm = "gradient_norm"
  case objective, measures
  case weightNorm = "weight_norm"
  case effectiveDF = "effective_df"
  case multiplier, message

  package static let file = ResultFile(
    "jobs.csv", "One row for each job, which is the fit of a point on a fold.")

  package var declaration: FieldDeclaration {
    switch self {
    case .point: .point
    case .repeatIndex: .repeatIndex
    case .fold: .fold
    case .axes: .axes
    case .lambdaMean: .lambdaMean
    case .status: .status
    case .epochsRun:
      FieldDeclaration(
        .count, "How many epochs, or steps of `newton`, the fit took.", unit: "epochs",
        emptyWhen: "the solver does not iterate", example: "100")
    case .gradientNorm:
      FieldDeclaration(
        .number, "The norm of the objective's gradient at the weights found.",
        emptyWhen: "the fit has no result", example: "4.0e-14")
    case .objective: .objective
    case .measures:
      FieldDeclaration(
        .measures(Part.allCases, hasErrors: false),
        "Metric M on training, validation and, where there are any, test rows.",
        emptyWhen: "the fit has no result, or the metric no value on these rows", example: "2618.2")
    case .weightNorm: .weightNorm
    case .effectiveDF: .effectiveDF
    case .multiplier:
      FieldDeclaration(
        .number,
        "The λ that would give the same weights without the ball of `projected_gd`; 0 inside it.",
        emptyWhen: "the solver has no ball", example: "0.03")
    case .message:
      FieldDeclaration(
        .text("a text"), "Why the fit is not ok, and what would help.",
        emptyWhen: "there is nothing to say",
        example: "use lambda > 0 or the solver min_norm")
    }
  }
}
