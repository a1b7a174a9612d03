/// Where the rows of a data set stood before rows were dropped and files put together.
package struct RowOrigins: Sendable {
  private let paths: [String]
  /// Where the rows of each file end.
  private let ends: [Int]
  /// The place of each row among the data rows of its file, when some were dropped.
  private let numbers: [Int32]?

  /// - Parameter numbers: `nil` when no row was dropped.
  init(paths: [String], rowCounts: [Int], numbers: [Int32]? = nil) {
    precondition(paths.count == rowCounts.count && !paths.isEmpty)
    self.paths = paths
    var end = 0
    ends = rowCounts.map { count in
      end += count
      return end
    }
    precondition(numbers.map { $0.count == end } ?? true)
    self.numbers = numbers
  }

  /// How many rows at the start are of the main file.
  var mainRowCount: Int { ends[0] }

  private func file(of row: Int) -> Int { ends.firstIndex { row < $0 } ?? ends.count - 1 }

  package func path(of row: Int) -> String { paths[file(of: row)] }

  /// The place among the data rows of the row's file, from 0; dropped rows count.
  package func number(of row: Int) -> Int {
    if let numbers { return Int(numbers[row]) }
    let file = file(of: row)
    return file == 0 ? row : row - ends[file - 1]
  }
}
