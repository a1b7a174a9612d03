package import Numerics

/// Some rows of a matrix, centred and scaled as they are read, with their targets.
///
/// Nothing is copied: five folds of one data set share its memory.
package struct ScaledRows: Sendable {
  package let matrix: Matrix
  /// One per row of `matrix`; ±1 for the logistic loss.
  package let target: [Double]
  package let rows: [Int32]
  package let scaling: FeatureScaling
  /// One per row of `matrix`, above zero: as often as the row counts in a fit. `nil` where each counts once.
  package let weights: [Double]?
  /// The sum of the weights, or the number of rows: what sums over the rows are divided by.
  package let totalWeight: Double

  package init(
    matrix: Matrix, target: [Double], rows: [Int32], scaling: FeatureScaling,
    weights: [Double]? = nil
  ) {
    precondition(matrix.rowCount == target.count)
    precondition(weights.map { $0.count == target.count } ?? true)
    precondition(scaling.featureCount == matrix.columnCount)
    precondition(rows.allSatisfy { $0 >= 0 && $0 < matrix.rowCount })
    self.matrix = matrix
    self.target = target
    self.rows = rows
    self.scaling = scaling
    self.weights = weights
    totalWeight = LinearModels.totalWeight(of: rows, weights)
  }

  package var count: Int { rows.count }
  package var featureCount: Int { matrix.columnCount }

  package func target(at index: Int) -> Double { target[Int(rows[index])] }

  package func weight(at index: Int) -> Double { weights.map { $0[Int(rows[index])] } ?? 1 }

  /// The same rows with their weights divided by the mean weight.
  var withMeanWeightOne: ScaledRows {
    guard let weights else { return self }
    let share = Double(count) / totalWeight
    return ScaledRows(
      matrix: matrix, target: target, rows: rows, scaling: scaling,
      weights: weights.map { $0 * share })
  }

  /// One element as it is fitted.
  package func value(_ index: Int, _ feature: Int) -> Double {
    (matrix[Int(rows[index]), feature] - scaling.offsets[feature]) * scaling.factors[feature]
  }
}

/// A block of scaled rows in row-major order with their targets, refilled again and again.
@safe
final class RowBlock {
  /// Rows that are packed at a time: enough to amortise a kernel call, few enough to stay in the
  /// first-level cache together with the weights. Sums over rows are cut at its multiples, so it is part
  /// of the arithmetic.
  static let capacity = 64

  let stride: Int
  /// `rowLimit` rows of `stride` doubles.
  let features: Workspace<Double>
  let targets: Workspace<Double>
  /// Of the rows packed last, where they have some.
  private(set) var weights: Workspace<Double>?
  private(set) var count = 0

  /// - Parameter stride: the length of a packed row, its columns beyond the features zero; by default
  ///   there are none.
  init(featureCount: Int, stride: Int? = nil, rowLimit: Int = RowBlock.capacity) {
    self.stride = max(stride ?? featureCount, 1)
    self.rowLimit = rowLimit
    features = Workspace(rowLimit * self.stride, repeating: 0)
    targets = Workspace(rowLimit, repeating: 0)
  }

  /// The most rows it holds.
  let rowLimit: Int

  /// Sets a column beyond the features to 1 for every row.
  func setConstantColumn(_ column: Int) {
    for row in 0..<rowLimit { features[row * stride + column] = 1 }
  }

  /// Packs rows `range` of `source`, or of its order `permutation`.
  func fill(_ source: ScaledRows, _ range: Range<Int>, permutation: [Int32]? = nil) {
    precondition(range.count <= rowLimit && range.upperBound <= source.count)
    precondition(source.featureCount <= stride)
    precondition(permutation.map { $0.count == source.count } ?? true)
    count = range.count
    // SAFETY: `ScaledRows` checked every row index and the scaling's length in its init; an order is a
    // permutation of the rows' indices, checked here.
    unsafe source.rows.withUnsafeBufferPointer { rows in
      guard let order = permutation else {
        return unsafe copy(source, UnsafeBufferPointer(rebasing: rows[range]))
      }
      unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(range.count, 1)) {
        picked in
        for slot in 0..<range.count {
          let index = Int(order[range.lowerBound + slot])
          precondition(index >= 0 && index < rows.count)
          unsafe picked[slot] = rows[index]
        }
        unsafe copy(source, UnsafeBufferPointer(rebasing: picked[..<range.count]))
      }
    }
  }

  private func copy(_ source: ScaledRows, _ rows: UnsafeBufferPointer<Int32>) {
    let width = source.featureCount
    unsafe source.target.withUnsafeBufferPointer { target in
      for slot in 0..<rows.count { unsafe targets.base[slot] = target[Int(rows[slot])] }
    }
    if let all = source.weights {
      let room = weights ?? Workspace(rowLimit, repeating: 0)
      for slot in 0..<rows.count { unsafe room.base[slot] = all[Int(rows[slot])] }
      weights = room
    } else {
      weights = nil
    }
    guard width > 0 else { return }
    let reader = RowReader(source.matrix)
    let packed = unsafe features.base
    unsafe source.scaling.withUnsafePointers { offsets, rests, factors in
      for slot in 0..<rows.count {
        unsafe scaleRow(
          reader.row(Int(rows[slot])), width, offsets, rests, factors,
          into: packed + slot * stride)
      }
    }
  }
}

extension FeatureScaling {
  /// Calls `body` with the offsets, their rests and the factors; there must be a feature.
  @inline(__always)
  func withUnsafePointers(
    _ body: (UnsafePointer<Double>, UnsafePointer<Double>, UnsafePointer<Double>) -> Void
  ) {
    precondition(featureCount > 0)
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe offsetRests.withUnsafeBufferPointer { rests in
        unsafe factors.withUnsafeBufferPointer { factors in
          // SAFETY: none of the three is empty.
          unsafe body(offsets.baseAddress!, rests.baseAddress!, factors.baseAddress!)
        }
      }
    }
  }
}

/// (x − offset)·factor, eight features at a time; an offset is a sum of two doubles.
@inline(__always)
func scaleRow(
  _ source: UnsafePointer<Double>, _ count: Int, _ offsets: UnsafePointer<Double>,
  _ rests: UnsafePointer<Double>, _ factors: UnsafePointer<Double>,
  into destination: UnsafeMutablePointer<Double>
) {
  var j = 0
  while j &+ 8 <= count {
    let centred = unsafe (loadLanes(source + j) - loadLanes(offsets + j)) - loadLanes(rests + j)
    unsafe storeLanes(centred * loadLanes(factors + j), destination + j)
    j &+= 8
  }
  while j < count {
    unsafe destination[j] = ((source[j] - offsets[j]) - rests[j]) * factors[j]
    j &+= 1
  }
}

extension ScaledRows {
  /// The row ranges of one block after another.
  var blocks: some Sequence<Range<Int>> {
    Swift.stride(from: 0, to: count, by: RowBlock.capacity).lazy.map {
      $0..<Swift.min($0 + RowBlock.capacity, count)
    }
  }
}
