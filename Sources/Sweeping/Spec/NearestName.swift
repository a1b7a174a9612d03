import Results
import Tables

/// The known name that somebody who wrote `word` most likely meant, or `nil` when none is near:
/// a slip of the hand, what another program or book calls the same thing, or a metric with or
/// without the set of rows that it is computed on.
package func likelyName(for word: String, among names: [String]) -> String? {
  let plain = word.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
  let meant = declaredNames[plain, default: []] + foreignNames[plain, default: []]
  if let name = meant.first(where: names.contains) { return name }
  for part in [Part.validation, .train, .test].map({ $0.rawValue + "_" }) {
    if names.contains(part + word) { return part + word }
    if word.hasPrefix(part), names.contains(String(word.dropFirst(part.count))) {
      return String(word.dropFirst(part.count))
    }
  }
  return nearestName(to: word, among: names)
}

/// Axes, solvers and metrics by what other programs and books call them.
private let declaredNames: [String: [String]] = {
  let names =
    Axis.allCases.map { ($0.rawValue, $0.otherNames) }
    + Solver.allCases.map { ($0.rawValue, $0.program.otherNames) }
    + Metric.allCases.map { ($0.rawValue, $0.otherNames) }
  var declared: [String: [String]] = [:]
  for (name, otherNames) in names {
    for synonym in otherNames { declared[synonym, default: []].append(name) }
  }
  return declared
}()

/// The same of all other words, in lower case and without separators.
private let foreignNames: [String: [String]] = [
  "binary": ["logistic"], "binomial": ["logistic"], "classification": ["logistic"],
  "coef": ["coefficients", "coefficient"], "coefs": ["coefficients", "coefficient"],
  "crossentropy": ["logistic"], "cv": ["k_fold"], "dataset": ["data"], "delim": ["delimiter"],
  "fitintercept": ["intercept"], "folds": ["k_fold"], "gaussian": ["squared"],
  "geometric": ["logspace"], "geomspace": ["logspace"], "kfolds": ["k_fold"], "l2": ["squared"],
  "label": ["target"], "leastsquares": ["squared"], "linear": ["linspace", "squared"],
  "logit": ["logistic"], "loo": ["leave_one_out"], "maximum": ["max"], "minimum": ["min"],
  "minfrequency": ["min_count"], "mse": ["squared"], "nfolds": ["k_fold"],
  "normalize": ["standardize"], "nsplits": ["k_fold"],
  "num": ["count"], "number": ["count"], "poslabel": ["positive"], "onese": ["one_standard_error"],
  "1se": ["one_standard_error"], "randomseed": ["seed"], "randomstate": ["seed"],
  "regression": ["squared"], "response": ["target"], "scale": ["standardize"],
  "scoring": ["metrics"], "se": ["standard_errors"], "sep": ["delimiter"],
  "separator": ["delimiter"], "standardise": ["standardize"], "steps": ["count"],
  "testsize": ["test"], "tol": ["tolerance"], "validationsize": ["holdout"],
  "validationsplit": ["holdout"], "weights": ["coefficients"],
]

/// What is to be written for a key of another program that no key stands for by itself.
func remedy(for key: String, among names: [String]) -> String? {
  guard key == "C" || key == "c", names.contains("lambda") else { return nil }
  return "unknown key; the 'C' of other programs is 1/lambda with \"lambda_scale\": \"sum\" in "
    + "'model', and 1/(lambda × rows) without it: write \"lambda\""
}
