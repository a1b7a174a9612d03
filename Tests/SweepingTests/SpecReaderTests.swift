import Datasets
import LinearModels
import ModelSelection
import Results
import Sweeping
import TestSupport
import Testing

struct SpecReaderTests {
  private let smallest = """
    {"data": {"csv": "d.csv", "target": "y"}, "grid": {"solver": "normal", "lambda": 1}}
    """

  private func read(
    _ text: String, path: String = "s.json", set overrides: [SpecOverride] = []
  ) throws -> SweepSpec {
    try SpecReader.read(text: Array(text.utf8), path: path, overrides: overrides)
  }

  @Test func everyKeyHasItsDefault() throws {
    let spec = try read(smallest, path: "experiments/ridge.json")
    #expect(spec.name == "ridge")
    #expect(spec.description == "")
    #expect(spec.data == .csv(CSVSource(path: "experiments/d.csv", target: "y")))
    #expect(spec.polynomialDegree == 1)
    #expect(spec.standardization == .population)
    #expect(spec.split == SplitPlan(kind: .holdout(0.25), shuffle: true))
    #expect(spec.loss == .squared)
    #expect(spec.hasIntercept)
    #expect(spec.lambdaScale == .mean)
    #expect(spec.tolerance == 0)
    #expect(spec.metrics == [.mse])
    #expect(spec.selectionMetric == .mse)
    #expect(spec.selectionRule == .min)
    #expect(spec.outputs == [])
    #expect(spec.gates == [])
    #expect(spec.limits == Limits(maxJobs: 1_000_000, maxMemoryGB: nil))
    #expect(spec.seed == 0)
    #expect(spec.text == smallest)
    #expect(spec.path == "experiments/ridge.json")
    #expect(
      spec.grids == [
        GridSpec([
          .solver: ["normal"], .degree: [1], .schedule: ["constant"], .epochs: [100], .lambda: [1],
        ])
      ])
  }

  @Test func everyKeyIsRead() throws {
    let spec = try read(
      """
      {
        "$schema": "sweep.schema.json",
        "name": "all-1.0_b",
        "description": "Why.",
        "data": {
          "csv": "/data/d.csv", "target": "y", "features": ["a", "b"], "drop": ["c"],
          "categorical": ["a"], "header": false, "delimiter": ";", "missing": "drop_rows"
        },
        "features": {"polynomial": 3, "standardize": "sample"},
        "split": {"k_fold": 5, "shuffle": false, "repeats": 1, "test": 0.2},
        "model": {"loss": "logistic", "intercept": false, "lambda_scale": "sum_unhalved"},
        "grid": {
          "solver": ["gd", "newton"], "degree": [1, 2], "train_size": [20, 0.5],
          "schedule": ["constant", {"inverse_time": 0.1}], "batch_size": 1, "eta": 0.01,
          "epochs": [10, 20], "radius": 2, "lambda": {"range": [0, 1, 0.5]},
          "exclude": [{"solver": "gd", "eta": 0.01, "schedule": {"inverse_time": 0.1}}]
        },
        "training": {"epochs": 7, "tolerance": 1e-6, "schedule": {"inverse_sqrt": 2}},
        "metrics": ["auc", "log_loss"],
        "select": {"metric": "log_loss", "rule": "one_standard_error"},
        "outputs": ["history", "predictions"],
        "gates": [
          {"metric": "validation_log_loss", "at": "best", "max": 0.5},
          {"metric": "test_auc", "against": "baseline", "max_decrease": {"absolute": 0.01}},
          {"count": "diverged", "max": 0},
          {"best": "lambda", "within_decades": 0.5}
        ],
        "limits": {"max_jobs": 500, "max_memory_gb": 1.5},
        "seed": 18446744073709551615
      }
      """, path: "somewhere/x.json")
    #expect(spec.name == "all-1.0_b")
    #expect(spec.description == "Why.")
    #expect(
      spec.data
        == .csv(
          CSVSource(
            path: "/data/d.csv", target: "y", features: ["a", "b"], drop: ["c"],
            categorical: ["a"], hasHeader: false, dialect: CSVDialect(delimiter: ";"),
            missing: .dropRows)))
    #expect(spec.polynomialDegree == 3)
    #expect(spec.standardization == .sample)
    #expect(spec.split == SplitPlan(kind: .kFold(5), shuffle: false, repeats: 1, test: 0.2))
    #expect(spec.loss == .logistic)
    #expect(!spec.hasIntercept)
    #expect(spec.lambdaScale == .sumUnhalved)
    #expect(spec.tolerance == 1e-6)
    #expect(spec.metrics == [.auc, .logLoss])
    #expect(spec.selectionMetric == .logLoss)
    #expect(spec.selectionRule == .oneStandardError)
    #expect(spec.outputs.map(\.rawValue).sorted() == ["history", "predictions"])
    #expect(spec.limits == Limits(maxJobs: 500, maxMemoryGB: 1.5))
    #expect(spec.seed == .max)
    let partial = Point([.solver: "gd", .learningRate: 0.01, .schedule: "inverse_time(0.1)"])
    #expect(
      spec.grids == [
        GridSpec(
          [
            .solver: ["gd", "newton"], .degree: [1, 2], .trainSize: [20, 0.5],
            .schedule: ["constant", "inverse_time(0.1)"], .batchSize: [1], .learningRate: [0.01],
            .epochs: [10, 20], .radius: [2], .lambda: [0, 0.5, 1],
          ], exclude: [partial])
      ])
    #expect(
      spec.gates.map(\.rule) == [
        .bestWithin(column: "validation_log_loss", min: nil, max: 0.5),
        .againstBaseline(column: "test_auc", ChangeBounds(absolute: 0.01)),
        .count(status: .diverged, max: 0),
        .bestAxis(axis: "lambda", withinDecades: 0.5),
      ])
    #expect(spec.gates.map(\.line) == [23, 24, 25, 26])
    #expect(spec.gates.map(\.column) == [5, 5, 5, 5])
  }

  @Test(arguments: [
    (#"{"libsvm": "a.txt"}"#, DataSource.libsvm(path: "e/a.txt")),
    (
      #"{"npy": {"features": "X.npy", "target": "../y.npy"}}"#,
      .npy(features: "e/X.npy", target: "e/../y.npy")
    ),
    (
      #"{"npy": {"features": "X.npy", "target": "y.npy", "weights": "w.npy"}}"#,
      .npy(features: "e/X.npy", target: "e/y.npy", weights: "e/w.npy")
    ),
    (
      #"{"synthetic": {"rows": 20}}"#,
      .synthetic(SyntheticSource(kind: .linear, rows: 20, features: 1, seed: 5))
    ),
    (
      #"{"synthetic": {"kind": "logistic", "rows": 20, "features": 3, "noise": 0, "coefficient": 2, "intercept": -1, "seed": 9}}"#,
      .synthetic(
        SyntheticSource(
          kind: .logistic, rows: 20, features: 3, noise: 0, coefficients: [2], intercept: -1,
          seed: 9))
    ),
    (
      #"{"synthetic": {"rows": 20, "coefficient": [1, 2]}}"#,
      .synthetic(
        SyntheticSource(kind: .linear, rows: 20, features: 2, coefficients: [1, 2], seed: 5))
    ),
    (
      #"{"synthetic": {"kind": "polynomial", "rows": 20, "coefficient": [1, 2, 3]}}"#,
      .synthetic(
        SyntheticSource(kind: .polynomial, rows: 20, features: 1, coefficients: [1, 2, 3], seed: 5))
    ),
  ])
  func everySourceOfDataIsRead(text: String, source: DataSource) throws {
    let spec = try read(
      "{\"seed\": 5, \"data\": \(text), \"grid\": {\"solver\": \"normal\", \"lambda\": 1}}",
      path: "e/s.json")
    #expect(spec.data == source)
  }

  @Test(arguments: [
    (#"{"holdout": 0.3}"#, SplitPlan(kind: .holdout(0.3), shuffle: true)),
    (#"{"leave_one_out": true}"#, SplitPlan(kind: .leaveOneOut, shuffle: true)),
    (#"{"column": "s"}"#, SplitPlan(kind: .column("s"), shuffle: true)),
    (
      #"{"fold_column": "f", "test": 0.1}"#,
      SplitPlan(kind: .foldColumn("f"), shuffle: true, test: 0.1)
    ),
    (
      #"{"files": {"validation": "v.csv", "test": "/t.csv"}}"#,
      SplitPlan(kind: .files(validation: "e/v.csv", test: "/t.csv"), shuffle: true)
    ),
    (#"{"k_fold": 5, "repeats": 3}"#, SplitPlan(kind: .kFold(5), shuffle: true, repeats: 3)),
  ])
  func everySplitIsRead(text: String, split: SplitPlan) throws {
    let data = #"{"csv": "d.csv", "target": "y"}"#
    let spec = try read(
      "{\"data\": \(data), \"split\": \(text), \"grid\": {\"solver\": \"normal\", \"lambda\": 1}}",
      path: "e/s.json")
    #expect(spec.split == split)
    #expect(text.contains("\"\(split.kind.declaration.word)\""))
  }

  @Test func theLogisticLossHasItsOwnDefaultMetrics() throws {
    let spec = try read(
      """
      {"data": {"libsvm": "a"}, "model": {"loss": "logistic"},
       "grid": {"solver": "newton", "lambda": 0}}
      """)
    #expect(spec.metrics == [.logLoss, .errorRate])
    #expect(spec.selectionMetric == .logLoss)
  }

  @Test func trainingFillsInWhatTheGridLeavesOut() throws {
    let spec = try read(
      """
      {"data": {"libsvm": "a"}, "features": {"polynomial": 2},
       "training": {"epochs": 7, "schedule": {"inverse_sqrt": 2}},
       "grid": [{"solver": "gd", "eta": 1, "lambda": 0},
                {"solver": "gd", "eta": 1, "lambda": 0, "epochs": 9, "schedule": "constant",
                 "degree": 5}]}
      """)
    #expect(spec.grids.map { $0.numbers(.epochs) } == [[7], [9]])
    #expect(spec.grids.map { $0[.schedule] } == [["inverse_sqrt(2)"], ["constant"]])
    #expect(spec.grids.map { $0.numbers(.degree) } == [[2], [5]])
  }

  @Test(arguments: [
    ("1e-3", [0.001]), ("[1.0E-3, 0.001]", [0.001, 0.001]),
    (#"{"logspace": [1e-3, 1e3], "count": 7}"#, [0.001, 0.01, 0.1, 1, 10, 100, 1000]),
    (#"{"logspace": [1000, 0.1], "count": 5}"#, [1000, 100, 10, 1, 0.1]),
    // By hand: 10^(1/3) and 10^(2/3) to 12 digits.
    (#"{"logspace": [1, 10], "count": 4}"#, [1, 2.15443469003, 4.64158883361, 10]),
    (#"{"logspace": [0.3, 0.7], "count": 1}"#, [0.3]),
    (#"{"logspace": [0.1, 0.3], "count": 2}"#, [0.1, 0.3]),
    // The ratio of the bounds is beyond a double.
    (#"{"logspace": [1e-300, 1e300], "count": 3}"#, [1e-300, 1, 1e300]),
    (#"{"linspace": [0, 1], "count": 5}"#, [0, 0.25, 0.5, 0.75, 1]),
    (#"{"linspace": [0.1, 0.7], "count": 4}"#, [0.1, 0.3, 0.5, 0.7]),
    (#"{"linspace": [0, 1], "count": 4}"#, [0, 0.333333333333, 0.666666666667, 1]),
    (#"{"range": [0, 1, 0.1]}"#, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]),
    (#"{"range": [0, 1, 0.4]}"#, [0, 0.4, 0.8]), (#"{"range": [3, 1, -1]}"#, [3, 2, 1]),
    (#"{"range": [2, 2, 1]}"#, [2]),
  ])
  func anAxisIsExpanded(text: String, values: [Double]) throws {
    let spec = try read(
      "{\"data\": {\"libsvm\": \"a\"}, \"grid\": {\"solver\": \"normal\", \"lambda\": \(text)}}")
    #expect(spec.grids[0].numbers(.lambda) == values)
  }

  @Test func theLogspaceOfTheContractKeepsItsDecades() throws {
    let spec = try read(
      """
      {"data": {"libsvm": "a"},
       "grid": {"solver": "normal", "lambda": {"logspace": [1e-6, 1e3], "count": 28}}}
      """)
    let lambdas = spec.grids[0].numbers(.lambda)
    #expect(lambdas.count == 28)
    #expect(
      (0..<10).map { lambdas[3 * $0] } == [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10, 100, 1000])
    #expect(lambdas[1] == 2.15443469003e-6)
  }

  @Test(arguments: [
    ("grid.lambda", "[1, 2]", [1, 2]), ("grid.lambda", #"{"range": [0, 2, 1]}"#, [0, 1, 2]),
    ("grid", #"{"solver": "min_norm", "lambda": 3}"#, [3]), ("grid.lambda", "1e-3", [0.001]),
  ])
  func anOverrideReplacesAValue(path: String, value: String, lambdas: [Double]) throws {
    let spec = try read(smallest, set: [SpecOverride(path: path, value: value)])
    #expect(spec.grids[0].numbers(.lambda) == lambdas)
    #expect(spec.overrides == [SpecOverride(path: path, value: value)])
  }

  @Test func overridesAddWhatIsNotThereAndTheLastOneCounts() throws {
    let spec = try read(
      smallest,
      set: [
        SpecOverride(path: "model.loss", value: "logistic"),
        SpecOverride(path: "grid.solver", value: "newton"),
        SpecOverride(path: "limits.max_jobs", value: "5"),
        SpecOverride(path: "limits.max_jobs", value: "6"),
        SpecOverride(path: "data.csv", value: "other.csv"),
        SpecOverride(path: "name", value: "b"),
      ])
    #expect(spec.loss == .logistic)
    #expect(spec.limits.maxJobs == 6)
    #expect(spec.data == .csv(CSVSource(path: "other.csv", target: "y")))
    #expect(spec.name == "b")
  }

  @Test func anOverrideReachesIntoAnArrayOfGrids() throws {
    let text = """
      {"data": {"libsvm": "a"}, "grid": [{"solver": "normal", "lambda": 1},
                                         {"solver": "normal", "lambda": [2, 3]}]}
      """
    let spec = try read(text, set: [SpecOverride(path: "grid.1.lambda.0", value: "9")])
    #expect(spec.grids.map { $0.numbers(.lambda) } == [[1], [9, 3]])
  }

  @Test func anOverrideOfTheSplitReplacesItsKind() throws {
    let text = """
      {"data": {"libsvm": "a"}, "split": {"k_fold": 5, "repeats": 2},
       "grid": {"solver": "normal", "lambda": 1}}
      """
    let spec = try read(text, set: [SpecOverride(path: "split.holdout", value: "0.5")])
    #expect(spec.split == SplitPlan(kind: .holdout(0.5), shuffle: true, repeats: 2))
  }

  @Test(arguments: [
    ("grid.lambda=1", SpecOverride(path: "grid.lambda", value: "1")),
    ("a=b=c", SpecOverride(path: "a", value: "b=c")), ("a=", SpecOverride(path: "a", value: "")),
    ("=1", nil), ("grid.lambda", nil), ("", nil),
  ])
  func anOverrideIsAPathAndAValue(argument: String, override: SpecOverride?) {
    #expect(SpecOverride(argument: argument) == override)
  }

  @Test(arguments: [
    (LearningRateSchedule.constant, "constant"), (.inverseTime(0.1), "inverse_time(0.1)"),
    (.inverseSqrt(100), "inverse_sqrt(100)"), (.inverseTime(1e-6), "inverse_time(1e-6)"),
  ])
  func aScheduleHasACell(schedule: LearningRateSchedule, cell: String) {
    #expect(schedule.cell == cell)
    #expect(LearningRateSchedule(cell: cell) == schedule)
  }

  @Test(arguments: ["", "inverse", "inverse_time", "inverse_time()", "inverse_time(-1)", "x(1)"])
  func whatIsNoCellOfAScheduleIsNone(cell: String) {
    #expect(LearningRateSchedule(cell: cell) == nil)
  }

  @Test func noMutationOfASpecTraps() {
    let base = Array(
      """
      {"name": "a", "data": {"csv": "d.csv", "target": "y", "drop": ["a"], "delimiter": ";"},
       "features": {"polynomial": 3}, "split": {"k_fold": 5, "repeats": 2, "test": 0.2},
       "grid": [{"solver": ["gd", "sgd"], "eta": [0.1, 1e-3], "batch_size": 1,
                 "lambda": {"logspace": [1e-6, 1e3], "count": 28}, "train_size": [0.5, 10],
                 "schedule": [{"inverse_time": 1}], "epochs": {"range": [1, 9, 2]},
                 "exclude": [{"eta": 0.1, "lambda": 1000}]}],
       "metrics": ["mse", "r2"], "select": {"rule": "min"}, "outputs": ["history"],
       "gates": [{"metric": "validation_mse", "max": 1}, {"count": "ok", "max": 1}],
       "limits": {"max_jobs": 1000000}, "seed": 7}
      """.utf8)
    let fragments = [
      "1e308", "-", "0", "9999999999999999999", "1e-308", "null", "[]", "{}", "\"\"", "[", "}",
      ",", "\"range\": [0, 1e18, 1]", "\"count\": 1e15", "\u{0}", "é", "true", "NaN", "e",
    ].map { Array($0.utf8) }
    var random = SeededGenerator(seed: 42)
    var readable = 0
    let digits = base.indices.filter {
      base[$0] >= UInt8(ascii: "0") && base[$0] <= UInt8(ascii: "9")
    }
    for round in 0..<1500 {
      var text = base
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        if round % 2 == 0, let at = digits.randomElement(using: &random), at < text.count {
          text[at] = UInt8.random(in: UInt8(ascii: "0")...UInt8(ascii: "9"), using: &random)
          continue
        }
        let at = Int.random(in: 0..<text.count, using: &random)
        let length = min(Int.random(in: 0...6, using: &random), text.count - at)
        let insert =
          Bool.random(using: &random)
          ? fragments.randomElement(using: &random) ?? []
          : [UInt8.random(in: 0...255, using: &random)]
        text.replaceSubrange(at..<at + length, with: insert)
      }
      do {
        let spec = try SpecReader.read(text: text, path: "s.json")
        readable += 1
        if let grid = try? Grid(spec), let last = grid.indices.last { _ = grid[last] }
      } catch {
        #expect(!error.problems.isEmpty)
      }
    }
    // Half of the mutations change digits only, so many reach beyond the JSON reader.
    #expect(readable > 200)
  }
}
