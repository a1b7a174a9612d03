import TestSupport
import Testing

struct ResultsSpectrumTests {
  private func run(_ grid: String, lambdaScale: String = "mean") throws -> SweepFixture {
    let fixture = try SweepFixture()
    try fixture.run(
      """
      {"data": {"csv": "\(SweepFixture.shipped("diabetes.csv"))", "target": "progression",
                "features": ["age", "bmi", "bp", "s5"]},
       "split": {"k_fold": 3, "shuffle": false}, "model": {"lambda_scale": "\(lambdaScale)"},
       "grid": \(grid), "outputs": ["spectrum"]}
      """)
    return fixture
  }

  @Test(arguments: ["mean", "sum"])
  func `shrinkages add up to the effective degrees of freedom`(scale: String) throws {
    let fixture = try run(
      #"{"solver": ["normal", "min_norm"], "lambda": [0, 0.1, 2]}"#, lambdaScale: scale)
    let spectrum = try fixture.table("spectrum")
    #expect(spectrum.rows.count == 3 * 3 * 4)
    for row in try fixture.table("jobs").rows {
      let own = spectrum.filtered([
        "fold": row["fold"] ?? "", "lambda_mean": row["lambda_mean"] ?? "",
      ])
      #expect(own.cells("component") == ["0", "1", "2", "3"])
      let sum = own.numbers("shrinkage").reduce(0, +)
      #expect(relativeDistance(sum, Double(row["effective_df"] ?? "") ?? .nan) < 1e-11)
      let eigenvalues = own.numbers("eigenvalue")
      #expect(eigenvalues == eigenvalues.sorted(by: >))
      // Standardised features have a unit variance each.
      #expect(relativeDistance(eigenvalues.reduce(0, +), 4) < 1e-13)
    }
  }
}
