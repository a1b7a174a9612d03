import Datasets
import Testing

@Suite struct SyntheticLoaderTests {
  private static func load(_ source: SyntheticSource, workers: Int = 2) throws -> Dataset {
    try Dataset.load(.synthetic(source), workers: workers)
  }

  @Test(arguments: SyntheticSource.Kind.allCases)
  func `any number of workers draws the same rows`(kind: SyntheticSource.Kind) throws {
    let source = SyntheticSource(kind: kind, rows: 5000, features: 3, seed: 4)
    let first = try Self.load(source, workers: 1)
    #expect(first.featureNames == (kind == .polynomial ? ["x1"] : ["x1", "x2", "x3"]))
    #expect(first.targetName == "y")
    for workers in 2...3 {
      let dataset = try Self.load(source, workers: workers)
      #expect(dataset.rows == first.rows)
      #expect(dataset.target == first.target)
      #expect(dataset.contentHash == first.contentHash)
    }
  }

  @Test func `more rows leave the first ones as they are and another seed does not`() throws {
    let few = try Self.load(SyntheticSource(kind: .linear, rows: 1500, features: 2, seed: 1))
    let many = try Self.load(SyntheticSource(kind: .linear, rows: 3000, features: 2, seed: 1))
    let other = try Self.load(SyntheticSource(kind: .linear, rows: 1500, features: 2, seed: 2))
    #expect(Array(many.rows.prefix(1500)) == few.rows)
    #expect(other.rows != few.rows)
    #expect(Set([few, many, other].map(\.contentHash)).count == 3)
  }

  @Test func `without noise a linear target is the formula`() throws {
    let dataset = try Self.load(
      SyntheticSource(
        kind: .linear, rows: 50, features: 2, noise: 0, coefficients: [2, -3], intercept: 0.5))
    for (row, target) in zip(dataset.rows, dataset.target) {
      #expect(target == 0.5 + 2 * row[0] + -3 * row[1])
    }
  }

  @Test func `one coefficient is that of every feature`() throws {
    let dataset = try Self.load(
      SyntheticSource(kind: .linear, rows: 20, features: 3, noise: 0, coefficients: [0.01]))
    for (row, target) in zip(dataset.rows, dataset.target) {
      #expect(target == 0 + 0.01 * row[0] + 0.01 * row[1] + 0.01 * row[2])
    }
  }

  @Test func `without noise a polynomial target is the formula`() throws {
    let dataset = try Self.load(
      SyntheticSource(
        kind: .polynomial, rows: 50, features: 1, noise: 0, coefficients: [1, 0, -2], intercept: 3))
    for (row, target) in zip(dataset.rows, dataset.target) {
      let x = row[0]
      #expect((-1...1).contains(x))
      #expect(target == 3 + x + 0 * (x * x) + -2 * (x * x * x))
    }
  }

  @Test func `features and noise have the mean and spread they should`() throws {
    let dataset = try Self.load(
      SyntheticSource(kind: .linear, rows: 40_000, features: 1, noise: 2, coefficients: [0]))
    for (values, deviation) in [(dataset.rows.map { $0[0] }, 1.0), (dataset.target, 2.0)] {
      let mean = values.reduce(0, +) / 40_000
      let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 40_000
      // Five standard errors: sd/√n for the mean, sd²·√(2/n) for the variance.
      #expect(abs(mean) < 5 * deviation / 200)
      #expect(abs(variance - deviation * deviation) < 5 * deviation * deviation * 0.00708)
    }
  }

  @Test func `classes are as likely as the formula says`() throws {
    let dataset = try Self.load(
      SyntheticSource(
        kind: .logistic, rows: 40_000, features: 1, coefficients: [0], intercept: 1))
    #expect(Set(dataset.target) == [0, 1])
    // 1/(1 + e⁻¹) = 0.7311; five standard errors of a share of 40,000.
    #expect(abs(dataset.target.reduce(0, +) / 40_000 - 0.7311) < 0.0111)
  }

  @Test(arguments: [
    (SyntheticSource(kind: .linear, rows: 0, features: 1), "rows: found 0, at least 1 is needed"),
    (
      SyntheticSource(kind: .linear, rows: 1, features: 0),
      "features: found 0, at least 1 is needed"
    ),
    (
      SyntheticSource(kind: .linear, rows: 1, features: 1, noise: -1),
      "noise: found -1.0, a finite number from 0 is needed"
    ),
    (
      SyntheticSource(kind: .linear, rows: 1, features: 1, intercept: .infinity),
      "coefficients and intercept must be finite"
    ),
    (
      SyntheticSource(kind: .linear, rows: 1, features: 3, coefficients: [1, 2]),
      "found 2 coefficients for 3 features"
    ),
    (
      SyntheticSource(kind: .linear, rows: 100, features: 3, coefficients: [1e308]),
      "a target is beyond the largest number; use smaller coefficients"
    ),
    (
      SyntheticSource(kind: .linear, rows: 2_000_000_000, features: 1_000_000),
      "2000000000 rows of 1000000 columns do not fit in this machine's memory"
    ),
    (
      SyntheticSource(kind: .linear, rows: .max / 2, features: 3),
      "\(Int.max / 2) rows are too many; at most 2147483647 can be used"
    ),
  ])
  func `a description that cannot be drawn from is refused`(
    source: SyntheticSource, expected: String
  ) throws {
    let error = #expect(throws: DatasetError.self) { try Self.load(source) }
    #expect(error?.description == "data.synthetic: \(expected)")
  }

  @Test func `splits by file or by column are refused`() throws {
    let source = DataSource.synthetic(SyntheticSource(kind: .linear, rows: 5, features: 1))
    #expect(throws: DatasetError.self) {
      try Dataset.load(source, extraFiles: [("test", "z")], workers: 1)
    }
    #expect(throws: DatasetError.self) { try Dataset.load(source, labelColumn: "c", workers: 1) }
  }
}
