package import Numerics

/// Fills the missing cells of a data set from some of its rows.
package struct HoleFilling: Sendable {
  package let holes: Holes
  private let matrix: Matrix
  /// The rows that have a column, by its value; empty for a mean.
  private let orders: [[Int32]]

  /// Sorts each column whose median is asked for, once for all training sets.
  /// - Complexity: O(columns × rows log rows / workers)
  package init(_ holes: Holes, of matrix: Matrix, workers: Int) {
    self.holes = holes
    self.matrix = matrix
    orders = concurrentMap(holes.columns.count, workers: workers) { place in
      let column = holes.columns[place]
      guard column.statistic == .median else { return [] }
      var members: [(value: Double, row: Int32)] = []
      for row in 0..<matrix.rowCount {
        let value = matrix[row, column.index]
        if !value.isNaN { members.append((value, Int32(row))) }
      }
      return members.sorted { $0.value < $1.value }.map(\.row)
    }
  }

  /// What the missing cells become for a model that is trained on some rows: one value per column of the
  /// matrix, 0 where nothing is missing, or where none of these rows has a value.
  package func fills(of rows: [Int32]) -> [Double] {
    var fills = [Double](repeating: 0, count: matrix.columnCount)
    var isChosen: [Bool] = []
    for (place, column) in holes.columns.enumerated() {
      switch column.statistic {
      case .mean: fills[column.index] = mean(column.index, of: rows)
      case .median:
        if isChosen.isEmpty {
          isChosen = [Bool](repeating: false, count: matrix.rowCount)
          for row in rows { isChosen[Int(row)] = true }
        }
        fills[column.index] = median(
          column.index, of: orders[place].filter { isChosen[Int($0)] })
      }
    }
    return fills
  }

  /// Σ x/n over the rows that have a value, in twice the precision.
  private func mean(_ column: Int, of rows: [Int32]) -> Double {
    // Scaled where the sum is beyond all numbers.
    for unit in [1, 0x1p-64] {
      var (sum, count) = (DoubleDouble(), 0.0)
      for row in rows {
        let value = matrix[Int(row), column]
        guard !value.isNaN else { continue }
        sum.add(value * unit)
        count += 1
      }
      guard count > 0 else { return 0 }
      if sum.value.isFinite { return sum.value / count / unit }
    }
    return 0
  }

  /// The value in the middle of rows in order, or the midpoint of two.
  private func median(_ column: Int, of rows: [Int32]) -> Double {
    guard !rows.isEmpty else { return 0 }
    let low = matrix[Int(rows[(rows.count - 1) / 2]), column]
    let high = matrix[Int(rows[rows.count / 2]), column]
    let sum = low + high
    return sum.isFinite ? sum / 2 : low / 2 + high / 2
  }
}
