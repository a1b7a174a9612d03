import Numerics

/// Features that tell where columns have no value: `age missing`, 1 where it is missing and 0 elsewhere.
struct IndicatorColumns {
  /// The features that they tell of.
  let columns: [Int]

  /// One for each column that a row to learn from lacks.
  init(_ holes: Holes) {
    columns = holes.columns.filter { $0.learningCount > 0 }.map(\.index)
  }

  static func name(_ column: String) -> String { "\(column) missing" }

  /// The matrix with the indicators behind its columns, or `nil` when it does not fit in memory.
  func appended(to matrix: Matrix, workers: Int) -> Matrix? {
    let width = matrix.columnCount + columns.count
    guard let wide = RowStorage(rowCapacity: matrix.rowCount, columnCount: width) else {
      return nil
    }
    let blockSize = 4096
    _ = concurrentMap((matrix.rowCount + blockSize - 1) / blockSize, workers: workers) { block in
      for row in block * blockSize..<min((block + 1) * blockSize, matrix.rowCount) {
        let output = unsafe wide.numbers + row * width
        unsafe matrix.write(row, to: output)
        for (place, column) in columns.enumerated() {
          unsafe output[matrix.columnCount + place] = output[column].isNaN ? 1 : 0
        }
      }
    }
    return wide.matrix(rowCount: matrix.rowCount)
  }
}
