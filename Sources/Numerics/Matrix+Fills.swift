extension Matrix {
  /// The same rows, each `nan` replaced by its column's fill; the elements are not copied.
  ///
  /// No element of data is `nan` but for a cell that is missing.
  /// - Parameter fills: one a column; those of columns without `nan` are not used.
  package func filled(with fills: [Double]) -> Matrix {
    precondition(fills.count == columnCount)
    precondition(unsafe base != nil, "only rows in memory are filled")
    return unsafe Matrix(rowCount: rowCount, columnCount: columnCount) { [self] row, destination in
      guard let base = unsafe base else { return }
      // SAFETY: readers check the row; it, the fills and the destination have an element per column.
      unsafe fills.withUnsafeBufferPointer { fills in
        guard let fills = fills.baseAddress else { return }
        unsafe fill(
          base + row &* columnCount, with: fills, count: columnCount, into: destination)
      }
    }
  }
}

/// Eight columns at a time.
private func fill(
  _ values: UnsafePointer<Double>, with fills: UnsafePointer<Double>, count: Int,
  into destination: UnsafeMutablePointer<Double>
) {
  var j = 0
  while j &+ 8 <= count {
    let lanes = unsafe loadLanes(values + j)
    let fill = unsafe loadLanes(fills + j)
    unsafe storeLanes(lanes.replacing(with: fill, where: lanes .!= lanes), destination + j)
    j &+= 8
  }
  while j < count {
    let value = unsafe values[j]
    unsafe destination[j] = value.isNaN ? fills[j] : value
    j &+= 1
  }
}
