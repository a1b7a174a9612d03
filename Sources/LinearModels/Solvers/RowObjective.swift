package import Numerics

/// The mean loss over the training rows plus half the squared weight norm, at sixteen points.
///
///     J(w, b) = (1/n) Σ ℓ(yᵢ, xᵢ·w + b) + (λ/2)‖w‖²
///
/// Where rows have weights v, a row's loss counts v times and n is Σ v. The intercept `b` is not penalised.
/// Rows are summed in blocks, the blocks in order.
package struct RowObjective {
  let loss: Loss
  let rows: ScaledRows
  let hasIntercept: Bool
  private let sparse: CentredSparseRows?
  private let block: RowBlock
  private let z: Workspace<Lanes>
  private let sums: Workspace<Lanes>

  package init(loss: Loss, rows: ScaledRows, hasIntercept: Bool) {
    self.init(
      loss: loss, rows: rows, hasIntercept: hasIntercept, sparse: CentredSparseRows(rows))
  }

  /// - Parameter sparse: the same rows, where most of their elements are zero.
  init(loss: Loss, rows: ScaledRows, hasIntercept: Bool, sparse: CentredSparseRows?) {
    self.loss = loss
    self.rows = rows
    self.hasIntercept = hasIntercept
    self.sparse = sparse
    block = RowBlock(
      featureCount: rows.featureCount, rowLimit: sparse == nil ? RowBlock.capacity : 1)
    z = Workspace(RowBlock.capacity, repeating: .zero)
    sums = Workspace(rows.featureCount, repeating: .zero)
  }

  /// The mean loss and its gradient, without the penalty; the gradient goes into `gradient`.
  /// - Returns: the mean loss and its derivative by the intercept (zero without one).
  /// - Complexity: O(rows × features)
  package func meanLossAndGradient(
    _ weights: Workspace<Lanes>, _ intercepts: Lanes, into gradient: Workspace<Lanes>
  ) -> (loss: Lanes, interceptSlope: Lanes) {
    let d = rows.featureCount
    precondition(weights.count == d && gradient.count == d)
    sums.fill(.zero)
    var total = Lanes.zero
    var slopeTotal = Lanes.zero
    let level = sparse?.levelProducts(weights) ?? .zero
    for range in rows.blocks {
      takeScores(range, weights, intercepts - level)
      let (sum, slopeSum) = loss.with(BlockSlopes(objective: self, range: range))
      total = total + sum
      slopeTotal = slopeTotal + slopeSum
      addGradient(range)
    }
    for (j, level) in (sparse?.levels ?? []).enumerated() where level != 0 {
      sums[j] = sums[j] - slopeTotal * level
    }
    let count = rows.totalWeight
    for j in 0..<d { gradient[j] = sums[j] / count }
    return (total / count, hasIntercept ? slopeTotal / count : .zero)
  }

  /// Leaves ∂ℓ/∂z of a block of rows in the place of the scores; returns the sums of ℓ and of the slopes.
  private struct BlockSlopes: LossUse {
    let objective: RowObjective
    let range: Range<Int>

    func callAsFunction<Function: LossFunction>(_: Function.Type) -> (Lanes, Lanes) {
      guard objective.rows.weights == nil else { return weighted(Function.self) }
      let (z, targets) = (objective.z, objective.sparse?.elements.targets)
      let blockTargets = unsafe objective.block.targets.base
      var sum = Lanes.zero
      var slopeSum = Lanes.zero
      for r in 0..<range.count {
        let score = unsafe z.base[r]
        // SAFETY: where there are no sparse rows the block holds the range.
        let target = unsafe targets?[range.lowerBound + r] ?? blockTargets[r]
        let slope = Function.slopes(score, target: target)
        sum = sum + Function.values(score, target: target)
        slopeSum = slopeSum + slope
        unsafe z.base[r] = slope
      }
      return (sum, slopeSum)
    }

    /// The same, each row times its weight; apart, as it would keep the loop above from being inlined.
    @inline(never)
    private func weighted<Function: LossFunction>(_: Function.Type) -> (Lanes, Lanes) {
      let (z, rows) = (objective.z, objective.rows)
      var sum = Lanes.zero
      var slopeSum = Lanes.zero
      for r in 0..<range.count {
        let score = z[r]
        let (target, weight) = (
          rows.target(at: range.lowerBound + r), rows.weight(at: range.lowerBound + r)
        )
        z[r] = Function.slopes(score, target: target) * weight
        sum = sum + Function.values(score, target: target) * weight
        slopeSum = slopeSum + z[r]
      }
      return (sum, slopeSum)
    }
  }

  /// Leaves the scores of a block of rows in `z`; sparse rows are not centred.
  private func takeScores(
    _ range: Range<Int>, _ weights: Workspace<Lanes>, _ intercepts: Lanes
  ) {
    precondition(weights.count == rows.featureCount)
    // SAFETY: `z` has room for a block's rows, and there is a weight for every feature.
    if let sparse {
      unsafe sparse.elements.predict(range, weights: weights.base, into: z.base)
      for r in 0..<range.count { unsafe z.base[r] = z.base[r] + intercepts }
    } else {
      block.fill(rows, range)
      unsafe predict(
        rows: block.features.base, rowCount: range.count, stride: block.stride,
        featureCount: rows.featureCount, weights: weights.base, intercept: intercepts,
        into: z.base)
    }
  }

  /// Adds the gradient of the block that `takeScores` has just seen, whose slopes are in `z`.
  private func addGradient(_ range: Range<Int>) {
    if let sparse {
      unsafe sparse.elements.accumulateGradient(range, slopes: z.base, into: sums.base)
    } else {
      unsafe accumulateGradient(
        rows: block.features.base, rowCount: range.count, stride: block.stride,
        featureCount: rows.featureCount, slopes: z.base, into: sums.base)
    }
  }
}

/// ‖w‖² of every lane.
func squaredNorms(_ weights: Workspace<Lanes>) -> Lanes {
  var sum = Lanes.zero
  for j in 0..<weights.count { sum = sum + weights[j] * weights[j] }
  return sum
}

/// ‖(∇L + λw, ∂L/∂b)‖ of every lane.
func gradientNorms(
  _ gradient: Workspace<Lanes>, _ weights: Workspace<Lanes>, lambdas: Lanes, interceptSlope: Lanes
) -> Lanes {
  var sum = interceptSlope * interceptSlope
  for j in 0..<weights.count {
    let penalised = gradient[j] + lambdas * weights[j]
    sum = sum + penalised * penalised
  }
  return sum.squareRoot()
}
