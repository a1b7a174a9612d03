/// All monomials of the columns up to a total degree, without the constant.
///
/// Degree 1 first, in column order, then each degree in the order of combinations with repetition:
/// `a, b, a^2, a*b, b^2, a^3, …` (scikit-learn's `PolynomialFeatures` without bias). A monomial is
/// one of the degree before times one column, so its rounding is fixed. Its name has the highest
/// power first, then column order: `bmi^2*age`. Levels of one column are 0 but for one that is 1: a
/// square of one is itself and a product of two is 0, so neither is made. Indicators of missing cells, the
/// last columns, are in no monomial.
package struct PolynomialFeatures: Sendable {
  /// The monomial times columns `firstColumn...` makes the next features in turn.
  struct Run: Sendable {
    var monomial: Int
    var firstColumn: Int
  }
  package let degree: Int
  package let inputCount: Int
  package let names: [String]
  /// The columns that monomials are made of, the first ones.
  let factorCount: Int
  let runs: [Run]

  package var count: Int { names.count }

  /// More features than any matrix in memory has.
  package static let largestCount = 10_000_000

  /// - Parameters:
  ///   - levelGroups: the features that are levels of one column, for each such column.
  ///   - indicatorCount: how many features at the end are in no monomial.
  /// - Throws: when there would be too many features to hold, or two of one name.
  package init(
    degree: Int, featureNames: [String], levelGroups: [Range<Int>] = [],
    indicatorCount: Int = 0
  ) throws(DatasetError) {
    precondition(degree >= 1)
    let columns = featureNames.count
    guard
      let count = Self.count(
        degree: degree, inputCount: columns, levelCounts: levelGroups.map(\.count),
        indicatorCount: indicatorCount),
      count <= Self.largestCount
    else {
      throw .invalid([
        DatasetProblem(
          path: "features.polynomial",
          reason: .tooManyFeatures(degree: degree, columns: columns))
      ])
    }
    self.degree = degree
    inputCount = columns
    let factorCount = columns - indicatorCount
    self.factorCount = factorCount
    // Where the columns begin that a monomial may be multiplied with, by its last column.
    var firstPartner = Array(featureNames.indices)
    for group in levelGroups {
      for column in group { firstPartner[column] = group.upperBound }
    }
    for column in factorCount..<columns { firstPartner[column] = factorCount }
    var names = featureNames
    var runs: [Run] = []
    // The columns of each monomial of the degree before, in rising order.
    var previous = featureNames.indices.map { [$0] }
    var firstOfPrevious = 0
    for _ in 1..<degree {
      var next: [[Int]] = []
      for (offset, columns) in previous.enumerated() {
        let first = firstPartner[columns[columns.count - 1]]
        runs.append(Run(monomial: firstOfPrevious + offset, firstColumn: first))
        for column in first..<factorCount { next.append(columns + [column]) }
      }
      if next.isEmpty { break }
      firstOfPrevious += previous.count
      names += next.map { Self.name(of: $0, featureNames) }
      previous = next
    }
    precondition(names.count == count)
    if degree > 1, Self.mayClash(featureNames),
      let clash = FeatureNames.clash(
        names,
        origin: { index in
          let factors = Self.factors(
            of: index, runs, inputCount: columns, factorCount: factorCount
          ).map { names[$0] }
          return factors.count == 1 ? .column(factors[0]) : .monomial(of: factors)
        })
    {
      throw .invalid("features.polynomial", clash)
    }
    self.names = names
    self.runs = runs
  }

  /// Whether a monomial may have the name of another feature: without the signs of a power or a
  /// product in the columns' names, each name tells its columns and powers.
  package static func mayClash(_ featureNames: [String]) -> Bool {
    featureNames.contains {
      $0.utf8.contains(UInt8(ascii: "^")) || $0.utf8.contains(UInt8(ascii: "*"))
    }
  }

  /// The columns of a feature's monomial.
  private static func factors(
    of feature: Int, _ runs: [Run], inputCount: Int, factorCount: Int
  ) -> [Int] {
    var next = inputCount
    for run in runs where feature >= inputCount {
      let count = factorCount - run.firstColumn
      if feature < next + count {
        return factors(
          of: run.monomial, runs, inputCount: inputCount, factorCount: factorCount)
          + [run.firstColumn + feature - next]
      }
      next += count
    }
    return [feature]
  }

  /// How many monomials there are; `nil` beyond the largest `Int`.
  ///
  /// Of n plain columns C(n + degree, degree) − 1. With levels a sum over the k columns of levels
  /// that a monomial has one of: Σₖ eₖ(level counts)·C(n + degree − k, degree − k) − 1, with the
  /// elementary symmetric polynomials eₖ. Indicators come besides.
  package static func count(
    degree: Int, inputCount: Int, levelCounts: [Int] = [], indicatorCount: Int = 0
  ) -> Int? {
    precondition(degree >= 0 && inputCount >= indicatorCount)
    // e₀, e₁, … of the columns so far.
    var symmetric = [1]
    for levels in levelCounts {
      if symmetric.count <= degree { symmetric.append(0) }
      for k in symmetric.indices.dropFirst().reversed() {
        let (product, productOverflow) = levels.multipliedReportingOverflow(by: symmetric[k - 1])
        let (sum, sumOverflow) = symmetric[k].addingReportingOverflow(product)
        guard !productOverflow, !sumOverflow else { return nil }
        symmetric[k] = sum
      }
    }
    let plainCount = inputCount - indicatorCount - levelCounts.reduce(0, +)
    var total = 0
    for (k, chosen) in symmetric.enumerated() where chosen > 0 {
      guard let rest = binomial(plainCount, degree - k) else { return nil }
      let (product, productOverflow) = chosen.multipliedReportingOverflow(by: rest)
      let (sum, sumOverflow) = total.addingReportingOverflow(product)
      guard !productOverflow, !sumOverflow else { return nil }
      total = sum
    }
    let (count, overflow) = total.addingReportingOverflow(indicatorCount)
    return overflow ? nil : count - 1
  }

  /// C(count + degree, degree); `nil` beyond the largest `Int`.
  private static func binomial(_ count: Int, _ degree: Int) -> Int? {
    var product = 1
    // C(n, k) grows by whole steps over the smaller of the two; each division leaves no rest.
    let (steps, base) = (min(degree, count), max(degree, count))
    guard steps > 0 else { return 1 }
    for step in 1...steps {
      let (sum, sumOverflow) = base.addingReportingOverflow(step)
      let (high, low) = product.multipliedFullWidth(by: sum)
      guard !sumOverflow, high < step else { return nil }
      let quotient = UInt(step).dividingFullWidth((UInt(high), low)).quotient
      guard let whole = Int(exactly: quotient) else { return nil }
      product = whole
    }
    return product
  }

  private static func name(of columns: [Int], _ featureNames: [String]) -> String {
    var factors: [(column: Int, power: Int)] = []
    for column in columns {
      if factors.last?.column == column {
        factors[factors.count - 1].power += 1
      } else {
        factors.append((column, 1))
      }
    }
    return factors.sorted { ($1.power, $0.column) < ($0.power, $1.column) }
      .map { $0.power == 1 ? featureNames[$0.column] : "\(featureNames[$0.column])^\($0.power)" }
      .joined(separator: "*")
  }
}
