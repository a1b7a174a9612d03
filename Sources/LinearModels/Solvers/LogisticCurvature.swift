package import Numerics

/// The logistic objective at up to sixteen points with its gradient and, for the lanes that ask, its Hessian.
///
///     H = (1/n) Σ p(1 − p) (x, 1)(x, 1)ᵀ + λ diag(1, …, 1, 0),  p = 1/(1 + e^(−z))
///
/// The last row and column belong to the intercept. A Hessian costs as much as a gradient times half
/// the number of features.
package final class LogisticCurvature {
  let rows: ScaledRows
  let hasIntercept: Bool
  /// Whether points say by how much they separate the classes.
  let tracksMargins: Bool
  /// The order of a Hessian: features and, if there is one, the intercept.
  let order: Int
  private let stride: Int
  /// Whether the scaled rows are kept from one evaluation to the next.
  private let holdsAllRows: Bool
  /// Doubles that may be kept: about what a last-level cache holds.
  private static let largestCopy = 1 << 22
  private let block: RowBlock
  private let z: Workspace<Lanes>
  private let curvatures: Workspace<Lanes>
  private let gradient: Workspace<Lanes>
  private let weighted: Workspace<Double>
  private var grams: [Int: Workspace<Double>] = [:]

  package init(rows: ScaledRows, hasIntercept: Bool, tracksMargins: Bool) {
    self.rows = rows
    self.tracksMargins = tracksMargins
    self.hasIntercept = hasIntercept
    let d = rows.featureCount
    order = d + (hasIntercept ? 1 : 0)
    stride = GramKernel.paddedStride(max(order, 1))
    holdsAllRows = rows.count * stride <= LogisticCurvature.largestCopy
    block = RowBlock(
      featureCount: d, stride: stride,
      rowLimit: holdsAllRows ? max(rows.count, 1) : RowBlock.capacity)
    if hasIntercept { block.setConstantColumn(d) }
    if holdsAllRows { block.fill(rows, 0..<rows.count) }
    z = Workspace(RowBlock.capacity, repeating: .zero)
    curvatures = Workspace(RowBlock.capacity, repeating: .zero)
    gradient = Workspace(d, repeating: .zero)
    weighted = Workspace(RowBlock.capacity * stride, repeating: 0)
  }

  /// One lane's values at a point.
  package struct Point {
    /// The mean loss, without the penalty.
    package var meanLoss: Double
    /// Of the mean loss, the intercept's derivative last.
    package var gradient: [Double]
    /// Of the mean loss, `order` × `order`, when it was asked for.
    package var hessian: [Double]?
    /// The smallest y·z: above zero the point separates the classes. Infinite when not tracked.
    package var smallestMargin: Double
  }

  /// Evaluates all lanes; the Hessians of those in `curved`.
  /// - Complexity: O(rows × features), and O(rows × features²) per Hessian.
  package func evaluate(
    _ weights: Workspace<Lanes>, _ intercepts: Lanes, lanes: [Int], curved: [Int]
  ) -> [Int: Point] {
    let d = rows.featureCount
    precondition(weights.count == d)
    gradient.fill(.zero)
    for lane in curved {
      if let gram = grams[lane] {
        gram.fill(0)
      } else {
        grams[lane] = Workspace(stride * stride, repeating: 0)
      }
    }
    var sums = LogisticSums()
    for range in rows.blocks {
      let first = holdsAllRows ? range.lowerBound : 0
      if !holdsAllRows { block.fill(rows, range) }
      let packed = unsafe UnsafePointer(block.features.base + first * stride)
      let targets = unsafe UnsafePointer(block.targets.base + first)
      // SAFETY: `packed` is followed by `range.count` rows of `stride` doubles; `z` holds a block's
      // rows.
      unsafe predict(
        rows: packed, rowCount: range.count, stride: stride, featureCount: d,
        weights: weights.base, intercept: intercepts, into: z.base)
      unsafe logisticSlopes(
        z.base, targets: targets, rowCount: range.count, curvatures: curvatures.base,
        tracksMargins: tracksMargins, sums: &sums)
      unsafe accumulateGradient(
        rows: packed, rowCount: range.count, stride: stride, featureCount: d,
        slopes: z.base, into: gradient.base)
      for lane in curved {
        if let gram = grams[lane] {
          unsafe addGram(packed, rowCount: range.count, lane: lane, to: gram)
        }
      }
    }
    let n = Double(rows.count)
    var points: [Int: Point] = [:]
    for lane in lanes {
      var vector = (0..<d).map { gradient[$0][lane] / n }
      if hasIntercept { vector.append(sums.slopes[lane] / n) }
      points[lane] = Point(
        meanLoss: sums.values[lane] / n, gradient: vector, hessian: nil,
        smallestMargin: sums.margins[lane])
    }
    for lane in curved {
      guard let gram = grams[lane] else { continue }
      let sums = unsafe GramKernel.symmetric(gram.base, stride: stride, count: order)
      points[lane]?.hessian = sums.map { $0 / n }
    }
    return points
  }

  /// Adds Σ p(1 − p) x xᵀ of the block to one lane's Gram matrix.
  private func addGram(
    _ packed: UnsafePointer<Double>, rowCount: Int, lane: Int, to gram: Workspace<Double>
  ) {
    for r in 0..<rowCount {
      let curvature = unsafe curvatures.base[r][lane]
      // SAFETY: both blocks have `capacity` rows of `stride` doubles, whole lanes of eight.
      let source = unsafe packed + r * stride
      let destination = unsafe weighted.base + r * stride
      for j in Swift.stride(from: 0, to: stride, by: 8) {
        unsafe storeLanes(loadLanes(source + j) * curvature, destination + j)
      }
    }
    unsafe GramKernel.accumulateGram(
      rows: packed, weightedRows: weighted.base, rowCount: rowCount, stride: stride,
      into: gram.base)
  }
}
