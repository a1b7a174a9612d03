import Numerics

/// Scaled rows of which only the elements that are not zero are kept, in the order of the columns.
struct SparseRows: Sendable {
  /// Where each row's elements start, and where the last row's end.
  private(set) var starts: [Int] = [0]
  private(set) var columns: [Int32] = []
  private(set) var values: [Double] = []
  private(set) var targets: [Double] = []

  /// - Parameters:
  ///   - targetColumn: an additional column of the targets less a shift.
  ///   - constantColumn: an additional column of ones, after all others.
  init(
    _ rows: ScaledRows, _ range: Range<Int>, targetColumn: (index: Int, shift: Double)? = nil,
    constantColumn: Int?
  ) {
    let width = rows.featureCount
    let (offsets, factors) = (rows.scaling.offsets, rows.scaling.factors)
    for index in range {
      let row = Int(rows.rows[index])
      // SAFETY: `ScaledRows` checked every row index in its init.
      let source = unsafe rows.matrix.base + row * width
      for j in 0..<width {
        let value = unsafe (source[j] - offsets[j]) * factors[j]
        guard value != 0 else { continue }
        columns.append(Int32(j))
        values.append(value)
      }
      if let targetColumn {
        columns.append(Int32(targetColumn.index))
        values.append(rows.target[row] - targetColumn.shift)
      }
      if let constantColumn {
        columns.append(Int32(constantColumn))
        values.append(1)
      }
      starts.append(columns.count)
      targets.append(rows.target[row])
    }
  }

  /// z = X·w for `range` of the rows.
  func predict(
    _ range: Range<Int>, weights: UnsafePointer<HalfLanes>, into z: UnsafeMutablePointer<HalfLanes>
  ) {
    unsafe forEachRow(range) { slot, columns, values in
      var sum = HalfLanes.zero
      for k in 0..<columns.count {
        unsafe sum = sum + weights[Int(columns[k])] * values[k]
      }
      unsafe z[slot] = sum
    }
  }

  /// g[j] += Σ_r x[r][j] · slope[r], row by row.
  func accumulateGradient(
    _ range: Range<Int>, slopes: UnsafePointer<HalfLanes>,
    into gradient: UnsafeMutablePointer<HalfLanes>
  ) {
    unsafe forEachRow(range) { slot, columns, values in
      let slope = unsafe slopes[slot]
      for k in 0..<columns.count {
        let j = unsafe Int(columns[k])
        unsafe gradient[j] = gradient[j] + slope * values[k]
      }
    }
  }

  /// Adds Σ_r weight(r) x xᵀ to the upper triangle of a matrix.
  func accumulateGram(
    _ range: Range<Int>, stride: Int, into gram: UnsafeMutablePointer<Double>,
    weight: (_ slot: Int) -> Double
  ) {
    unsafe forEachRow(range) { slot, columns, values in
      let factor = weight(slot)
      for k in 0..<columns.count {
        let scaled = unsafe factor * values[k]
        let line = unsafe gram + Int(columns[k]) * stride
        for m in k..<columns.count { unsafe line[Int(columns[m])] += scaled * values[m] }
      }
    }
  }

  @inline(__always)
  private func forEachRow(
    _ range: Range<Int>,
    _ body: (_ slot: Int, UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Double>) -> Void
  ) {
    unsafe columns.withUnsafeBufferPointer { columns in
      unsafe values.withUnsafeBufferPointer { values in
        for row in range {
          let elements = starts[row]..<starts[row + 1]
          unsafe body(
            row - range.lowerBound, UnsafeBufferPointer(rebasing: columns[elements]),
            UnsafeBufferPointer(rebasing: values[elements]))
        }
      }
    }
  }
}
