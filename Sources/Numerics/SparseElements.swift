/// The elements of a matrix that are not zero, row by row (compressed sparse rows).
package struct SparseElements: Sendable {
  package let columnCount: Int
  /// Where each row's elements start, and where the last row's end.
  @usableFromInline
  let starts: [Int]
  /// Ascending within a row.
  @usableFromInline
  let columns: [Int32]
  @usableFromInline
  let values: [Double]

  package init(columnCount: Int, starts: [Int], columns: [Int32], values: [Double]) {
    precondition(starts.first == 0 && starts.last == columns.count)
    precondition(columns.count == values.count)
    for row in 0..<(starts.count - 1) {
      precondition(starts[row] <= starts[row + 1])
      var previous: Int32 = -1
      for k in starts[row]..<starts[row + 1] {
        precondition(columns[k] > previous && columns[k] < columnCount)
        previous = columns[k]
      }
    }
    self.columnCount = columnCount
    self.starts = starts
    self.columns = columns
    self.values = values
  }

  package var rowCount: Int { starts.count - 1 }

  var byteCount: Int {
    starts.count * MemoryLayout<Int>.stride
      + columns.count * (MemoryLayout<Int32>.stride + MemoryLayout<Double>.stride)
  }

  /// - Complexity: O(log of the row's elements)
  subscript(row: Int, column: Int) -> Double {
    var (low, high) = (starts[row], starts[row + 1])
    while low < high {
      let middle = (low + high) / 2
      if columns[middle] < column { low = middle + 1 } else { high = middle }
    }
    return low < starts[row + 1] && columns[low] == column ? values[low] : 0
  }

  @inlinable
  @inline(__always)
  func forEach(ofRow row: Int, _ body: (_ column: Int, _ value: Double) -> Void) {
    unsafe columns.withUnsafeBufferPointer { columns in
      unsafe values.withUnsafeBufferPointer { values in
        // SAFETY: `init` checked the starts.
        for k in starts[row]..<starts[row + 1] { unsafe body(Int(columns[k]), values[k]) }
      }
    }
  }

  /// Writes a row out with its zeros.
  func write(_ row: Int, to destination: UnsafeMutablePointer<Double>) {
    unsafe destination.update(repeating: 0, count: columnCount)
    forEach(ofRow: row) { column, value in
      // SAFETY: `init` checked the columns.
      unsafe destination[column] = value
    }
  }
}
