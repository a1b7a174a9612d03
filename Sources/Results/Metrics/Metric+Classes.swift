/// The metrics of two classes.
extension Metric {
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
    bounds: 0...1, needsVariedTarget: true, otherNames: ["rocauc"], means: .concordance
  ) { mean, _ in mean(.concordance) }
}
