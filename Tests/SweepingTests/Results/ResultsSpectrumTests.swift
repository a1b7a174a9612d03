import Foundation
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

  /// Columns that differ by 1e-7 have an eigenvalue of 1e-14, which is rounding in the Gram matrix.
  @Test(arguments: [#""min_norm""#, #"["normal", "min_norm"]"#])
  func `the minimum norm's spectrum is that of its own singular values`(solver: String) throws {
    let fixture = try SweepFixture()
    var text = "a,b,c,y\n"
    for i in 0..<40 {
      let (a, c) = (Double(i * 17 % 40), Double(i * i % 13))
      text += "\(a),\(a + 1e-6 * c),\(Double(i * 7 % 11)),\(Double(i % 5) + a)\n"
    }
    try text.write(toFile: fixture.path("d.csv"), atomically: false, encoding: .utf8)
    try fixture.run(
      """
      {"data": {"csv": "d.csv", "target": "y"}, "split": {"k_fold": 2},
       "grid": {"solver": \(solver), "lambda": [0, 1e-15]}, "outputs": ["spectrum"]}
      """)
    let spectrum = try fixture.table("spectrum")
    for row in try fixture.table("jobs").rows where row["solver"] == "min_norm" {
      let own = spectrum.filtered([
        "fold": row["fold"] ?? "", "lambda_mean": row["lambda_mean"] ?? "",
      ])
      #expect(own.rows.count == 3)
      let sum = own.numbers("shrinkage").reduce(0, +)
      #expect(relativeDistance(sum, Double(row["effective_df"] ?? "") ?? .nan) < 1e-14)
      #expect(own.numbers("eigenvalue")[2] > 0)
    }
  }

  @Test func `there are no more components than rows`() throws {
    let fixture = try run(#"{"solver": "min_norm", "lambda": 1, "degree": 1}"#)
    #expect(try fixture.table("spectrum").rows.count == 3 * 4)
    let wide = try SweepFixture()
    try "a,b,c,d,y\n1,2,3,5,1\n2,3,1,0,2\n4,1,1,2,0\n".write(
      toFile: wide.path("d.csv"), atomically: false, encoding: .utf8)
    try wide.run(
      """
      {"data": {"csv": "d.csv", "target": "y"}, "split": {"k_fold": 3},
       "grid": {"solver": "normal", "lambda": 1}, "outputs": ["spectrum"]}
      """)
    #expect(try wide.table("spectrum").rows.count == 3 * 2)
  }
}
