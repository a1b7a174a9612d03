package import Numerics

/// The shift and scale in which moments are summed, so that centring later loses nothing.
///
/// The factors are powers of two near 1/range: exact, and only there to keep squares in range.
package struct MomentBasis: Sendable {
  package let shifts: [Double]
  package let factors: [Double]
  package let targetShift: Double
  /// Whether most elements are zero in this basis, so that rows are multiplied sparse.
  package let isSparse: Bool
  /// Whether only some of the rows were looked at.
  package private(set) var isSampled = false
}

extension MomentBasis {
  /// The basis of some rows: the mean of each feature as shift, a power of two near 1/range as factor. In
  /// sparse rows zeros stay zeros: a column of mostly zeros has a mean below its deviation.
  ///
  /// Sums go by blocks of 4096 rows, so the basis does not depend on `workers`.
  package init(
    matrix: Matrix, target: [Double], weights: [Double]? = nil, rows: [Int32], workers: Int
  ) {
    let blockSize = 4096
    let width = matrix.columnCount
    let blockCount = max(1, (rows.count + blockSize - 1) / blockSize)
    let partials = concurrentMap(blockCount, workers: workers) { block in
      let members = rows[(block * blockSize)..<min((block + 1) * blockSize, rows.count)]
      let targetSum = members.reduce(0.0) { sum, row in
        weights.map { sum + $0[Int(row)] * target[Int(row)] } ?? (sum + target[Int(row)])
      }
      return (ColumnTotals(matrix, rows: members, weights: weights), targetSum)
    }
    var total = ColumnTotals(columnCount: width)
    var targetSum = 0.0
    for (columns, sum) in partials {
      total.add(columns)
      targetSum += sum
    }
    let count = rows.isEmpty ? 1 : totalWeight(of: rows, weights)
    isSparse = matrix.zeroPattern.isSparse
    // A column of mostly zeros may hold none in these rows: then it has a mean to take off.
    let zeros = isSparse ? ZeroPattern(matrix, rows: rows) : nil
    shifts = (0..<width).map { j in
      let mean = total.sums[j] / count
      return mean.isFinite && zeros?.isMostlyZero[j] != true ? mean : 0
    }
    factors = (0..<width).map { total.ranges.unitFactor($0) }
    targetShift = targetSum / count
  }

  /// The same of about a thousand rows at even distances in the sets, one after another. It saves a pass
  /// over the data, and is good enough unless `RowMoments` says otherwise of the sums.
  package init(
    matrix: Matrix, target: [Double], weights: [Double]? = nil,
    sampledFrom sets: [ArraySlice<Int32>]
  ) {
    let count = sets.reduce(0) { $0 + $1.count }
    let sampleCount = min(count, MomentBasis.sampleSize)
    var sample: [Int32] = []
    sample.reserveCapacity(sampleCount)
    var start = 0
    for set in sets {
      while sample.count < sampleCount {
        let position = sample.count * count / sampleCount - start
        guard position < set.count else { break }
        sample.append(set[set.startIndex + position])
      }
      start += set.count
    }
    self.init(matrix: matrix, target: target, weights: weights, rows: sample, workers: 1)
    isSampled = sampleCount < count
  }

  private static let sampleSize = 1024
}
