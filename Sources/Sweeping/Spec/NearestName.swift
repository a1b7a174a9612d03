import Tables

/// The known name that somebody who wrote `word` most likely meant, or `nil` when none is near:
/// a slip of the hand, or what another program or book calls the same thing.
package func likelyName(for word: String, among names: [String]) -> String? {
  let plain = word.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
  if let meant = foreignNames[plain], names.contains(meant) { return meant }
  return nearestName(to: word, among: names)
}

/// Names of other programs and books, in lower case and without separators.
private let foreignNames = [
  "accuracy": "error_rate", "algorithm": "solver", "alpha": "lambda", "batch": "batch_size",
  "cholesky": "normal", "closedform": "normal", "crossentropy": "log_loss", "cv": "k_fold",
  "dataset": "data", "delim": "delimiter", "fitintercept": "intercept", "folds": "k_fold",
  "gradientdescent": "gd", "iterations": "epochs", "kfolds": "k_fold", "l2": "lambda",
  "label": "target", "learningrate": "eta", "loo": "leave_one_out", "lr": "eta",
  "maxiter": "epochs", "maxiterations": "epochs", "maxnorm": "radius", "method": "solver",
  "minibatch": "batch_size", "normalize": "standardize", "ols": "normal",
  "onese": "one_standard_error",
  "1se": "one_standard_error", "optimizer": "solver", "penalty": "lambda", "pinv": "min_norm",
  "randomstate": "seed", "regularization": "lambda", "ridge": "normal", "rsquared": "r2",
  "scale": "standardize", "scoring": "metrics", "sep": "delimiter", "separator": "delimiter",
  "standardise": "standardize", "stepsize": "eta", "svd": "min_norm", "testsize": "test",
  "tol": "tolerance", "weightdecay": "lambda",
]
