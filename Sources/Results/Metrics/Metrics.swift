/// All metrics: those of numbers, from residuals y − ŷ, then those of two classes.
extension Metric {
  /// In the order in which messages list them.
  package static let allCases: [Metric] = [
    mse, halfMSE, rmse, mae, r2, logLoss, errorRate, auc, brier,
    balancedError, f1,
  ]

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
    needs: .variation, otherNames: ["rsquared"], means: .square
  ) { mean, rows in
    rows.targetVariation > 0
      ? 1 - mean(.square) * rows.weight / rows.targetVariation : .nan
  }

  package static let logLoss = Metric(
    "log_loss", title: "log loss", target: .classOfTwo, otherNames: ["crossentropy"],
    means: .logLoss
  ) { mean, _ in mean(.logLoss) }

  package static let errorRate = Metric(
    "error_rate", title: "error rate", target: .classOfTwo, bounds: 0...1,
    otherNames: ["accuracy"], means: .error
  ) { mean, _ in mean(.error) }

  /// The chance that a positive row scores above a negative one, ties counting half.
  package static let auc = Metric(
    "auc", title: "area under the ROC curve", target: .classOfTwo, largerIsBetter: true,
    bounds: 0...1, needs: .variation, otherNames: ["rocauc"], means: .concordance
  ) { mean, _ in mean(.concordance) }

  /// The mean of (p − y)² with p the probability of the positive class, y = 0 or 1 (Brier 1950).
  package static let brier = Metric(
    "brier", title: "Brier score", target: .classOfTwo, bounds: 0...1, otherNames: ["brierscore"],
    means: .brier
  ) { mean, _ in mean(.brier) }

  /// The mean over the classes of the share of their rows that are taken for the other one.
  package static let balancedError = Metric(
    "balanced_error", title: "balanced error", target: .classOfTwo, bounds: 0...1,
    needs: .variation, otherNames: ["balancedaccuracy"], means: .truePositive, .falsePositive
  ) { mean, rows in
    let positives = rows.positiveWeight / rows.weight
    let negatives = (rows.weight - rows.positiveWeight) / rows.weight
    return 0.5 * (1 - mean(.truePositive) / positives + mean(.falsePositive) / negatives)
  }

  /// 2 TP/(2 TP + FP + FN): no value where no row is positive and none is predicted so.
  package static let f1 = Metric(
    "f1", title: "F1 score", target: .classOfTwo, largerIsBetter: true, bounds: 0...1,
    needs: .positives, otherNames: ["fscore", "fmeasure"], means: .truePositive, .falsePositive
  ) { mean, rows in
    let truePositives = mean(.truePositive)
    let predicted = truePositives + mean(.falsePositive)
    return 2 * truePositives / (rows.positiveWeight / rows.weight + predicted)
  }
}

/// A mean over the rows of a set that a fit's predictions are summed up in. Metrics follow from such means,
/// and jobs keep them, so that a metric asked later need not be fitted for.
///
/// The numbers are places in journals: never changed and never given to another.
package enum RowMean: Int, CaseIterable, Sendable {
  /// Of (y − ŷ)².
  case square = 0
  /// Of |y − ŷ|.
  case absolute
  /// Of log(1 + e^(−yz)), y = ±1.
  case logLoss
  /// Of 1 where the class predicted is not the target's.
  case error
  /// Over the pairs of a positive and a negative row: of 1 where they are in order, ½ where they tie;
  /// `nan` where one of the classes is missing.
  case concordance
  /// Of (p − y)², y = 0 or 1.
  case brier
  /// Of 1 where a positive row is predicted to be one.
  case truePositive
  /// Of 1 where a negative row is predicted to be positive.
  case falsePositive
}
