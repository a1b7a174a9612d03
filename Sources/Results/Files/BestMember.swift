/// The members of `best.json`.
package enum BestMember: String, ResultField {
  case schemaVersion = "schema_version"
  case name, metric, rule, classes, selected, overall, solvers

  package static let file = ResultFile(
    "best.json", "The winners, fitted again on all training and validation rows.")

  package var declaration: FieldDeclaration {
    switch self {
    case .schemaVersion: .schemaVersion
    case .name: .name
    case .metric:
      FieldDeclaration(
        .text("a column of curve.csv"), "What the points are chosen by.",
        example: #""validation_mse""#)
    case .rule: FieldDeclaration(.rules, "How they are chosen.", example: #""min""#)
    case .classes:
      FieldDeclaration(
        .text("an array"), "The two classes in order; the last is +1.", example: "[0, 1]",
        condition: .classes)
    case .selected:
      FieldDeclaration(
        .text("a winner"), "The winner of the whole sweep by `rule`.",
        emptyWhen: "no point can win", example: #"{"point": 7}"#)
    case .overall:
      FieldDeclaration(
        .text("an object of winners"), "The winner of the whole sweep by each rule.",
        emptyWhen: "the rule has no winner", example: #"{"min": {"point": 7}}"#)
    case .solvers:
      FieldDeclaration(
        .text("an object of objects of winners"), "The same within each solver.",
        emptyWhen: "the rule has no winner", example: #"{"gd": {"min": {"point": 7}}}"#)
    }
  }
}

/// The members of a winner in `best.json`.
package enum WinnerMember: String, ResultField {
  case point, hyperparameters, metrics
  case atGridEdge = "at_grid_edge"
  case refitStatus = "refit_status"
  case coefficients
  case standardizedCoefficients = "standardized_coefficients"

  package static let file = ResultFile("a winner in best.json", "A point that a rule chose.")

  package var declaration: FieldDeclaration {
    switch self {
    case .point: .point
    case .hyperparameters:
      FieldDeclaration(
        .text("an object"), "What the point has on each of its axes.", example: #"{"lambda": 0.1}"#)
    case .metrics:
      FieldDeclaration(
        .text("an object of numbers"),
        "The means of the point's row of curve.csv, with `weight_norm` and `effective_df`.",
        emptyWhen: "the cell is empty", example: #"{"validation_mse": 2892.5}"#)
    case .atGridEdge:
      FieldDeclaration(
        .text("an array of axes"), "Where the point has the first or last value of the grid.",
        example: #"["lambda"]"#)
    case .refitStatus:
      FieldDeclaration(
        .status, "How the fit on all training and validation rows ended.",
        example: #""ok""#)
    case .coefficients:
      FieldDeclaration(
        .text("an object of numbers"), "The weights of that fit on the data's own scale.",
        emptyWhen: "it has no result", example: #"{"(intercept)": 152.1, "bmi": 5.6}"#)
    case .standardizedCoefficients:
      FieldDeclaration(
        .text("an object of numbers"),
        "The weights of that fit, of the features as they are fitted.",
        emptyWhen: "it has no result", example: #"{"(intercept)": 152.1, "bmi": 24.7}"#)
    }
  }
}

extension FieldDeclaration {
  static let schemaVersion = FieldDeclaration(
    .count, "Counts up when a member changes its meaning.", example: "1")
  static let name = FieldDeclaration(
    .text("a string"), "The experiment's name.", example: #""ridge""#)
}
