import Platform
import Sweeping
import TestSupport
import Testing

/// Weights of rows from the file to the tables.
struct ResultsWeightTests {
  private let fixture: SweepFixture

  init() throws { fixture = try SweepFixture() }

  /// A file of rows with a fold and a weight each.
  struct Rows {
    var features: [[Double]]
    var target: [Double]
    var folds: [String]
    var weights: [Double]

    /// 60 rows, whose weights are whole numbers from 0 to 3; sparse ones have three columns that are mostly
    /// zeros and one that is not.
    init(classes: Bool, isSparse: Bool, seed: UInt64 = 4) {
      var generator = SeededGenerator(seed: seed)
      func uniform() -> Double { .random(in: -1...1, using: &generator) }
      (features, target, folds, weights) = ([], [], [], [])
      for row in 0..<60 {
        var x = (0..<(isSparse ? 12 : 4)).map { _ in 3 * uniform() + 0.5 }
        if isSparse { for j in 0..<11 where (7 * row + 5 * j) % 11 != 0 { x[j] = 0 } }
        let z = x.reduce(0, +) - 0.5 * x[1] + uniform()
        features.append(x)
        target.append(classes ? (z > 1 ? 1 : 0) : z)
        folds.append("\(row % 3)")
        weights.append(Double((row * 7 + row / 4) % 4))
      }
    }

    func text(repeated: Bool) -> String {
      let names = features[0].indices.map { "x\($0)" }
      var lines = [(names + ["y", "fold"] + (repeated ? [] : ["v"])).joined(separator: ",")]
      for row in target.indices {
        let cells = features[row].map { "\($0)" } + ["\(target[row])", folds[row]]
        if repeated {
          lines += [String](repeating: cells.joined(separator: ","), count: Int(weights[row]))
        } else {
          lines.append((cells + ["\(weights[row])"]).joined(separator: ","))
        }
      }
      return lines.joined(separator: "\n") + "\n"
    }
  }

  private static let squaredGrid = """
    [{"solver": ["normal", "min_norm"], "lambda": [0, 0.01, 1]},
     {"solver": "gd", "eta": 0.02, "epochs": [7, 60], "lambda": [0, 0.1]},
     {"solver": "projected_gd", "eta": 0.02, "epochs": 60, "radius": [0.3, 100]}]
    """
  private static let logisticGrid = """
    [{"solver": "newton", "lambda": [0.5, 5]},
     {"solver": "gd", "eta": 0.2, "epochs": 30, "lambda": [0, 0.1]},
     {"solver": "projected_gd", "eta": 0.2, "epochs": 30, "radius": [0.3, 100]}]
    """

  private static let classMetrics = [
    "log_loss", "error_rate", "auc", "brier", "balanced_error", "f1",
  ]

  private func spec(
    classes: Bool, hasIntercept: Bool = true, standardize: String = "population",
    scale: String = "mean", split: String = "{\"fold_column\": \"fold\"}", grid: String? = nil,
    weights: String = "\"weight_column\": \"v\"", model: String = "", outputs: String = ""
  ) -> String {
    """
    {"name": "s", "data": {"csv": "d.csv", "target": "y", "drop": []\(weights.isEmpty ? "" : ", ")\(weights)},
     "features": {"standardize": "\(standardize)"}, "split": \(split),
     "model": {"loss": "\(classes ? "logistic" : "squared")", "intercept": \(hasIntercept),
               "lambda_scale": "\(scale)"\(model)},
     "grid": \(grid ?? (classes ? Self.logisticGrid : Self.squaredGrid)),
     "metrics": \(classes ? Self.classMetrics : ["mse", "mae", "r2"]),
     "outputs": ["coefficients"\(outputs)]}
    """
  }

