import Results
import Tables

/// The known name that somebody who wrote `word` most likely meant, or `nil` when none is near:
/// a slip of the hand, what another program or book calls the same thing, or a metric with or
/// without the set of rows that it is computed on.
package func likelyName(for word: String, among names: [String]) -> String? {
  let plain = word.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
  let meant = Metric.allCases.filter { $0.otherNames.contains(plain) }.map(\.rawValue)
  if let name = (meant + foreignNames[plain, default: []]).first(where: names.contains) {
    return name
  }
  for part in [Part.validation, .train, .test].map({ $0.rawValue + "_" }) {
    if names.contains(part + word) { return part + word }
    if word.hasPrefix(part), names.contains(String(word.dropFirst(part.count))) {
      return String(word.dropFirst(part.count))
    }
  }
  return nearestName(to: word, among: names)
}

/// Names of other programs and books, in lower case and without separators.
private let foreignNames: [String: [String]] = [
  "algorithm": ["solver"], "alpha": ["lambda"],
  "batch": ["batch_size"], "binary": ["logistic"], "binomial": ["logistic"],
  "cholesky": ["normal"], "classification": ["logistic"], "closedform": ["normal"],
  "coef": ["coefficients", "coefficient"], "coefs": ["coefficients", "coefficient"],
  "crossentropy": ["logistic"], "cv": ["k_fold"], "dataset": ["data"],
  "delim": ["delimiter"], "eta0": ["eta"], "fitintercept": ["intercept"], "folds": ["k_fold"],
  "gaussian": ["squared"], "geometric": ["logspace"], "geomspace": ["logspace"],
  "gradientdescent": ["gd"], "irls": ["newton"], "iterations": ["epochs"], "kfolds": ["k_fold"],
  "l2": ["lambda", "squared"], "label": ["target"], "lbfgs": ["newton"],
  "learningrate": ["eta"], "learningrateinit": ["eta"], "leastsquares": ["normal", "squared"],
  "linear": ["linspace", "squared"], "logit": ["logistic"], "loo": ["leave_one_out"],
  "lr": ["eta"], "maximum": ["max"], "maxiter": ["epochs"], "maxiterations": ["epochs"],
  "maxnorm": ["radius"],
  "method": ["solver"], "minibatch": ["batch_size"], "minimum": ["min"], "mse": ["squared"],
  "nepochs": ["epochs"], "newtoncg": ["newton"], "newtoncholesky": ["newton"],
  "nfolds": ["k_fold"], "normalize": ["standardize"], "nsplits": ["k_fold"], "num": ["count"],
  "number": ["count"], "ols": ["normal"], "onese": ["one_standard_error"],
  "1se": ["one_standard_error"], "optimizer": ["solver"], "penalty": ["lambda"],
  "pinv": ["min_norm"], "randomseed": ["seed"], "randomstate": ["seed"],
  "regression": ["squared"], "regularization": ["lambda"], "response": ["target"],
  "ridge": ["normal"], "scale": ["standardize"],
  "scoring": ["metrics"], "se": ["standard_errors"], "sep": ["delimiter"],
  "separator": ["delimiter"], "standardise": ["standardize"], "stepsize": ["eta"],
  "steps": ["count"], "svd": ["min_norm"], "testsize": ["test"], "tol": ["tolerance"],
  "validationsize": ["holdout"], "validationsplit": ["holdout"], "weightdecay": ["lambda"],
  "weights": ["coefficients"],
]

/// What is to be written for a key of another program that no key stands for by itself.
func remedy(for key: String, among names: [String]) -> String? {
  guard key == "C" || key == "c", names.contains("lambda") else { return nil }
  return "unknown key; the 'C' of other programs is 1/lambda with \"lambda_scale\": \"sum\" in "
    + "'model', and 1/(lambda × rows) without it: write \"lambda\""
}
