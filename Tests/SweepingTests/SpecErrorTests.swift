import Sweeping
import Testing

/// Every message about a spec, each provoked.
struct SpecErrorTests {
  /// A valid spec with one part replaced or added.
  private func spec(_ part: String, _ value: String) -> String {
    var parts = [
      ("data", #"{"csv": "d.csv", "target": "y"}"#),
      ("grid", #"{"solver": "normal", "lambda": 1}"#),
    ]
    parts.removeAll { $0.0 == part }
    parts.append((part, value))
    return "{" + parts.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
  }

  private func messages(_ text: String, _ overrides: [SpecOverride] = []) -> [String] {
    do {
      _ = try SpecReader.read(text: Array(text.utf8), path: "s.json", overrides: overrides)
      return []
    } catch {
      return error.description.split(separator: "\n").map { line in
        // The place is tested on its own.
        let parts = line.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "s.json"
          ? String(parts[3].dropFirst()) : String(line)
      }
    }
  }

  @Test func theExampleOfTheContractNamesPlacePathAndNearestName() {
    let text = """
      {
        "data": { "csv": "data/diabetes.csv", "target": "progression" },
        "grid": {
          "solver": "normal",
          "lamda": { "logspace": [1e-6, 1e3], "count": 28 }
        }
      }
      """
    let error = #expect(throws: SpecErrors.self) {
      try SpecReader.read(text: Array(text.utf8), path: "experiments/ridge.json")
    }
    #expect(
      error?.description
        == "experiments/ridge.json:5:5: grid.lamda: unknown key (did you mean 'lambda'?)")
  }

