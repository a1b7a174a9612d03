import Foundation
import Numerics
import Testing

@Suite("Refined least squares")
struct RefinedLeastSquaresTests {
  /// Certified to 15 digits.
  @Test("Longley's coefficients have 13 digits")
  func longley() {
    let data = StatisticalReferenceData.longley
    let found = fit(data.map { [1] + $0.dropFirst() }, data.map { $0[0] })
    #expect(digits(found, StatisticalReferenceData.longleyCertified) >= 13)
  }

  /// Exactly solvable, so all digits are certified. Powers of whole numbers are exact.
  @Test("Wampler's polynomials have 13 digits", arguments: [1.0, 0.1])
  func wampler(ratio: Double) {
    let certified = (0...5).map { Foundation.pow(ratio, Double($0)) }
    let x = (0...20).map(Double.init)
    let rows = x.map { x in (0...5).map { Foundation.pow(x, Double($0)) } }
    let y = rows.map { row in
      // In whole multiples of 10⁻⁵, as in the published data.
      ratio == 1
        ? row.reduce(0, +)
        : (0...5).reduce(0) { $0 + row[$1] * Foundation.pow(10, Double(5 - $1)) } / 1e5
    }
    #expect(digits(fit(rows, y), certified) >= 13)
  }

  /// The powers x² … x¹⁰ are rounded before the fit starts, which a condition number of 10¹⁰ turns
  /// into an error of about 10⁻⁷: no method on doubles can do better.
  @Test("Filip's polynomial of degree 10 has 7 digits")
  func filip() {
    let rows = StatisticalReferenceData.filipX.map { x in
      (0...10).map { Foundation.pow(x, Double($0)) }
    }
    let found = fit(rows, StatisticalReferenceData.filipY)
    #expect(digits(found, StatisticalReferenceData.filipCertified) >= 7)
  }

  @Test("of many solutions the shortest is found: equal columns share their weight")
  func minimumNorm() {
    let rows = (0..<9).map { i in [1, Double(i), Double(i)] }
    let leastSquares = RefinedLeastSquares(rowCount: 9, columnCount: 3) { index, row in
      for j in 0..<3 { row[j] = rows[index][j] }
    }
    let found = leastSquares.solve(rows.map { 3 + 4 * $0[1] })
    #expect(leastSquares.rank == 2)
    #expect(zip(found, [3, 2, 2]).allSatisfy { abs($0 - $1) < 1e-14 })
  }

  @Test("fewer rows than columns are fitted exactly by the shortest solution")
  func underdetermined() {
    let leastSquares = RefinedLeastSquares(rowCount: 1, columnCount: 2) { _, row in
      row[0] = 3
      row[1] = 4
    }
    #expect(leastSquares.rank == 1)
    #expect(zip(leastSquares.solve([25]), [3, 4]).allSatisfy { abs($0 - $1) < 1e-14 })
  }

  /// Fits after scaling every column by a power of two to a largest element around 1.
  private func fit(_ rows: [[Double]], _ y: [Double]) -> [Double] {
    let count = rows[0].count
    let scales = (0..<count).map { j in
      let largest = rows.reduce(0) { max($0, abs($1[j])) }
      return Double(sign: .plus, exponent: -Int(largest.exponent), significand: 1)
    }
    let leastSquares = RefinedLeastSquares(rowCount: rows.count, columnCount: count) { index, row in
      for j in 0..<count { row[j] = rows[index][j] * scales[j] }
    }
    return zip(leastSquares.solve(y), scales).map { $0 * $1 }
  }

  /// The digits to which all coefficients agree.
  private func digits(_ found: [Double], _ expected: [Double]) -> Double {
    let worst = zip(found, expected).reduce(0) { max($0, abs($1.0 / $1.1 - 1)) }
    return worst == 0 ? 16 : -Foundation.log10(worst)
  }
}
