package import Numerics
import Platform

/// All monomials of the columns up to a total degree, without the constant.
///
/// Degree 1 first, in column order, then each degree in the order of combinations with repetition:
/// `a, b, a^2, a*b, b^2, a^3, …` (scikit-learn's `PolynomialFeatures` without bias). A monomial is
/// one of the degree before times one column, so its rounding is fixed. Its name has the highest
/// power first, then column order: `bmi^2*age`. Levels of one column are 0 but for one that is 1: a
/// square of one is itself and a product of two is 0, so neither is made.
package struct PolynomialFeatures: Sendable {
  /// The monomial times columns `firstColumn...` makes the next features in turn.
  private struct Run: Sendable {
    var monomial: Int
    var firstColumn: Int
  }
  package let degree: Int
  package let inputCount: Int
  package let names: [String]
  private let runs: [Run]

  package var count: Int { names.count }

  /// More features than any matrix in memory has.
  package static let largestCount = 10_000_000

  /// - Parameter levelGroups: the features that are levels of one column, for each such column.
  /// - Throws: when there would be too many features to hold, or two of one name.
  package init(
    degree: Int, featureNames: [String], levelGroups: [Range<Int>] = []
  ) throws(DatasetError) {
    precondition(degree >= 1)
    let columns = featureNames.count
    guard
      let count = Self.count(
        degree: degree, inputCount: columns, levelCounts: levelGroups.map(\.count)),
      count <= Self.largestCount
    else {
      throw .invalid([
        DatasetProblem(
          path: "features.polynomial",
          reason: .tooManyFeatures(degree: degree, columns: columns))
      ])
    }
    self.degree = degree
    inputCount = featureNames.count
    // Where the columns begin that a monomial may be multiplied with, by its last column.
    var firstPartner = Array(featureNames.indices)
    for group in levelGroups {
      for column in group { firstPartner[column] = group.upperBound }
    }
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
        for column in first..<featureNames.count { next.append(columns + [column]) }
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
          let factors = Self.factors(of: index, runs, inputCount: columns).map { names[$0] }
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
  private static func factors(of feature: Int, _ runs: [Run], inputCount: Int) -> [Int] {
    var next = inputCount
    for run in runs where feature >= inputCount {
      let count = inputCount - run.firstColumn
      if feature < next + count {
        return factors(of: run.monomial, runs, inputCount: inputCount)
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
  /// elementary symmetric polynomials eₖ.
  package static func count(degree: Int, inputCount: Int, levelCounts: [Int] = []) -> Int? {
    precondition(degree >= 0 && inputCount >= 0)
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
    let plainCount = inputCount - levelCounts.reduce(0, +)
    var total = 0
    for (k, chosen) in symmetric.enumerated() where chosen > 0 {
      guard let rest = binomial(plainCount, degree - k) else { return nil }
      let (product, productOverflow) = chosen.multipliedReportingOverflow(by: rest)
      let (sum, sumOverflow) = total.addingReportingOverflow(product)
      guard !productOverflow, !sumOverflow else { return nil }
      total = sum
    }
    return total - 1
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

  /// The rows with all monomials; degree 1 gives the same matrix.
  /// - Throws: when a monomial of a row is beyond the largest double.
  /// - Complexity: O(rows × features / workers).
  package func expand(_ matrix: Matrix, workers: Int) throws(DatasetError) -> Matrix {
    precondition(matrix.columnCount == inputCount)
    if degree == 1 { return matrix }
    guard let storage = RowStorage(rowCapacity: matrix.rowCount, columnCount: count) else {
      throw .invalid(
        "features.polynomial", .tooLarge(rows: matrix.rowCount, columns: count))
    }
    let blockSize = max(1, 65_536 / count)
    let blockCount = (matrix.rowCount + blockSize - 1) / blockSize
    let overflows = concurrentMap(blockCount, workers: workers) { block in
      let rows = block * blockSize..<min((block + 1) * blockSize, matrix.rowCount)
      return Interruption.isRequested ? nil : expand(matrix, rows, into: storage)
    }
    if Interruption.isRequested { throw .interrupted }
    if let (row, feature) = overflows.lazy.compactMap({ $0 }).first {
      throw .invalid(
        "features.polynomial", .polynomialOverflow(feature: names[feature], row: row + 1))
    }
    return storage.matrix(rowCount: matrix.rowCount) { row, rests in
      writeRests(matrix, row, to: &rests)
    }
  }

  /// What rounding took off the monomials of a row: each product once more in twice the precision.
  private func writeRests(_ matrix: Matrix, _ row: Int, to rests: inout MutableSpan<Double>) {
    let input = matrix.row(row)
    var kept = input
    var exact = input.map { DoubleDouble($0) }
    kept.reserveCapacity(count)
    exact.reserveCapacity(count)
    for run in runs {
      for column in run.firstColumn..<inputCount {
        kept.append(kept[run.monomial] * input[column])
        var product = DoubleDouble()
        product.addProduct(of: exact[run.monomial].high, and: input[column])
        product.addProduct(of: exact[run.monomial].low, and: input[column])
        exact.append(product)
      }
    }
    for j in 0..<count {
      let rest = (exact[j].high - kept[j]) + exact[j].low
      // Near the largest double a product has no halves.
      rests[j] = rest.isFinite ? rest : 0
    }
  }

  /// Fills some rows; returns the first element that is not finite.
  private func expand(
    _ matrix: Matrix, _ rows: Range<Int>, into storage: RowStorage
  ) -> (row: Int, feature: Int)? {
    let reader = RowReader(matrix)
    for row in rows {
      let input = unsafe reader.row(row)
      let output = unsafe storage.numbers + row * count
      unsafe output.update(from: input, count: inputCount)
      var next = inputCount
      for run in runs {
        let factor = unsafe output[run.monomial]
        for column in run.firstColumn..<inputCount {
          unsafe output[next] = factor * input[column]
          next += 1
        }
      }
      if let feature = (0..<count).first(where: { unsafe !output[$0].isFinite }) {
        return (row, feature)
      }
    }
    return nil
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
