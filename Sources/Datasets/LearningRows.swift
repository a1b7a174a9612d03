/// The rows that say which levels and classes there are: no test rows, and none of `split.files`.
package struct LearningRows: Sendable {
  private let isLearning: [Bool]?
  /// How many rows at the start are of the main file.
  private let mainRowCount: Int

  init(mainRowCount: Int, rowCount: Int, testRows: [Int32]) {
    self.mainRowCount = mainRowCount
    if testRows.isEmpty {
      isLearning = nil
    } else {
      var isLearning = [Bool](repeating: true, count: rowCount)
      for row in testRows { isLearning[Int(row)] = false }
      self.isLearning = isLearning
    }
  }

  package func contain(_ row: Int) -> Bool {
    row < mainRowCount && isLearning?[row] ?? true
  }
}
