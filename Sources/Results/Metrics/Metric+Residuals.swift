/// The metrics of residuals y − ŷ.
extension Metric {
  package static let mse = Metric(
    "mse", title: "mean squared error", target: .number, otherNames: ["meansquarederror"],
    means: .square
  ) { mean, _ in mean(.square) }

  package static let halfMSE = Metric(
    "half_mse", title: "half the mean squared error", target: .number, means: .square
  ) { mean, _ in 0.5 * mean(.square) }

  package static let rmse = Metric(
    "rmse", title: "root mean squared error", target: .number, means: .square
  ) { mean, _ in mean(.square).squareRoot() }

  package static let mae = Metric(
    "mae", title: "mean absolute error", target: .number, otherNames: ["meanabsoluteerror"],
    means: .absolute
  ) { mean, _ in mean(.absolute) }

  /// 1 − Σ (y − ŷ)²/Σ (y − ȳ)²
  package static let r2 = Metric(
    "r2", title: "R²", target: .number, largerIsBetter: true, bounds: -.infinity...1,
    needsVariedTarget: true, otherNames: ["rsquared"], means: .square
  ) { mean, rows in
    rows.targetVariation > 0
      ? 1 - mean(.square) * rows.weight / rows.targetVariation : .nan
  }
}
