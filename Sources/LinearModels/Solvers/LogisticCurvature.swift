package import Numerics

/// The logistic objective at up to sixteen points with its gradient and, lane by lane, its Hessian.
///
///     H = (1/n) Σ p(1 − p) (x, 1)(x, 1)ᵀ + λ diag(1, …, 1, 0),  p = 1/(1 + e^(−z))
///
/// The last row and column belong to the intercept.
package final class LogisticCurvature {
  let rows: ScaledRows
  let hasIntercept: Bool
  let count: Int
  /// The order of a Hessian: features and, if there is one, the intercept.
  let order: Int
  private let stride: Int
  private let block: RowBlock
  private let z: Workspace<Lanes>
  private let gradient: Workspace<Lanes>
  private let curvatures: Workspace<Double>
  private let weighted: Workspace<Double>
  private let grams: [Workspace<Double>]

  package init(rows: ScaledRows, hasIntercept: Bool, count: Int) {
    self.rows = rows
    self.hasIntercept = hasIntercept
    self.count = count
    order = rows.featureCount + (hasIntercept ? 1 : 0)
    let stride = GramKernel.paddedStride(max(order, 1))
    self.stride = stride
    block = RowBlock(featureCount: rows.featureCount)
    z = Workspace(RowBlock.capacity, repeating: .zero)
    gradient = Workspace(rows.featureCount, repeating: .zero)
    curvatures = Workspace(RowBlock.capacity, repeating: 0)
    weighted = Workspace(RowBlock.capacity * stride, repeating: 0)
    grams = (0..<count).map { _ in Workspace(stride * stride, repeating: 0) }
  }

  /// One lane's values at a point.
  package struct Point {
    /// The mean loss, without the penalty.
    package var meanLoss: Double
    /// Of the mean loss, the intercept's derivative last.
    package var gradient: [Double]
    /// Of the mean loss, `order` × `order`.
    package var hessian: [Double]
    /// The smallest y·z: above zero the point separates the classes.
    package var smallestMargin: Double
  }

  /// Evaluates the lanes in `active`.
  /// - Complexity: O(rows × features²) per active lane.
  package func evaluate(
    _ weights: Workspace<Lanes>, _ intercepts: Lanes, active: [Int]
  ) -> [Int: Point] {
    let d = rows.featureCount
    precondition(weights.count == d)
    gradient.fill(.zero)
    for lane in active { grams[lane].fill(0) }
    var total = Lanes.zero
    var slopeTotal = Lanes.zero
    var margins = Lanes(repeating: .infinity)
    for range in rows.blocks {
      block.fill(rows, range)
      // SAFETY: the block holds `range.count` rows of `block.stride` doubles; `z` a block's rows.
      unsafe predict(
        rows: block.features.base, rowCount: range.count, stride: block.stride, featureCount: d,
        weights: weights.base, intercept: intercepts, into: z.base)
      accumulateHessians(rowCount: range.count, active: active)
      var sum = Lanes.zero
      var slopeSum = Lanes.zero
      for r in 0..<range.count {
        let score = z[r]
        let target = block.targets[r]
        let slope = Loss.logistic.slopes(score, target: target)
        sum = sum + Loss.logistic.values(score, target: target)
        slopeSum = slopeSum + slope
        let margin = score * target
        margins.replace(with: margin, where: margin .< margins)
        z[r] = slope
      }
      total = total + sum
      slopeTotal = slopeTotal + slopeSum
      unsafe accumulateGradient(
        rows: block.features.base, rowCount: range.count, stride: block.stride, featureCount: d,
        slopes: z.base, into: gradient.base)
    }
    let n = Double(rows.count)
    var points: [Int: Point] = [:]
    for lane in active {
      var vector = (0..<d).map { gradient[$0][lane] / n }
      if hasIntercept { vector.append(slopeTotal[lane] / n) }
      let gram = unsafe GramKernel.symmetric(grams[lane].base, stride: stride, count: order)
      points[lane] = Point(
        meanLoss: total[lane] / n, gradient: vector, hessian: gram.map { $0 / n },
        smallestMargin: margins[lane])
    }
    return points
  }

  /// Adds the block's rows, scaled by √(p(1 − p)), to each lane's Gram matrix.
  private func accumulateHessians(rowCount: Int, active: [Int]) {
    let d = rows.featureCount
    for lane in active {
      for r in 0..<rowCount {
        let p = logistic(z[r][lane])
        let root = (p * logistic(-z[r][lane])).squareRoot()
        // SAFETY: r is below the block's capacity, d and d + 1 within the strides.
        let source = unsafe block.features.base + r * block.stride
        let destination = unsafe weighted.base + r * stride
        for j in 0..<d { unsafe destination[j] = source[j] * root }
        if hasIntercept { unsafe destination[d] = root }
      }
      unsafe GramKernel.accumulateGram(
        rows: weighted.base, rowCount: rowCount, stride: stride, into: grams[lane].base)
    }
  }
}
