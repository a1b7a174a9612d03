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

  init(_ matrix: Matrix) {
    self.init(matrix, sampleCount: min(matrix.rowCount, 32))
    // Where every second element has a value, more rows would say the same.
    if density < 0.5 { self.init(matrix, sampleCount: min(matrix.rowCount, 1024)) }
  }

  private init(_ matrix: Matrix, sampleCount: Int) {
    let width = matrix.columnCount
    var nonzeros = [Int](repeating: 0, count: width)
    for sample in 0..<sampleCount {
      matrix.forEachNonzero(ofRow: sample * matrix.rowCount / sampleCount) { column, _ in
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
