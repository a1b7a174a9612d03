import Numerics
import Testing

/// Twenty columns: kernels read them in lanes of eight and one by one.
@Suite struct MatrixFillsTests {
  private static let width = 20
  private static let fills = (0..<width).map { $0 % 3 == 0 ? 0 : Double($0) + 0.5 }

  private static func rows(missing: Double) -> [[Double]] {
    (0..<37).map { (row: Int) -> [Double] in
      (0..<width).map { (column: Int) -> Double in
        (row + column) % 7 == 0 ? missing : Double((row * 31 + column * 17) % 11 - 3)
      }
    }
  }

  private let filled = Matrix(rows: rows(missing: .nan)).filled(with: fills)
  private let plain = Matrix(
    rows: rows(missing: .nan).map { row in
      row.indices.map { row[$0].isNaN ? fills[$0] : row[$0] }
    })

  @Test func `a filled matrix reads as one that holds the fills`() {
    for row in 0..<plain.rowCount {
      #expect(filled.row(row) == plain.row(row))
      #expect(filled[row, 0] == plain[row, 0])
      #expect(filled[row, 19] == plain[row, 19])
      let elements = { (matrix: Matrix) in
        var elements: [Double] = []
        matrix.forEachNonzero(ofRow: row) { elements += [Double($0), $1] }
        return elements
      }
      #expect(elements(filled) == elements(plain))
    }
  }

  @Test func `sums over filled rows are those over rows that hold the fills`() {
    let rows = (0..<Int32(plain.rowCount)).map { $0 }
    let (totals, expected) = (
      ColumnTotals(filled, rows: rows[...]), ColumnTotals(plain, rows: rows[...])
    )
    #expect(totals.sums == expected.sums)
    #expect(totals.ranges.minimum == expected.ranges.minimum)
    #expect(totals.ranges.maximum == expected.ranges.maximum)
    #expect(filled.zeroPattern.isMostlyZero == plain.zeroPattern.isMostlyZero)
  }

  @Test func `several rows may be in use at a time`() {
    let reader = RowReader(filled, slots: 3)
    let first = unsafe reader.row(5, slot: 0)
    let last = unsafe reader.row(6, slot: 2)
    for column in 0..<Self.width {
      #expect(unsafe first[column] == plain[5, column])
      #expect(unsafe last[column] == plain[6, column])
    }
  }

  @Test func `a filled matrix takes no memory of its own`() {
    #expect(filled.byteCount == 0)
    #expect(!filled.isStoredSparse)
  }
}
