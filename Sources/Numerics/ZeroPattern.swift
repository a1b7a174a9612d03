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

  package init(_ matrix: Matrix, rows: [Int32]) {
    let width = matrix.columnCount
    var nonzeros = [Int](repeating: 0, count: width)
    let sampleCount = min(rows.count, 1024)
    unsafe nonzeros.withUnsafeMutableBufferPointer { nonzeros in
      for sample in 0..<sampleCount {
        let row = Int(rows[sample * rows.count / sampleCount])
        precondition(row >= 0 && row < matrix.rowCount)
        // SAFETY: the row is inside the matrix.
        let values = unsafe matrix.base + row * width
        for j in 0..<width { unsafe nonzeros[j] += values[j] != 0 ? 1 : 0 }
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
