import Numerics
import Testing

struct ColumnTotalsTests {
  /// Eleven columns are a vector and a rest of three, nineteen rows two blocks and a rest.
  private static let matrix = Matrix(
    rows: (0..<19).map { i in
      (0..<11).map { j -> Double in
        let step = (i * 37 + j * 11) % 23
        return Double(step) - 9.25
      }
    })
  private static let rows: [Int32] = [18, 3, 4, 0, 7, 7, 11, 12, 13, 1, 16, 9, 2, 5, 6, 8, 10, 14]

  @Test func `totals are those of the rows that are asked for`() {
    let totals = ColumnTotals(Self.matrix, rows: Self.rows[1...])
    for j in 0..<11 {
      let column = Self.rows.dropFirst().map { Self.matrix[Int($0), j] }
      #expect(totals.sums[j] == column.reduce(0, +))
      #expect(totals.ranges.minimum[j] == column.min())
      #expect(totals.ranges.maximum[j] == column.max())
    }
  }

  @Test func `totals of two parts add up`() {
    var totals = ColumnTotals(Self.matrix, rows: Self.rows[..<7])
    totals.add(ColumnTotals(Self.matrix, rows: Self.rows[7...]))
    let whole = ColumnTotals(Self.matrix, rows: Self.rows[...])
    // The numbers are quarters, so every sum is exact.
    #expect(totals.sums == whole.sums)
    #expect(totals.ranges.minimum == whole.ranges.minimum)
    #expect(totals.ranges.maximum == whole.ranges.maximum)
  }

  @Test func `no rows have no range`() {
    let totals = ColumnTotals(Self.matrix, rows: [])
    #expect(totals.sums == [Double](repeating: 0, count: 11))
    #expect(totals.ranges.minimum.allSatisfy { $0 == .infinity })
    #expect(totals.ranges.maximum.allSatisfy { $0 == -.infinity })
  }

  @Test func `deviations are summed in the order of the rows`() {
    let centres = (0..<11).map { 0.1 * Double($0) }
    let factors = (0..<11).map { $0 == 4 ? 0.5 : 1 }
    let found = ColumnDeviations(
      Self.matrix, rows: Self.rows[...], from: centres, scaledBy: factors)
    for j in 0..<11 {
      var (sum, squares) = (0.0, 0.0)
      for row in Self.rows {
        let deviation = (Self.matrix[Int(row), j] - centres[j]) * factors[j]
        sum += deviation
        squares += deviation * deviation
      }
      #expect(found.sums[j] == sum)
      #expect(found.squares[j] == squares)
    }
  }

  @Test(
    arguments: [
      ([0.3, 0.1 + 0.2, 0.3], true), ([1e15, 1e15 + 1, 1e15], false), ([5, 5, 5], true),
      ([0, .leastNonzeroMagnitude, 0], true), ([-1, 1, 0], false), ([1e300, -1e300, 0], false),
    ] as [([Double], Bool)])
  func `a column is constant when it varies by no more than rounding`(
    values: [Double], isConstant: Bool
  ) {
    let totals = ColumnTotals(Matrix(rows: values.map { [$0] }), rows: [0, 1, 2])
    #expect(totals.ranges.isConstant(0) == isConstant)
  }
}
