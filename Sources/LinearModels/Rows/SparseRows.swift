import Numerics

/// Scaled rows of which only the elements that are not zero are kept, in the order of the columns.
struct SparseRows: Sendable {
  /// Where each row's elements start, and where the last row's end.
  private var starts: [Int] = [0]
  private let columns: [Int32]
  private let values: [Double]
  private(set) var targets: [Double] = []
  /// Of each row, where they have some.
  let weights: [Double]?

  /// - Parameters:
  ///   - scaling: other than that of the rows.
  ///   - targetColumn: an additional column of the targets less a shift.
  ///   - constantColumn: an additional column of ones, after all others.
  init(
    _ rows: ScaledRows, _ range: Range<Int>, scaling: FeatureScaling? = nil,
    targetColumn: (index: Int, shift: Double)? = nil,
    constantColumn: Int?
  ) {
    let scaling = scaling ?? rows.scaling
    let (offsets, rests, factors) = (scaling.offsets, scaling.offsetRests, scaling.factors)
    // Where zeros do not stay zeros.
    let shifted = (0..<scaling.featureCount).filter { scaling.scaled(0, $0) != 0 }
    var elements = Elements()
    // The columns, by a sample of rows, and the two additional ones.
    let width = rows.matrix.zeroPattern.density * Double(rows.featureCount) + 2
    elements.reserve(Int(1.1 * width * Double(range.count)))
    starts.reserveCapacity(range.count + 1)
    targets.reserveCapacity(range.count)
    // Most often all zeros stay zeros: then a product is all there is to do.
    let isOnlyScaled = shifted.isEmpty && !offsets.contains { $0 != 0 }
    for index in range {
      let row = Int(rows.rows[index])
      var next = 0
      if isOnlyScaled {
        rows.matrix.forEachNonzero(ofRow: row) { column, x in
          elements.append(column, x * factors[column])
        }
      } else {
        rows.matrix.forEachNonzero(ofRow: row) { column, x in
          while next < shifted.count, shifted[next] <= column {
            let j = shifted[next]
            if j < column { elements.append(j, scaling.scaled(0, j)) }
            next += 1
          }
          elements.append(column, ((x - offsets[column]) - rests[column]) * factors[column])
        }
      }
      for j in shifted[next...] { elements.append(j, scaling.scaled(0, j)) }
      if let targetColumn {
        elements.append(targetColumn.index, rows.target[row] - targetColumn.shift)
      }
      if let constantColumn { elements.append(constantColumn, 1) }
      starts.append(elements.columns.count)
      targets.append(rows.target[row])
    }
    (columns, values) = (elements.columns, elements.values)
    weights = rows.weights.map { weights in range.map { weights[Int(rows.rows[$0])] } }
  }

  private struct Elements {
    var columns: [Int32] = []
    var values: [Double] = []

    mutating func reserve(_ count: Int) {
      columns.reserveCapacity(count)
      values.reserveCapacity(count)
    }

    @inline(__always)
    mutating func append(_ column: Int, _ value: Double) {
      guard value != 0 else { return }
      columns.append(Int32(truncatingIfNeeded: column))
      values.append(value)
    }
  }

  var count: Int { targets.count }

  /// x·w of one row.
  @inline(__always)
  func product<Vector: LaneVector>(_ row: Int, weights: UnsafePointer<Vector>) -> Vector {
    var sum = Vector.zero
    unsafe forEachRow(row..<row + 1) { _, columns, values in
      for k in 0..<columns.count { unsafe sum = sum + weights[Int(columns[k])] * values[k] }
    }
    return sum
  }

  /// z = X·w for `range` of the rows.
  @inline(__always)
  func predict<Vector: LaneVector>(
    _ range: Range<Int>, weights: UnsafePointer<Vector>, into z: UnsafeMutablePointer<Vector>
  ) {
    for row in range { unsafe z[row - range.lowerBound] = product(row, weights: weights) }
  }

  /// v ← v + t·x of one row.
  @inline(__always)
  func add<Vector: LaneVector>(
    _ row: Int, times t: Vector, to vector: UnsafeMutablePointer<Vector>
  ) {
    unsafe forEachRow(row..<row + 1) { _, columns, values in
      for k in 0..<columns.count {
        let j = unsafe Int(columns[k])
        unsafe vector[j] = vector[j] + t * values[k]
      }
    }
  }

  /// g[j] += Σ_r x[r][j] · slope[r], row by row.
  @inline(__always)
  func accumulateGradient<Vector: LaneVector>(
    _ range: Range<Int>, slopes: UnsafePointer<Vector>, into gradient: UnsafeMutablePointer<Vector>
  ) {
    for row in range { unsafe add(row, times: slopes[row - range.lowerBound], to: gradient) }
  }

  /// What `body` makes of every block of rows and its targets.
  func mapBlocks<Result>(
    _ body: (Range<Int>, UnsafeBufferPointer<Double>) -> Result
  ) -> [Result] {
    unsafe targets.withUnsafeBufferPointer { targets in
      Swift.stride(from: 0, to: count, by: RowBlock.capacity).map { start in
        let range = start..<min(start + RowBlock.capacity, count)
        return unsafe body(range, UnsafeBufferPointer(rebasing: targets[range]))
      }
    }
  }

  /// X·u for one vector.
  func products(with vector: [Double]) -> [Double] {
    var products: [Double] = []
    unsafe forEachRow(0..<count) { _, columns, values in
      var sum = 0.0
      for k in 0..<columns.count { unsafe sum += values[k] * vector[Int(columns[k])] }
      products.append(sum)
    }
    return products
  }

  /// ‖x‖² of every row.
  var squaredNorms: [Double] {
    var squares: [Double] = []
    unsafe forEachRow(0..<count) { _, _, values in
      var sum = 0.0
      for k in 0..<values.count { unsafe sum += values[k] * values[k] }
      squares.append(sum)
    }
    return squares
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
