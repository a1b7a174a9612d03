package import Numerics

/// Fills the missing cells of a data set from some of its rows.
package struct HoleFilling: Sendable {
  package let holes: Holes
  private let matrix: Matrix
  /// By row, how often it counts; once where there are none.
  private let weights: [Double]?
  /// The rows that have a column, by its value; empty for a mean.
  private let orders: [[Int32]]

  /// Sorts each column whose median is asked for, once for all training sets.
  /// - Complexity: O(columns × rows log rows / workers)
  package init(_ holes: Holes, of matrix: Matrix, weights: [Double]? = nil, workers: Int) {
    self.holes = holes
    self.weights = weights
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
    let means = holes.columns.filter { $0.statistic == .mean }.map(\.index)
    for (column, mean) in zip(means, self.means(means, of: rows)) { fills[column] = mean }
    guard means.count < holes.columns.count else { return fills }
    var isChosen = [Bool](repeating: false, count: matrix.rowCount)
    for row in rows { isChosen[Int(row)] = true }
    for (place, column) in holes.columns.enumerated() where column.statistic == .median {
      fills[column.index] = median(column.index, of: orders[place].filter { isChosen[Int($0)] })
    }
    return fills
  }

  private func weight(_ row: Int32) -> Double { weights?[Int(row)] ?? 1 }

  /// Σ vx/Σv over the rows that have a value, v their weights, in twice the precision.
  private func means(_ columns: [Int], of rows: [Int32]) -> [Double] {
    func means(unit: Double) -> [Double] {
      var sums = columns.map { _ in DoubleDouble() }
      var counts = columns.map { _ in 0.0 }
      let reader = RowReader(matrix)
      for row in rows {
        let values = unsafe reader.row(Int(row))
        for (place, column) in columns.enumerated() {
          // SAFETY: a row has a value for each column of the matrix.
          let value = unsafe values[column]
          guard !value.isNaN else { continue }
          let weight = weight(row)
          if weights == nil {
            sums[place].add(value * unit)
          } else {
            sums[place].addProduct(of: value * unit, and: weight)
          }
          counts[place] += weight
        }
      }
      return zip(sums, counts).map { $1 > 0 ? $0.value / $1 / unit : 0 }
    }
    let found = means(unit: 1)
    if found.allSatisfy(\.isFinite) { return found }
    // A sum is beyond all numbers; a smaller unit costs what is far smaller.
    return zip(found, means(unit: 0x1p-64)).map { $0.isFinite ? $0 : $1 }
  }

  /// The smallest value up to which rows weigh more than half, or the midpoint of two where they weigh just
  /// half up to the first.
  /// - Parameter rows: in the order of their values.
  private func median(_ column: Int, of rows: [Int32]) -> Double {
    let total = rows.reduce(0) { $0 + weight($1) }
    var sum = 0.0
    for (place, row) in rows.enumerated() {
      sum += weight(row)
      let low = matrix[Int(row), column]
      // Weights such as 0.1 add up to half but for rounding.
      if place + 1 < rows.count, abs(sum - total / 2) <= 1e-12 * total {
        let high = matrix[Int(rows[place + 1]), column]
        let both = low + high
        return both.isFinite ? both / 2 : low / 2 + high / 2
      }
      if sum > total / 2 { return low }
    }
    return 0
  }
}
