import Foundation
import LinearModels
import TestSupport
import Testing

/// Whole runs whose numbers must not depend on what they have no part in.
struct ResultsPrecisionTests {
  private func run(_ text: String, _ spec: String) throws -> SweepFixture {
    let fixture = try SweepFixture()
    try text.write(toFile: fixture.path("d.csv"), atomically: false, encoding: .utf8)
    try fixture.run(spec)
    return fixture
  }

  /// Sixty rows in four folds; `offset` moves the features, `change` replaces cells.
  private func folds(
    offset: Double = 0, change: (_ row: Int, _ cells: inout [Double]) -> Void = { _, _ in }
  ) -> String {
    var text = "a,b,y,f\n"
    for i in 0..<60 {
      let (a, b) = (Double(i * 7 % 31) / 8, Double(i * i % 23) / 4)
      var cells = [a + offset, b + 1.5 * offset, 2 * a - b + Double(i * 5 % 9) / 16]
      change(i, &cells)
      text += cells.map { "\($0)" }.joined(separator: ",") + ",\(i % 4)\n"
    }
    return text
  }

  private let solvers = """
    {"data": {"csv": "d.csv", "target": "y"}, "split": {"fold_column": "f"},
     "grid": [{"solver": ["normal", "min_norm"], "lambda": [0, 0.01]},
              {"solver": "gd", "lambda": 0.01, "eta": 0.5, "epochs": 50}],
     "metrics": ["mse", "mae"], "outputs": ["coefficients"]}
    """

  /// 2³⁰ is a mean of 10⁹ deviations.
  @Test(arguments: [0x1p20, 0x1p30, 0x1p40])
  func `errors far from zero are those near it`(offset: Double) throws {
    let near = try run(folds(), solvers).table("jobs")
    let far = try run(folds(offset: offset), solvers).table("jobs")
    for column in ["train_mse", "validation_mse", "validation_mae", "weight_norm"] {
      #expect(relativeDistance(far.numbers(column), near.numbers(column)) < 2e-14)
    }
  }

  @Test(arguments: [1e3, 1e16, 1e200, 1e300], [0, 2])
  func `a fold that never saw a value is fitted as if it were not there`(
    value: Double, column: Int
  ) throws {
    let plain = try run(folds(), solvers).table("jobs").filtered(["fold": "2"])
    let changed = try run(folds { if $0 == 2 { $1[column] = value } }, solvers)
      .table("jobs").filtered(["fold": "2"])
    #expect(changed.cells("status") == [String](repeating: "ok", count: 5))
    for name in ["train_mse", "weight_norm", "effective_df"] {
      #expect(relativeDistance(changed.numbers(name), plain.numbers(name)) < 1e-12)
    }
  }

  /// Twenty columns of mostly zeros, or none: the test rows could choose how sums are made, and where
  /// their shift is.
  @Test(arguments: [0.0, 1, 1e200])
  func `a test row moves no bit`(value: Double) throws {
    func text(_ value: Double) -> String {
      var text = (0..<20).map { "x\($0)" }.joined(separator: ",") + ",y,set\n"
      for i in 0..<100 {
        let set = i % 3 > 0 ? "test" : i % 2 == 0 ? "train" : "validation"
        var cells = (0..<20).map { (i / 3 + 5 * $0) % 19 == 0 ? Double(i % 7) + 1 : 0 }
        if set == "test" { cells = cells.map { _ in value } }
        text += (cells + [Double(i % 13)]).map { "\($0)" }.joined(separator: ",") + ",\(set)\n"
      }
      return text
    }
    let spec = """
      {"data": {"csv": "d.csv", "target": "y"}, "split": {"column": "set"},
       "grid": [{"solver": ["normal", "min_norm"], "lambda": [0.01, 1]},
                {"solver": "sgd", "lambda": 0.01, "eta": 0.01, "batch_size": 1,
                 "epochs": 3}],
       "outputs": ["coefficients"]}
      """
    let expected = try run(text(0.5), spec).tables()["coefficients.csv"]
    #expect(try run(text(value), spec).tables()["coefficients.csv"] == expected)
  }

  @Test func `the largest lambda is divided before it is doubled`() {
    #expect(LambdaScale.sumUnhalved.lambdaMean(1e308, totalWeight: 40) == 5e306)
    #expect(LambdaScale.sumUnhalved.lambdaMean(3, totalWeight: 4) == 1.5)
  }
}
