import Foundation
import TestSupport
import Testing

/// The linear problems of NIST's Statistical Reference Datasets, from a CSV file to `coefficients.csv`.
///
/// The digits asked for are those that the data allow: certified values have fifteen, and decimals such as
/// 0.11019 are rounded when they are read, which Wampler 2 and Pontius feel most.
struct ResultsReferenceDataTests {
  struct Problem: CustomTestStringConvertible, Sendable {
    let name: String
    /// Feature columns, row by row.
    let rows: [[Double]]
    let target: [Double]
    let degree: Int
    var hasIntercept = true
    let certified: [Double]
    let digits: Double

    var testDescription: String { name }
  }

  private static func wampler(_ name: String, noise: Double) -> Problem {
    let x = (0...20).map(Double.init)
    return Problem(
      name: name, rows: x.map { [$0] },
      target: zip(x, StatisticalReferenceData.wamplerNoise).map { x, addition in
        (0...5).reduce(0) { $0 + Foundation.pow(x, Double($1)) } + noise * addition
      }, degree: 5, certified: [1, 1, 1, 1, 1, 1], digits: 15)
  }

  static let problems: [Problem] = [
    Problem(
      name: "Norris", rows: StatisticalReferenceData.norrisX.map { [$0] },
      target: StatisticalReferenceData.norrisY, degree: 1,
      certified: StatisticalReferenceData.norrisCertified, digits: 14),
    Problem(
      name: "Pontius", rows: (0..<40).map { [150_000 * Double($0 % 20 + 1)] },
      target: StatisticalReferenceData.pontiusY, degree: 2,
      certified: StatisticalReferenceData.pontiusCertified, digits: 13.5),
    Problem(
      name: "NoInt1", rows: (60...70).map { [Double($0)] }, target: (130...140).map(Double.init),
      degree: 1, hasIntercept: false, certified: [2.07438016528926], digits: 14.6),
    Problem(
      name: "NoInt2", rows: [[4], [5], [6]], target: [3, 4, 4], degree: 1, hasIntercept: false,
      certified: [0.727272727272727], digits: 15),
    Problem(
      name: "Filip", rows: StatisticalReferenceData.filipX.map { [$0] },
      target: StatisticalReferenceData.filipY, degree: 10,
      certified: StatisticalReferenceData.filipCertified, digits: 13),
    Problem(
      name: "Longley", rows: StatisticalReferenceData.longley.map { Array($0.dropFirst()) },
      target: StatisticalReferenceData.longley.map { $0[0] }, degree: 1,
      certified: StatisticalReferenceData.longleyCertified, digits: 14.5),
    wampler("Wampler1", noise: 0),
    Problem(
      name: "Wampler2", rows: (0...20).map { [Double($0)] },
      target: (0...20).map { x in
        // In whole multiples of 10⁻⁵, as published.
        (0...5).reduce(0) {
          $0 + Foundation.pow(Double(x), Double($1)) * Foundation.pow(10, Double(5 - $1))
        } / 1e5
      }, degree: 5, certified: (0...5).map { Foundation.pow(10, -Double($0)) }, digits: 13.2),
    wampler("Wampler3", noise: 1), wampler("Wampler4", noise: 100),
    wampler("Wampler5", noise: 10_000),
  ]

  @Test(arguments: problems, ["population", "none"])
  func `the minimum norm has the certified coefficients`(
    problem: Problem, standardize: String
  ) throws {
    // Standardised features without intercept are another model.
    guard problem.hasIntercept || standardize == "none" else { return }
    let found = try coefficients(problem, solver: "min_norm", standardize: standardize)
    #expect(found.count == problem.certified.count)
    #expect(digits(found, problem.certified) >= problem.digits)
  }

  /// Filip's matrix is singular to the normal equations in doubles, and nothing else is right.
  @Test(arguments: problems, ["population", "none"])
  func `the normal equations have them too or are singular`(
    problem: Problem, standardize: String
  ) throws {
    guard problem.hasIntercept || standardize == "none" else { return }
    let found = try coefficients(problem, solver: "normal", standardize: standardize)
    if problem.name == "Filip" {
      #expect(found.isEmpty)
    } else {
      #expect(digits(found, problem.certified) >= problem.digits)
    }
  }

  private func coefficients(
    _ problem: Problem, solver: String, standardize: String
  ) throws -> [Double] {
    let fixture = try SweepFixture()
    let columns = problem.rows[0].indices.map { "x\($0)" }
    var text = (columns + ["y", "set"]).joined(separator: ",") + "\n"
    for set in ["train", "validation"] {
      for (row, y) in zip(problem.rows, problem.target) {
        text += (row + [y]).map { "\($0)" }.joined(separator: ",") + ",\(set)\n"
      }
    }
    try text.write(toFile: fixture.path("d.csv"), atomically: false, encoding: .utf8)
    try fixture.run(
      """
      {"data": {"csv": "d.csv", "target": "y"}, "split": {"column": "set"},
       "features": {"polynomial": \(problem.degree), "standardize": "\(standardize)"},
       "model": {"intercept": \(problem.hasIntercept)},
       "grid": {"solver": "\(solver)", "lambda": 0}, "outputs": ["coefficients"]}
      """)
    let rows = try fixture.table("coefficients").rows
    return rows.filter { problem.hasIntercept || $0["feature"] != "(intercept)" }
      .map { Double($0["coefficient"] ?? "") ?? .nan }
  }

  /// The digits to which all coefficients agree.
  private func digits(_ found: [Double], _ expected: [Double]) -> Double {
    let worst = zip(found, expected).reduce(0) { max($0, abs($1.0 / $1.1 - 1)) }
    return found.isEmpty ? 0 : worst == 0 ? 17 : -Foundation.log10(worst)
  }
}