  /// Holds every number of some tables equal; `1` is the size of what is near zero.
  private func expectEqual(
    _ tables: [String], _ one: String, _ two: String, within bound: Double,
    except skipped: Set<String> = [], location: SourceLocation = #_sourceLocation
  ) throws {
    for name in tables {
      let (first, second) = (
        try fixture.table(name, of: one).rows, try fixture.table(name, of: two).rows
      )
      #expect(first.count == second.count && !first.isEmpty, sourceLocation: location)
      for (a, b) in zip(first, second) {
        for (column, cell) in a where !skipped.contains(column) {
          guard let x = Double(cell), let other = b[column], let y = Double(other) else {
            #expect(cell == b[column], "\(name) \(column)", sourceLocation: location)
            continue
          }
          #expect(
            abs(x - y) <= bound * max(1, abs(y)), "\(name) \(column): \(x) and \(y)",
            sourceLocation: location)
        }
      }
    }
  }

  struct Form {
    var classes: Bool
    var isSparse: Bool
    var hasIntercept = true
    var standardize = "population"
    var scale = "mean"

    static let all = [true, false].flatMap { classes in
      [
        Form(classes: classes, isSparse: false), Form(classes: classes, isSparse: true),
        Form(classes: classes, isSparse: false, hasIntercept: false, standardize: "none"),
        Form(classes: classes, isSparse: true, hasIntercept: false, standardize: "none"),
        Form(classes: classes, isSparse: true, standardize: "none", scale: "sum"),
        Form(classes: classes, isSparse: false, standardize: "sample", scale: "sum_unhalved"),
      ]
    }
  }

  @Test(arguments: Form.all)
  func `a row of weight 2 is the row twice, one of weight 0 is none`(form: Form) throws {
    let rows = Rows(classes: form.classes, isSparse: form.isSparse)
    for repeated in [false, true] {
      let output = repeated ? "repeated" : "weighted"
      try WholeFile.write(rows.text(repeated: repeated), to: fixture.path("d.csv"))
      try fixture.run(
        spec(
          classes: form.classes, hasIntercept: form.hasIntercept, standardize: form.standardize,
          scale: form.scale, weights: repeated ? "" : "\"weight_column\": \"v\""), into: output)
    }
    // Tens of steps of descents, and sums over tens of rows, each of another order.
    try expectEqual(
      ["curve", "jobs", "coefficients"], "weighted", "repeated", within: 1e-11,
      except: ["gradient_norm"])
  }

  @Test(arguments: [true, false])
  func `weights of another size give the same bytes`(classes: Bool) throws {
    var rows = Rows(classes: classes, isSparse: false)
    rows.weights = rows.target.indices.map { [0.3, 0, 1.7, 12, 3][$0 % 5] }
    let grid =
      String((classes ? Self.logisticGrid : Self.squaredGrid).dropLast())
      + ", {\"solver\": \"sgd\", \"eta\": 0.01, \"batch_size\": [1, 7], \"epochs\": 3, \"lambda\": 0.1}]"
    var tables: [[String: String]] = []
    for factor in [1, 4, 0x1p-40] {
      var scaled = rows
      scaled.weights = rows.weights.map { factor * $0 }
      try WholeFile.write(scaled.text(repeated: false), to: fixture.path("d.csv"))
      try fixture.run(
        spec(
          classes: classes, split: "{\"k_fold\": 4, \"test\": 0.2}", grid: grid,
          outputs: ", \"history\", \"predictions\"" + (classes ? "" : ", \"spectrum\"")),
        into: "\(factor)", startsFresh: true)
      tables.append(try fixture.tables("\(factor)"))
    }
    #expect(tables[0].keys.contains("history.csv"))
    #expect(tables[0] == tables[1])
    #expect(tables[0] == tables[2])
  }

  @Test(arguments: [true, false])
  func `weights that are all equal are none`(classes: Bool) throws {
    var rows = Rows(classes: classes, isSparse: true)
    rows.weights = rows.weights.map { _ in 0.3 }
    try WholeFile.write(rows.text(repeated: false), to: fixture.path("d.csv"))
    try fixture.run(spec(classes: classes), into: "equal")
    try fixture.run(
      spec(
        classes: classes,
        weights:
          "\"features\": [\(rows.features[0].indices.map { "\"x\($0)\"" }.joined(separator: ", "))]"
      ),
      into: "none")
    #expect(try fixture.tables("equal") == fixture.tables("none"))
  }

  @Test(arguments: [true, false])
  func `the weight of a test row moves no bit of a fit`(classes: Bool) throws {
    var rows = Rows(classes: classes, isSparse: false)
    rows.weights = rows.weights.map { 1 + $0 }
    let split = "{\"holdout\": 0.25, \"test\": 0.2}"
    for output in ["light", "heavy"] {
      if output == "heavy" { rows.weights[59] = 5e30 }
      try WholeFile.write(rows.text(repeated: false), to: fixture.path("d.csv"))
      try fixture.run(spec(classes: classes, split: split), into: output)
    }
    #expect(
      try fixture.tables("light")["coefficients.csv"] == fixture.tables("heavy")["coefficients.csv"]
    )
    try expectEqual(
      ["jobs"], "light", "heavy", within: 0,
      except: Set((Self.classMetrics + ["mse", "mae", "r2"]).map { "test_\($0)" }))
    let metric = classes ? "test_log_loss" : "test_mse"
    #expect(
      try fixture.table("jobs", of: "light").cells(metric)
        != fixture.table("jobs", of: "heavy").cells(metric))
  }

  @Test func `class weights are weights of rows that only train`() throws {
    var rows = Rows(classes: true, isSparse: false)
    rows.weights = rows.weights.map { 1 + $0 }
    let given = rows.weights
    func run(_ output: String, model: String = "") throws {
      try WholeFile.write(rows.text(repeated: false), to: fixture.path("d.csv"))
      try fixture.run(
        spec(classes: true, standardize: "none", scale: "sum", model: model), into: output)
    }
    try run("classes", model: ", \"class_weight\": {\"1\": 2.5, \"0.0\": 0.75}")
    rows.weights = given.indices.map { given[$0] * (rows.target[$0] == 1 ? 2.5 : 0.75) }
    try run("rows")
    // Features are not scaled, so that all but the metrics is the same.
    try expectEqual(["coefficients"], "classes", "rows", within: 1e-12)
    let metrics = Self.classMetrics.flatMap { ["train_\($0)", "validation_\($0)"] }
    try expectEqual(
      ["jobs"], "classes", "rows", within: 1e-12, except: Set(metrics + ["gradient_norm"]))
    #expect(
      try fixture.table("jobs", of: "classes").cells("train_log_loss")
        != fixture.table("jobs", of: "rows").cells("train_log_loss"))
  }

  @Test func `balanced classes count the same in every fold`() throws {
    var rows = Rows(classes: true, isSparse: false)
    rows.weights = rows.weights.map { 1 + $0 }
    try WholeFile.write(rows.text(repeated: false), to: fixture.path("d.csv"))
    for hold in ["0", "1", "2"] {
      // One fold at a time, with the weights by hand.
      let training = rows.target.indices.filter { rows.folds[$0] != hold }
      func sum(_ condition: (Int) -> Bool) -> Double {
        training.filter(condition).reduce(0) { $0 + rows.weights[$1] }
      }
      let factors = [0.0, 1].map { label in
        sum { _ in true } / (2 * sum { rows.target[$0] == label })
      }
      try fixture.run(
        spec(
          classes: true,
          model: ", \"class_weight\": {\"0\": \(factors[0]), \"1\": \(factors[1])}"),
        into: "given\(hold)", startsFresh: true)
    }
    try fixture.run(
      spec(classes: true, model: ", \"class_weight\": \"balanced\""), into: "balanced")
    for hold in ["0", "1", "2"] {
      let pair = try ["balanced", "given\(hold)"].map {
        try fixture.table("jobs", of: $0).filtered(["fold": hold])
      }
      for column in ["objective", "weight_norm", "validation_log_loss", "train_auc"] {
        for (one, other) in zip(pair[0].numbers(column), pair[1].numbers(column)) {
          #expect(abs(one - other) <= 1e-12 * max(1, abs(other)))
        }
      }
    }
  }

  @Test func `a sample's deviation needs weights of more than one`() throws {
    var rows = Rows(classes: false, isSparse: false)
    rows.weights = rows.weights.map { $0 / 128 }
    try WholeFile.write(rows.text(repeated: false), to: fixture.path("d.csv"))
    let error = #expect(throws: SpecErrors.self) {
      try fixture.run(spec(classes: false, standardize: "sample"))
    }
    #expect(
      "\(error, default: "")".contains(
        "features.standardize: \"sample\" divides by the sum of the weights less 1, and those of the "
          + "training rows of fold 2 add up to 0.4609375, write \"population\""))
  }

  @Test(arguments: [
    (
      "{\"2\": 3}",
      "s.json:4:58: model.class_weight.2: is no class of the target, which has \"0\" or \"1\""
    ),
    ("{\"1\": 3, \"1.0\": 2}", "model.class_weight.1.0: names the class \"1\" again"),
  ])
  func `a weight of no class is an error with its place`(weights: String, text: String) throws {
    let rows = Rows(classes: true, isSparse: false)
    try WholeFile.write(rows.text(repeated: false), to: fixture.path("d.csv"))
    let error = #expect(throws: SpecErrors.self) {
      try fixture.run(spec(classes: true, model: ", \"class_weight\": \(weights)"))
    }
    #expect("\(error, default: "")".contains(text))
  }

  @Test func `text classes are named by their texts`() throws {
    let rows = Rows(classes: true, isSparse: false)
    let text = rows.text(repeated: false)
    let named = text.split(separator: "\n").enumerated().map { index, line in
      guard index > 0 else { return String(line) }
      var cells = line.split(separator: ",").map(String.init)
      cells[4] = cells[4] == "1.0" ? "yes" : "no"
      return cells.joined(separator: ",")
    }
    for (output, content, label) in [
      ("text", named.joined(separator: "\n"), "yes"), ("number", text, "1"),
    ] {
      try WholeFile.write(content, to: fixture.path("d.csv"))
      try fixture.run(
        spec(classes: true, model: ", \"class_weight\": {\"\(label)\": 4}"), into: output)
    }
    #expect(try fixture.tables("text")["jobs.csv"] == fixture.tables("number")["jobs.csv"])
  }

  @Test func `a job with other weights is another job`() throws {
    let rows = Rows(classes: true, isSparse: false)
    try WholeFile.write(rows.text(repeated: false), to: fixture.path("d.csv"))
    let specs = [
      spec(classes: true, weights: "\"features\": [\"x0\", \"x1\"]"),
      spec(classes: true, weights: "\"features\": [\"x0\", \"x1\"], \"weight_column\": \"v\""),
      spec(classes: true, model: ", \"class_weight\": \"balanced\""),
      spec(classes: true, model: ", \"class_weight\": {\"1\": 2, \"0\": 3}"),
    ]
    for text in specs {
      try fixture.run(text)
      #expect(try fixture.jobsRun() == fixture.jobCount(text))
    }
    // The order of the classes says nothing.
    try fixture.run(spec(classes: true, model: ", \"class_weight\": {\"0\": 3, \"1\": 2}"))
    #expect(try fixture.jobsRun() == 0)
  }
}
