import Numerics

/// An epoch through the rows, each block of rows packed once for all blocks of lanes. The weights of the rows
/// have the mean 1.
struct DenseStochasticWalk: StochasticWalk {
  let loss: Loss
  let rows: ScaledRows
  let hasIntercept: Bool
  let batchSize: Int
  private let block: RowBlock
  private let z: Workspace<Lanes>

  init(loss: Loss, rows: ScaledRows, hasIntercept: Bool, batchSize: Int) {
    self.loss = loss
    self.rows = rows
    self.hasIntercept = hasIntercept
    self.batchSize = batchSize
    block = RowBlock(featureCount: rows.featureCount)
    z = Workspace(RowBlock.capacity, repeating: .zero)
  }

  func epoch(_ order: [Int32], _ lanes: [StochasticLanes]) {
    if batchSize == 1 {
      pureEpoch(order, lanes)
    } else if batchSize <= RowBlock.capacity {
      smallBatchEpoch(order, lanes)
    } else {
      largeBatchEpoch(order, lanes)
    }
  }

  private func pureEpoch(_ order: [Int32], _ lanes: [StochasticLanes]) {
    for range in rows.blocks {
      block.fill(rows, range, permutation: order)
      for lane in lanes {
        loss.with(Steps(walk: self, rowCount: range.count, lanes: lane))
      }
    }
  }

  private struct Steps: LossUse {
    let walk: DenseStochasticWalk
    let rowCount: Int
    let lanes: StochasticLanes

    func callAsFunction<Function: LossFunction>(_ loss: Function.Type) {
      walk.steps(rowCount, lanes, loss)
    }
  }

  /// Half a block of points takes half the time.
  @inline(__always)
  private func steps<Function: LossFunction>(
    _ rowCount: Int, _ lanes: StochasticLanes, _ loss: Function.Type
  ) {
    let decay = 1 - lanes.learningRates * lanes.lambdas
    // SAFETY: the block holds `rowCount` rows of `stride` doubles, `weights` a vector per feature, each
    // two halves long.
    if lanes.fitsHalf {
      unsafe descendRowByRow(
        rows: block.features.base, rowCount: rowCount, stride: block.stride,
        featureCount: rows.featureCount, targets: block.targets.base,
        shares: UnsafePointer(block.weights?.base), decay: decay.lowHalf,
        learningRate: lanes.learningRates.lowHalf, learnsIntercept: hasIntercept,
        weights: UnsafeMutableRawPointer(lanes.weights.base).assumingMemoryBound(
          to: HalfLanes.self), pitch: 2, intercept: &lanes.intercepts.lowHalf, loss: loss)
    } else {
      unsafe descendRowByRow(
        rows: block.features.base, rowCount: rowCount, stride: block.stride,
        featureCount: rows.featureCount, targets: block.targets.base,
        shares: UnsafePointer(block.weights?.base), decay: decay,
        learningRate: lanes.learningRates, learnsIntercept: hasIntercept,
        weights: lanes.weights.base, pitch: 1, intercept: &lanes.intercepts, loss: loss)
    }
  }

  private func smallBatchEpoch(_ order: [Int32], _ lanes: [StochasticLanes]) {
    let size = Double(batchSize)
    var start = 0
    while start < rows.count {
      let range = start..<min(start + batchSize, rows.count)
      block.fill(rows, range, permutation: order)
      for lane in lanes {
        let step = lane.learningRates / size
        let slopeSum = slopes(range.count, lane)
        let decay = 1 - (lane.learningRates * lane.lambdas) * (Double(range.count) / size)
        unsafe descend(
          rows: block.features.base, rowCount: range.count, stride: block.stride,
          featureCount: rows.featureCount, slopes: z.base, decay: decay, step: step,
          weights: lane.weights.base)
        if hasIntercept { lane.intercepts = lane.intercepts - step * slopeSum }
      }
      start = range.upperBound
    }
  }

  /// Batches beyond a block: the gradient is summed block by block, then one step is taken.
  private func largeBatchEpoch(_ order: [Int32], _ lanes: [StochasticLanes]) {
    let size = Double(batchSize)
    let d = rows.featureCount
    let sums = lanes.map { _ in Workspace<Lanes>(d, repeating: .zero) }
    var start = 0
    while start < rows.count {
      let end = min(start + batchSize, rows.count)
      var slopeSums = lanes.map { _ in Lanes.zero }
      for sum in sums { sum.fill(.zero) }
      for first in stride(from: start, to: end, by: RowBlock.capacity) {
        let range = first..<min(first + RowBlock.capacity, end)
        block.fill(rows, range, permutation: order)
        for (index, lane) in lanes.enumerated() {
          slopeSums[index] = slopeSums[index] + slopes(range.count, lane)
          unsafe accumulateGradient(
            rows: block.features.base, rowCount: range.count, stride: block.stride,
            featureCount: d, slopes: z.base, into: sums[index].base)
        }
      }
      for (index, lane) in lanes.enumerated() {
        let step = lane.learningRates / size
        let decay = 1 - (lane.learningRates * lane.lambdas) * (Double(end - start) / size)
        for j in 0..<d { lane.weights[j] = decay * lane.weights[j] - step * sums[index][j] }
        if hasIntercept { lane.intercepts = lane.intercepts - step * slopeSums[index] }
      }
      start = end
    }
  }

  /// Leaves ∂ℓ/∂z of each packed row, times its weight, in `z`; returns their sum.
  private func slopes(_ rowCount: Int, _ lanes: StochasticLanes) -> Lanes {
    unsafe predict(
      rows: block.features.base, rowCount: rowCount, stride: block.stride,
      featureCount: rows.featureCount, weights: lanes.weights.base, intercept: lanes.intercepts,
      into: z.base)
    let sum = loss.with(Slopes(scores: z, targets: block.targets, rowCount: rowCount))
    guard let weights = block.weights else { return sum }
    var weighted = Lanes.zero
    for r in 0..<rowCount {
      z[r] = z[r] * weights[r]
      weighted = weighted + z[r]
    }
    return weighted
  }

  private struct Slopes: LossUse {
    let scores: Workspace<Lanes>
    let targets: Workspace<Double>
    let rowCount: Int

    func callAsFunction<Function: LossFunction>(_: Function.Type) -> Lanes {
      var sum = Lanes.zero
      for r in 0..<rowCount {
        let slope = unsafe Function.slopes(scores.base[r], target: targets.base[r])
        unsafe scores.base[r] = slope
        sum = sum + slope
      }
      return sum
    }
  }
}
