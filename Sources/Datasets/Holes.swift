import Numerics

/// The missing cells of a data set that are filled fold by fold: `nan` in its features.
package struct Holes: Sendable {
  /// What a missing cell of a fold becomes: that of the fold's training rows.
  package enum Statistic: String, Sendable { case mean, median }

  package struct Column: Hashable, Sendable {
    /// Among the features as read.
    package let index: Int
    package let statistic: Statistic
    /// How many rows lack it: in all, of those that are no test rows, and of those to learn from.
    package let count: Int
    package let countBeforeTest: Int
    package let learningCount: Int
  }
  /// Those with a missing cell, in the order of the features.
  package private(set) var columns: [Column]

  /// Without any.
  package init() { columns = [] }

  /// Looks for `nan` in some columns.
  /// - Complexity: O(rows × columns / workers)
  init(
    in matrix: Matrix, filled: [(column: Int, statistic: Statistic)], testRows: [Int32],
    learning: LearningRows, workers: Int
  ) {
    var isTestRow = [Bool](repeating: false, count: testRows.isEmpty ? 0 : matrix.rowCount)
    for row in testRows { isTestRow[Int(row)] = true }
    let isTest = isTestRow
    let blockSize = 16_384
    let blocks = concurrentMap((matrix.rowCount + blockSize - 1) / blockSize, workers: workers) {
      block in
      var counts = filled.map { _ in SIMD3<Int>() }
      for row in block * blockSize..<min((block + 1) * blockSize, matrix.rowCount) {
        for (place, column) in filled.enumerated() where matrix[row, column.column].isNaN {
          counts[place][0] += 1
          if isTest.isEmpty || !isTest[row] { counts[place][1] += 1 }
          if learning.contain(row) { counts[place][2] += 1 }
        }
      }
      return counts
    }
    columns = filled.indices.compactMap { place in
      let counts = blocks.reduce(SIMD3<Int>()) { $0 &+ $1[place] }
      guard counts[0] > 0 else { return nil }
      return Column(
        index: filled[place].column, statistic: filled[place].statistic, count: counts[0],
        countBeforeTest: counts[1], learningCount: counts[2])
    }
  }

  package var isEmpty: Bool { columns.isEmpty }
}
