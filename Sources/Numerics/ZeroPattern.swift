/// Which columns of a matrix are mostly zeros, judged by up to 1024 rows at even distances.
package struct ZeroPattern: Sendable {
  package let isMostlyZero: [Bool]
  /// The share of elements that a sparse loop visits: those that are not zero in mostly-zero columns, and all
  /// in the others.
  package let density: Double

  /// Below this share a loop over single elements beats the dense kernels.
  private static let worthwhile = 0.1
  /// With fewer columns nothing is to be gained.
  private static let leastColumns = 16

  /// The most that a mean may be, in deviations, for zeros to stay zeros: beyond it the mean, taken off
  /// afterwards, costs digits.
  package static let largestLevel = 4.0

  /// - Parameter rows: those that may judge; all when `nil`.
  package init(_ matrix: Matrix, rows: [Int32]? = nil) {
    let count = rows?.count ?? matrix.rowCount
    self.init(matrix, rows: rows, sampleCount: min(count, 32))
    // Where every second element has a value, more rows would say the same.
    if density < 0.5 { self.init(matrix, rows: rows, sampleCount: min(count, 1024)) }
  }

  private init(_ matrix: Matrix, rows: [Int32]?, sampleCount: Int) {
    let width = matrix.columnCount
    let count = rows?.count ?? matrix.rowCount
    var nonzeros = [Int](repeating: 0, count: width)
    for sample in 0..<sampleCount {
      let index = sample * count / sampleCount
      matrix.forEachNonzero(ofRow: rows.map { Int($0[index]) } ?? index) { column, _ in
        nonzeros[column] += 1
      }
    }
    isMostlyZero = nonzeros.map { 2 * $0 < sampleCount }
    let visited = zip(nonzeros, isMostlyZero).reduce(0) { sum, column in
      sum + (column.1 ? column.0 : sampleCount)
    }
    density = Double(visited) / Double(max(sampleCount * width, 1))
  }

  package var isSparse: Bool {
    density <= ZeroPattern.worthwhile && isMostlyZero.count >= ZeroPattern.leastColumns
  }
}