  @Test func allErrorsAreReportedAtOnceInTheOrderOfTheFile() {
    let text = """
      {"seed": -1, "seed": 2,
       "data": {"csv": 3, "target": "y", "heder": true},
       "grid": [{"solver": "ng", "lambda": -1},
                {"solver": "gd", "lambda": 1}],
       "split": {"k_fold": 1}}
      """
    let error = #expect(throws: SpecErrors.self) {
      try SpecReader.read(text: Array(text.utf8), path: "s.json")
    }
    #expect(
      error?.description
        == WordList.filled(
          """
          s.json:1:10: seed: found -1, must be a whole number from 0 to 18446744073709551615
          s.json:1:14: seed: duplicate key, first at line 1, column 2
          s.json:2:18: data.csv: found 3, must be a path, relative to the spec's folder
          s.json:2:36: data.heder: unknown key (did you mean 'header'?)
          s.json:3:22: grid.0.solver: found "ng", must be <solvers>
          s.json:3:38: grid.0.lambda: found -1, must be a number of at least 0
          s.json:4:22: grid.1.solver: 'gd' needs 'eta', write a learning rate such as "eta": 0.01
          s.json:5:22: split.k_fold: found 1, must be a whole number of at least 2
          """))
  }

  @Test func aTextThatIsNoJSONSaysWhere() {
    #expect(messages("{\"data\": ") == ["data: found the end of the text, expected a value"])
    #expect(messages("") == ["the text is empty, expected a JSON value"])
    #expect(
      messages("[]") == [
        "found an empty array, must be an object such as {\"data\": …, \"grid\": …}"
      ])
  }

  @Test func whatMustBeThereIsAskedFor() {
    #expect(
      messages("{}") == [
        "'data' is missing, write \"data\": {\"csv\": \"data.csv\", \"target\": \"y\"} "
          + "(or \"libsvm\", \"npy\", \"synthetic\")",
        "'grid' is missing, write \"grid\": {\"solver\": \"normal\", \"lambda\": [0.01, 0.1, 1]}",
      ])
  }

  @Test(arguments: [
    (
      "colour", "1",
      "colour: unknown key, allowed: $schema, name, description, data, features, split, model, "
        + "grid, training, metrics, select, outputs, gates, limits, seed"
    ),
    (
      "name", "\"a b\"",
      "name: found \"a b\", must be letters, digits, '.', '_' and '-', not beginning with '.' or '-'"
    ),
    (
      "name", "\"..\"",
      "name: found \"..\", must be letters, digits, '.', '_' and '-', not beginning with '.' or '-'"
    ),
    ("description", "1", "description: found 1, must be a string"),
    ("seed", "1.5", "seed: found 1.5, must be a whole number from 0 to 18446744073709551615"),
    (
      "seed", "18446744073709551616",
      "seed: found 18446744073709551616, must be a whole number from 0 to 18446744073709551615"
    ),
    ("features", "3", "features: found 3, must be an object such as {\"polynomial\": 3}"),
    (
      "features", #"{"polynomial": 0}"#,
      "features.polynomial: found 0, must be a whole number of at least 1"
    ),
    (
      "features", #"{"polynomial": "3"}"#,
      "features.polynomial: found \"3\", must be a whole number of at least 1"
    ),
    (
      "features", #"{"standardize": "populaton"}"#,
      #"features.standardize: found "populaton", must be "population", "sample" or "none" (did you mean 'population'?)"#
    ),
    (
      "features", #"{"standardize": true}"#,
      #"features.standardize: found true, must be "population", "sample" or "none""#
    ),
    (
      "model", #"{"loss": "logstic"}"#,
      #"model.loss: found "logstic", must be <losses> (did you mean 'logistic'?)"#
    ),
    ("model", #"{"intercept": 1}"#, "model.intercept: found 1, must be true or false"),
    (
      "model", #"{"lambda_scale": "men"}"#,
      #"model.lambda_scale: found "men", must be "mean", "sum" or "sum_unhalved" (did you mean 'mean'?)"#
    ),
    (
      "training", #"{"epochs": 0}"#,
      "training.epochs: found 0, must be a whole number of at least 1"
    ),
    (
      "training", #"{"tolerance": -1}"#,
      "training.tolerance: found -1, must be a number of at least 0"
    ),
    (
      "training", #"{"schedule": "inverse_time"}"#,
      #"training.schedule: found "inverse_time", must be "constant", {"inverse_time": d} or {"inverse_sqrt": d} (did you mean 'inverse_time'?)"#
    ),
    (
      "training", #"{"schedule": {}}"#,
      #"training.schedule: 'inverse_time' is missing, write "inverse_time": d or "inverse_sqrt": d"#
    ),
    (
      "training", #"{"schedule": {"inverse_time": 1, "inverse_sqrt": 1}}"#,
      "training.schedule.inverse_sqrt: 'inverse_sqrt' and 'inverse_time' exclude each other, keep one"
    ),
    (
      "training", #"{"schedule": {"inverse_time": -1}}"#,
      "training.schedule.inverse_time: found -1, must be a number of at least 0"
    ),
    ("metrics", "[]", "metrics: is empty, leave it out or name a metric"),
    (
      "metrics", "\"mse\"",
      #"metrics: found "mse", must be an array of <metrics>"#
    ),
    ("metrics", #"["mse", "mse"]"#, "metrics.1: 'mse' is listed twice"),
    (
      "metrics", #"["auc"]"#,
      #"metrics.0: 'auc' is no metric of the squared loss, which has <squared metrics>"#
    ),
    (
      "metrics", #"["rsme"]"#,
      #"metrics.0: found "rsme", must be <metrics> (did you mean 'rmse'?)"#
    ),
    (
      "select", #"{"metric": "r2"}"#,
      #"select.metric: 'r2' is not in 'metrics', add it there or select by "mse""#
    ),
    (
      "select", #"{"metric": "auc"}"#,
      #"select.metric: 'auc' is no metric of the squared loss, which has <squared metrics>"#
    ),
    (
      "select", #"{"rule": "one_se"}"#,
      #"select.rule: found "one_se", must be "min" or "one_standard_error" (did you mean 'one_standard_error'?)"#
    ),
    (
      "outputs", #"["histroy"]"#,
      #"outputs.0: found "histroy", must be <outputs> (did you mean 'history'?)"#
    ),
    ("outputs", #"["history", "history"]"#, "outputs.1: 'history' is listed twice"),
    (
      "limits", #"{"max_jobs": 0}"#,
      "limits.max_jobs: found 0, must be a whole number of at least 1"
    ),
    ("limits", #"{"max_memory_gb": 0}"#, "limits.max_memory_gb: found 0, must be a number above 0"),
  ])
  func aBadValueOfAPlainKeyHasOneMessage(part: String, value: String, message: String) {
    #expect(messages(spec(part, value)) == [WordList.filled(message)])
  }

  @Test(arguments: [
    (#"3"#, #"data: found 3, must be an object such as {"csv": "data.csv", "target": "y"}"#),
    (
      #"{}"#,
      #"data: 'csv' is missing, write "data": {"csv": "data.csv", "target": "y"} (or "libsvm", "npy", "synthetic")"#
    ),
    (#"{"csv": "d.csv"}"#, #"data: 'target' is missing, write "target": "name of a column""#),
    (
      #"{"csv": "", "target": "y"}"#,
      "data.csv: found \"\", must be a path, relative to the spec's folder"
    ),
    (#"{"csv": "d.csv", "target": 3}"#, "data.target: found 3, must be the name of a column"),
    (
      #"{"csv": "d.csv", "target": "y", "npy": {"features": "X", "target": "y"}}"#,
      "data.npy: 'npy' and 'csv' exclude each other, keep one"
    ),
    (#"{"libsvm": "d.txt", "header": true}"#, "data.header: 'header' goes with 'csv' only"),
    (
      #"{"csv": "d.csv", "target": "y", "features": []}"#,
      "data.features: is empty, leave it out to use every column"
    ),
    (
      #"{"csv": "d.csv", "target": "y", "features": "a"}"#,
      "data.features: found \"a\", must be an array of column names"
    ),
    (
      #"{"csv": "d.csv", "target": "y", "features": ["a", "a"]}"#,
      "data.features.1: 'a' is listed twice"
    ),
    (
      #"{"csv": "d.csv", "target": "y", "features": ["a", 1]}"#,
      "data.features.1: found 1, must be the name of a column"
    ),
    (
      #"{"csv": "d.csv", "target": "y", "features": ["y"]}"#,
      "data.features.0: 'y' is the target, so it cannot be a feature"
    ),
    (
      #"{"csv": "d.csv", "target": "y", "drop": ["y"]}"#,
      "data.drop.0: 'y' is the target, so it cannot be dropped"
    ),
    (
      #"{"csv": "d.csv", "target": "y", "categorical": ["y"]}"#,
      "data.categorical.0: 'y' is the target, so it cannot be categorical"
    ),
    (
      #"{"csv": "d.csv", "target": "y", "features": ["a"], "drop": ["a"]}"#,
      "data.drop.0: 'a' is listed in 'features', so it is not dropped"
    ),
    (
      #"{"csv": "d.csv", "target": "y", "drop": ["a"], "categorical": ["a"]}"#,
      "data.categorical.0: 'a' is dropped, so it cannot be categorical"
    ),
    (
      #"{"csv": "d.csv", "target": "y", "features": ["b"], "categorical": ["a"]}"#,
      "data.categorical.0: 'a' is not listed in 'features', so it cannot be categorical"
    ),
    (
      #"{"csv": "d.csv", "target": "y", "header": "no"}"#,
      "data.header: found \"no\", must be true or false"
    ),
    (
      #"{"csv": "d.csv", "target": "y", "delimiter": "; "}"#,
      #"data.delimiter: found "; ", must be one character such as ",", ";", "|" or "\t" that no number contains, or "whitespace""#
    ),
    (
      #"{"csv": "d.csv", "target": "y", "delimiter": "."}"#,
      #"data.delimiter: found ".", must be one character such as ",", ";", "|" or "\t" that no number contains, or "whitespace""#
    ),
    (
      #"{"csv": "d.csv", "target": "y", "missing": "drop"}"#,
      #"data.missing: found "drop", must be "error", "drop_rows", "mean", "median" or "level", or an object of these by column such as {"age": "median", "*": "drop_rows"}"#
    ),
    (
      #"{"csv": "d.csv", "target": "y", "missing": "medain"}"#,
      #"data.missing: found "medain", must be "error", "drop_rows", "mean", "median" or "level", or an object of these by column such as {"age": "median", "*": "drop_rows"} (did you mean 'median'?)"#
    ),
    (
      #"{"csv": "d.csv", "target": "y", "missing": {"a": "zero"}}"#,
      #"data.missing.a: found "zero", must be "error", "drop_rows", "mean", "median" or "level""#
    ),
    (
      #"{"csv": "d.csv", "target": "y", "missing": {"*": ["mean"]}}"#,
      #"data.missing.*: found an array, must be "error", "drop_rows", "mean", "median" or "level""#
    ),
    (
      #"{"csv": "d.csv", "target": "y", "missing": {"y": "mean"}}"#,
      #"data.missing.y: 'y' is the target, which is never filled; write "drop_rows" or "error""#
    ),
    (
      #"{"csv": "d.csv", "target": "y", "missing_indicator": "yes"}"#,
      #"data.missing_indicator: found "yes", must be true or false"#
    ),
    (
      #"{"libsvm": "d.svm", "missing_indicator": true}"#,
      #"data.missing_indicator: 'missing_indicator' goes with 'csv' only"#
    ),
    (
      #"{"npy": "X.npy"}"#,
      #"data.npy: found "X.npy", must be an object such as {"features": "X.npy", "target": "y.npy"}"#
    ),
    (
      #"{"npy": {"features": "X.npy"}}"#, #"data.npy: 'target' is missing, write "target": "y.npy""#
    ),
    (
      #"{"synthetic": {"kind": "linaer", "rows": 9}}"#,
      #"data.synthetic.kind: found "linaer", must be "linear", "logistic" or "polynomial" (did you mean 'linear'?)"#
    ),
    (
      #"{"synthetic": {"kind": "linear"}}"#,
      #"data.synthetic: 'rows' is missing, write "rows": 100"#
    ),
    (
      #"{"synthetic": {"rows": 1}}"#,
      "data.synthetic.rows: found 1, must be a whole number of at least 2"
    ),
    (
      #"{"synthetic": {"rows": 9, "features": 0}}"#,
      "data.synthetic.features: found 0, must be a whole number of at least 1"
    ),
    (
      #"{"synthetic": {"rows": 9, "noise": -1}}"#,
      "data.synthetic.noise: found -1, must be a number of at least 0"
    ),
    (
      #"{"synthetic": {"rows": 9, "coefficient": "a"}}"#,
      "data.synthetic.coefficient: found \"a\", must be a number or an array of numbers"
    ),
    (
      #"{"synthetic": {"rows": 9, "coefficient": []}}"#,
      "data.synthetic.coefficient: is empty, write a number or one per feature"
    ),
    (
      #"{"synthetic": {"rows": 9, "features": 3, "coefficient": [1, 2]}}"#,
      "data.synthetic.coefficient: has 2 values for 3 features, write one value or one per feature"
    ),
    (
      #"{"synthetic": {"rows": 9, "kind": "polynomial", "features": 2}}"#,
      "data.synthetic.features: a polynomial has one feature, so 'features' must be 1"
    ),
    (
      #"{"synthetic": {"rows": 1000000000, "features": 1000000000}}"#,
      "data.synthetic: has 1000000000 rows of 1000000000 features, at most 4000000000 values can be drawn"
    ),
  ])
  func aBadSourceOfDataHasOneMessage(value: String, message: String) {
    #expect(messages(spec("data", value)) == [message])
  }

  @Test(arguments: [
    (#"5"#, #"split: found 5, must be an object such as {"k_fold": 5}"#),
    (#"{"holdout": 1}"#, "split.holdout: found 1, must be a fraction above 0 and below 1"),
    (#"{"k_fold": 2.5}"#, "split.k_fold: found 2.5, must be a whole number of at least 2"),
    (
      #"{"leave_one_out": false}"#,
      "split.leave_one_out: found false, must be true (leave the key out for another split)"
    ),
    (#"{"kfold": 5}"#, "split.kfold: unknown key (did you mean 'k_fold'?)"),
    (
      #"{"k_fold": 5, "holdout": 0.2}"#,
      "split.k_fold: 'k_fold' and 'holdout' exclude each other, keep one"
    ),
    (#"{"column": ""}"#, "split.column: found \"\", must be the name of a column"),
    (#"{"column": "y"}"#, "split.column: 'y' is the target, so it cannot say how to split"),
    (
      #"{"column": "s", "test": 0.2}"#,
      "split.test: 'test' does not go with 'column', mark test rows with 'test' in the column"
    ),
    (
      #"{"files": {"validation": "v.csv"}, "test": 0.2}"#,
      "split.test: 'test' does not go with 'files', write split.files.test"
    ),
    (
      #"{"files": {}}"#,
      #"split.files: 'validation' is missing, write "validation": "validation.csv""#
    ),
    (
      #"{"files": "v.csv"}"#,
      #"split.files: found "v.csv", must be an object such as {"validation": "validation.csv"}"#
    ),
    (#"{"k_fold": 5, "shuffle": "yes"}"#, "split.shuffle: found \"yes\", must be true or false"),
    (
      #"{"k_fold": 5, "repeats": 0}"#,
      "split.repeats: found 0, must be a whole number of at least 1"
    ),
    (
      #"{"k_fold": 5, "repeats": 2, "shuffle": false}"#,
      #"split.repeats: every repeat would be the same without a shuffle, write "shuffle": true or "repeats": 1"#
    ),
    (
      #"{"leave_one_out": true, "repeats": 2}"#,
      "split.repeats: every repeat of 'leave_one_out' would be the same, repeats go with 'holdout' or 'k_fold'"
    ),
    (#"{"k_fold": 5, "test": 0}"#, "split.test: found 0, must be a fraction above 0 and below 1"),
  ])
  func aBadSplitHasOneMessage(value: String, message: String) {
    #expect(messages(spec("split", value)) == [message])
  }

  @Test func `options without a way to split name the ways`() {
    let message = messages(spec("split", #"{"test": 0.2}"#)).first ?? ""
    let start = #"split: 'k_fold' is missing, write "k_fold": 5 or another of "#
    #expect(message.hasPrefix(start))
    let ways = message.dropFirst(start.count).split(separator: ", ")
    #expect(Set(["holdout", "k_fold", "files"]).isSubset(of: ways))
    #expect(!ways.contains("shuffle"))
  }

  @Test func aSplitByColumnOrFilesNeedsDataThatHaveThem() {
    let synthetic = #"{"synthetic": {"rows": 9}}"#
    let grid = #""grid": {"solver": "normal", "lambda": 1}"#
    #expect(
      messages("{\"data\": \(synthetic), \"split\": {\"fold_column\": \"f\"}, \(grid)}")
        == ["split.fold_column: only 'csv' data have columns to split by"])
    #expect(
      messages("{\"data\": \(synthetic), \"split\": {\"files\": {\"validation\": \"v\"}}, \(grid)}")
        == ["split.files: validation and test files go with 'csv' or 'libsvm' data"])
    let csv = #"{"csv": "d.csv", "target": "y", "features": ["a", "s"]}"#
    #expect(
      messages("{\"data\": \(csv), \"split\": {\"column\": \"s\"}, \(grid)}")
        == ["split.column: 's' is a feature, a split column must not be one, take it out there"])
  }

  @Test(arguments: [
    (
      #"3"#,
      #"grid: found 3, must be an object such as {"solver": "normal", "lambda": [0.01, 0.1, 1]}"#
    ),
    (#"[]"#, "grid: is empty, write at least one grid"),
    (
      #"{"lambda": 1}"#,
      #"grid: 'solver' is missing, write one or more of <solvers>"#
    ),
    (#"{"solver": [], "lambda": 1}"#, "grid.solver: is empty, an axis has at least one value"),
    (
      #"{"solver": "norml", "lambda": 1}"#,
      #"grid.solver: found "norml", must be <solvers> (did you mean 'normal'?)"#
    ),
    (
      #"{"solver": {"range": [1, 2, 1]}, "lambda": 1}"#,
      #"grid.solver: found an object, must be <solvers>"#
    ),
    (
      #"{"solver": "normal", "lambda": []}"#,
      "grid.lambda: is empty, an axis has at least one value"
    ),
    (
      #"{"solver": "normal", "lambda": "1"}"#,
      #"grid.lambda: found "1", must be a number of at least 0, an array of them, or {"logspace": [lo, hi], "count": n} and the like"#
    ),
    (
      #"{"solver": "normal", "lambda": [1, null]}"#,
      "grid.lambda.1: found null, must be a number of at least 0"
    ),
    (#"{"solver": "normal", "alpha": 1}"#, "grid.alpha: unknown key (did you mean 'lambda'?)"),
    (#"{"solver": "gd", "lambda": 1, "eta": 0}"#, "grid.eta: found 0, must be a number above 0"),
    (
      #"{"solver": "sgd", "lambda": 1, "eta": 1, "batch_size": 0}"#,
      "grid.batch_size: found 0, must be a whole number of at least 1"
    ),
    (
      #"{"solver": "normal", "lambda": 1, "degree": 1.5}"#,
      "grid.degree: found 1.5, must be a whole number of at least 1"
    ),
    (
      #"{"solver": "normal", "lambda": 1, "degree": 1e300}"#,
      "grid.degree: found 1e300, must be a whole number of at most 9007199254740992 (2^53), larger ones are not exact"
    ),
    (
      #"{"solver": "normal", "lambda": 1, "train_size": 1.5}"#,
      "grid.train_size: found 1.5, must be a whole number of rows, or a fraction above 0 and below 1"
    ),
    (
      #"{"solver": "projected_gd", "eta": 1, "radius": 0}"#,
      "grid.radius: found 0, must be a number above 0"
    ),
    (
      #"{"solver": "gd", "eta": 1, "lambda": 1, "epochs": [1, 0]}"#,
      "grid.epochs.1: found 0, must be a whole number of at least 1"
    ),
    (
      #"{"solver": "normal"}"#,
      "grid.solver: 'normal' needs 'lambda', write \"lambda\": 0 for no penalty, or several values"
    ),
    (
      #"{"solver": ["normal", "gd"], "lambda": 1}"#,
      "grid.solver.1: 'gd' needs 'eta', write a learning rate such as \"eta\": 0.01"
    ),
    (
      #"{"solver": "sgd", "lambda": 1, "eta": 1}"#,
      "grid.solver: 'sgd' needs 'batch_size', write \"batch_size\": 1 for pure stochastic steps"
    ),
    (
      #"{"solver": "projected_gd", "eta": 1}"#,
      "grid.solver: 'projected_gd' needs 'radius', write the ball's size such as \"radius\": [0.1, 1, 10]"
    ),
    (
      #"{"solver": "newton", "lambda": 1}"#,
      "grid.solver: 'newton' is for the logistic loss, write \"normal\" or \"min_norm\" for the squared optimum"
    ),
    (
      #"{"solver": "gd", "lambda": 1, "eta": 1, "schedule": []}"#,
      "grid.schedule: is empty, an axis has at least one value"
    ),
    (
      #"{"solver": "gd", "lambda": 1, "eta": 1, "schedule": ["constant", 1]}"#,
      #"grid.schedule.1: found 1, must be "constant", {"inverse_time": d} or {"inverse_sqrt": d}"#
    ),
    (
      #"{"solver": "normal", "lambda": 1, "exclude": {}}"#,
      #"grid.exclude: found an object, must be an array of points such as {"solver": "gd", "eta": 0.1}"#
    ),
    (
      #"{"solver": "normal", "lambda": 1, "exclude": [{}]}"#,
      "grid.exclude.0: is empty, it would exclude every point, name an axis"
    ),
    (
      #"{"solver": "normal", "lambda": 1, "exclude": [{"lambda": [1]}]}"#,
      "grid.exclude.0.lambda: found an array, must be a number of at least 0"
    ),
  ])
  func aBadGridHasOneMessage(value: String, message: String) {
    #expect(messages(spec("grid", value)) == [WordList.filled(message)])
  }

  @Test(arguments: [
    (#"{}"#, #"grid.lambda: 'logspace' is missing, write "logspace", "linspace" or "range""#),
    (
      #"{"logspce": [1, 2], "count": 2}"#,
      "grid.lambda.logspce: unknown key (did you mean 'logspace'?)"
    ),
    (#"{"logspace": [1, 2]}"#, #"grid.lambda: 'count' is missing, write "count": 10"#),
    (
      #"{"logspace": [1, 2], "count": 0}"#,
      "grid.lambda.count: found 0, must be a whole number of at least 1"
    ),
    (
      #"{"logspace": [1], "count": 2}"#,
      "grid.lambda.logspace: found 1 values, must be two numbers, [lo, hi]"
    ),
    (
      #"{"logspace": 1, "count": 2}"#,
      "grid.lambda.logspace: found 1, must be two numbers, [lo, hi]"
    ),
    (
      #"{"logspace": [0, 2], "count": 2}"#,
      #"grid.lambda.logspace.0: found 0, must be a number above 0, since a logarithm is taken; write the values, not their exponents: "logspace": [1, 100]"#
    ),
    (
      #"{"logspace": [1, 2], "linspace": [1, 2], "count": 2}"#,
      "grid.lambda.linspace: 'linspace' and 'logspace' exclude each other, keep one"
    ),
    (
      #"{"linspace": [-1, 2], "count": 2}"#,
      "grid.lambda.linspace.0: found -1, must be a number of at least 0"
    ),
    (
      #"{"linspace": [1, 2], "count": 1e15}"#,
      "grid.lambda.count: gives 1000000000000000 values, an axis has at most 1000000 (limits.max_jobs)"
    ),
    (#"{"range": [0, 1, 0]}"#, "grid.lambda.range.2: found 0, must be a step above 0"),
    (
      #"{"range": [1, 0, 1]}"#,
      "grid.lambda.range.2: found 1, must be a step below 0, since hi is below lo"
    ),
    (
      #"{"range": [0, 1]}"#,
      "grid.lambda.range: found 2 values, must be three numbers, [lo, hi, step]"
    ),
    (#"{"range": [-1, 1, 1]}"#, "grid.lambda.range.0: found -1, must be a number of at least 0"),
    (
      #"{"range": [0, 1, 1], "count": 2}"#,
      "grid.lambda.count: 'count' does not go with 'range', whose step says how many"
    ),
    (
      #"{"range": [0, 1e18, 1]}"#,
      "grid.lambda.range: gives 1e18 values, an axis has at most 1000000 (limits.max_jobs)"
    ),
    (
      #"{"range": [0, 1e308, 1e-308]}"#,
      "grid.lambda.range: gives inf values, an axis has at most 1000000 (limits.max_jobs)"
    ),
  ])
  func aBadSpacingHasOneMessage(value: String, message: String) {
    #expect(messages(spec("grid", "{\"solver\": \"normal\", \"lambda\": \(value)}")) == [message])
  }

  @Test func spacedValuesMustSuitTheAxis() {
    #expect(
      messages(
        spec(
          "grid", #"{"solver": "normal", "lambda": 1, "degree": {"linspace": [1, 4], "count": 3}}"#)
      )
        == ["grid.degree.linspace: gives 2.5, must be a whole number of at least 1"])
  }

  @Test(arguments: ["normal", "min_norm"])
  func solversOfTheSquaredLossRefuseTheLogistic(solver: String) {
    let text = """
      {"data": {"synthetic": {"kind": "logistic", "rows": 9}}, "model": {"loss": "logistic"},
       "grid": {"solver": "\(solver)", "lambda": 1}}
      """
    #expect(
      messages(text) == [
        "grid.solver: '\(solver)' solves the squared loss only, write \"newton\" for the logistic "
          + "optimum"
      ])
  }

  @Test(arguments: [
    (
      #"{}"#,
      #"gates: found an object, must be an array of gates such as {"metric": "validation_mse", "max": 3000}"#
    ),
    (
      #"[3]"#,
      #"gates.0: found 3, must be an object such as {"metric": "validation_mse", "max": 3000}"#
    ),
    (
      #"[{"max": 1}]"#,
      #"gates.0: 'metric' is missing, write "metric", "count" or "best", what the gate is on"#
    ),
    (
      #"[{"metric": "validation_msee", "max": 1}]"#,
      #"gates.0.metric: found "validation_msee", must be "train_mse", "validation_mse" or "test_mse" (did you mean 'validation_mse'?)"#
    ),
    (
      #"[{"metric": "test_mse", "max": 1}]"#,
      "gates.0.metric: there is no test set, write \"test\": 0.2 in 'split'"
    ),
    (
      #"[{"metric": "validation_mse"}]"#,
      #"gates.0: 'max' is missing, write "max", "min" or "against": "baseline""#
    ),
    (
      #"[{"metric": "validation_mse", "min": 2, "max": 1}]"#,
      "gates.0.min: 'min' is above 'max', no value passes"
    ),
    (
      #"[{"metric": "validation_mse", "at": "end", "max": 1}]"#,
      #"gates.0.at: found "end", must be "best""#
    ),
    (#"[{"metric": "validation_mse", "max": "1"}]"#, "gates.0.max: found \"1\", must be a number"),
    (
      #"[{"metric": "validation_mse", "max_increase": {"relative": 1}}]"#,
      #"gates.0.max_increase: 'max_increase' needs a baseline, write "against": "baseline""#
    ),
    (
      #"[{"metric": "validation_mse", "against": "base", "max_increase": {"relative": 1}}]"#,
      #"gates.0.against: found "base", must be "baseline""#
    ),
    (
      #"[{"metric": "validation_mse", "against": "baseline"}]"#,
      #"gates.0: 'max_increase' is missing, write "max_increase": {"relative": 0.01}"#
    ),
    (
      #"[{"metric": "validation_mse", "against": "baseline", "max": 1, "max_increase": {"relative": 1}}]"#,
      "gates.0.max: 'max' does not go with 'against', write a gate for each"
    ),
    (
      #"[{"metric": "validation_mse", "against": "baseline", "max_increase": {}}]"#,
      #"gates.0.max_increase: 'relative' is missing, write "relative": 0.01, "absolute": 1e-6, "standard_errors": 2 or several"#
    ),
    (
      #"[{"metric": "validation_mse", "against": "baseline", "max_increase": {"relative": -1}}]"#,
      "gates.0.max_increase.relative: found -1, must be a number of at least 0"
    ),
    (
      #"[{"metric": "validation_mse", "against": "baseline", "max_decrease": {"relative": 1}}]"#,
      "gates.0.max_decrease: 'mse' gets worse the other way, write 'max_increase', since an improvement never fails"
    ),
    (
      #"[{"metric": "validation_mse", "max": 1, "within_decades": 1}]"#,
      "gates.0.within_decades: 'within_decades' does not go with 'metric'"
    ),
    (
      #"[{"count": "divergd", "max": 0}]"#,
      #"gates.0.count: found "divergd", must be "ok", "not_converged", "diverged", "singular" or "failed" (did you mean 'diverged'?)"#
    ),
    (
      #"[{"best": "radius", "within_decades": 1}]"#,
      "gates.0.best: no grid has 'radius', so there is no best one, name an axis of the grid"
    ),
    (
      #"[{"metric": "validation_mse", "against": "baseline", "max_increase": {"standard_errors": 2}}]"#,
      #"gates.0.max_increase.standard_errors: 'validation_mse_se' is empty with one fold, write "relative" or "absolute", or more folds or repeats in 'split'"#
    ),
    (#"[{"count": "diverged"}]"#, #"gates.0: 'max' is missing, write "max": 0"#),
    (
      #"[{"count": "diverged", "max": -1}]"#,
      "gates.0.max: found -1, must be a whole number of at least 0"
    ),
    (
      #"[{"best": "solver", "within_decades": 1}]"#,
      #"gates.0.best: found "solver", must be "degree", "batch_size", "eta", "epochs", "radius" or "lambda""#
    ),
    (
      #"[{"best": "lambda"}]"#,
      #"gates.0: 'within_decades' is missing, write "within_decades": 0.5"#
    ),
  ])
  func aBadGateHasOneMessage(value: String, message: String) {
    #expect(messages(spec("gates", value)) == [message])
  }

  @Test func aFileWhoseStemIsNoNameNeedsOne() {
    let text = Array(spec("seed", "1").utf8)
    let error = #expect(throws: SpecErrors.self) {
      try SpecReader.read(text: text, path: "runs/my spec.json")
    }
    #expect(
      error?.description
        == "runs/my spec.json:1:1: the file's stem 'my spec' cannot be the name, write \"name\" "
        + "with letters, digits, '.', '_' and '-', not beginning with '.' or '-'")
  }

  @Test(arguments: [
    ("grid.lambda", "-1", "--set grid.lambda: found -1, must be a number of at least 0"),
    (
      "grid.lambda", "[1, -1]",
      "--set grid.lambda: grid.lambda.1: found -1, must be a number of at least 0"
    ),
    ("grid.lamda", "1", "--set grid.lamda: unknown key (did you mean 'lambda'?)"),
    (
      "grid.0.eta", "1",
      #"--set grid.0.eta: grid.0: unknown key, allowed: <axes>, exclude"#
    ),
    ("grid.solver.x", "1", "--set grid.solver.x: 'grid.solver' is \"normal\", so it has no 'x'"),
    ("grid..eta", "1", "--set grid..eta: the path has an empty part, write it like grid.lambda"),
    (
      "model.loss", "logstic",
      #"--set model.loss: found "logstic", must be <losses> (did you mean 'logistic'?)"#
    ),
  ])
  func anOverrideIsNamedInItsErrors(path: String, value: String, message: String) {
    let base = spec("seed", "1")
    #expect(messages(base, [SpecOverride(path: path, value: value)]) == [WordList.filled(message)])
  }

  @Test func anOverrideOfAnArrayOfGridsNeedsTheIndex() {
    let base = spec(
      "grid", #"[{"solver": "normal", "lambda": 1}, {"solver": "normal", "lambda": 2}]"#)
    #expect(
      messages(base, [SpecOverride(path: "grid.lambda", value: "1")]) == [
        "--set grid.lambda: 'grid' is an array, write grid.0 to grid.1 in place of grid.lambda"
      ])
  }
}
