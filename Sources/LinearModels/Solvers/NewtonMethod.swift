import Numerics

/// Newton's method on the logistic objective, many values of λ side by side.
///
///     (w, b) ← (w, b) − t B⁻¹ ∇J,  t = 1, halved until J is sure not to have risen
///
/// B starts as the Hessian at zero, which all λ share and which no step oversteps; after the first step
/// it is scaled to the mean curvature found there, and each step's change of gradient corrects it. One
/// true Hessian comes last, where the next step ends at the rounding floor: it makes that step Newton's
/// and gives the effective degrees of freedom. Before that, one is taken only where the gradient falls
/// too slowly, and where that happens again every step is Newton's. Gradients of eight λ cost as little as
/// one, Hessians do not.
///
/// J is convex, so a step along which the slope has not turned upwards lowers it, and the loss itself need
/// not be known. Each λ starts at zero and takes at most 100 steps. It is `ok` where the gradient is at most
/// 1e-9 of its start (or `tolerance`, if larger) and neither a Newton step at the true Hessian nor rounding
/// would move a training score by more than 1e-9 of the largest: classes that are separated, or nearly so,
/// have small gradients far from their optimum. All else is `not_converged`, with the reason: at λ = 0
/// separable classes have no optimum, a singular Hessian has many.
/// Rows that are mostly zeros are kept and multiplied sparse.
/// - Complexity: O(rows × features) per step and λ, O(rows × features²) per Hessian, mostly one.
/// - Parameters:
///   - blocks: the values of λ, at most `Lanes.width` a block; all blocks share the scaled rows.
///   - workers: how many threads walk the rows; the result does not depend on it.
package func newtonMethod(
  rows: ScaledRows, hasIntercept: Bool, blocks: [[Double]], tolerance: Double,
  workers: Int = 1, shouldAbandon: (() -> Bool)? = nil
) -> [LaneFits] {
  let sparse = rows.sparselyCentred(hasIntercept: hasIntercept, workers: workers)
  let centred = sparse ?? (hasIntercept ? rows.centred(workers: workers) : rows)
  let lambdas = blocks.flatMap { $0 }
  let curvature = LogisticCurvature(
    rows: centred, hasIntercept: hasIntercept, tracksMargins: lambdas.contains(0),
    isSparse: sparse != nil, workers: workers)
  let origin = [Double](repeating: 0, count: curvature.order)
  let start = curvature.evaluate([origin], wantsHessian: [true])[0]
  let counts = RowCounts(rows)
  var iterations = lambdas.map { lambda in
    NewtonIteration(
      lambda: lambda, featureCount: rows.featureCount, counts: counts, tolerance: tolerance,
      start: start)
  }
  while case let running = iterations.indices.filter({ iterations[$0].isRunning }),
    !running.isEmpty
  {
    if let shouldAbandon, shouldAbandon() { return blocks.map { .abandoned(count: $0.count) } }
    // Hessians beyond what memory allows wait for the next round.
    var room = curvature.hessianLimit
    let batch = running.filter { index in
      guard iterations[index].wantsHessian else { return true }
      room -= 1
      return room >= 0
    }
    var points = curvature.evaluate(
      batch.flatMap { iterations[$0].trials },
      wantsHessian: batch.flatMap { index in
        iterations[index].trials.map { _ in iterations[index].wantsHessian }
      })[...]
    for index in batch {
      let count = iterations[index].trials.count
      iterations[index].advance(Array(points.prefix(count)))
      points = points.dropFirst(count)
    }
  }
  var rest = iterations[...]
  return blocks.map { block in
    let members = rest.prefix(block.count)
    rest = rest.dropFirst(block.count)
    return fits(members, rows: rows, centred: centred, hasIntercept: hasIntercept)
  }
}

/// The same for one block.
package func newtonMethod(
  rows: ScaledRows, hasIntercept: Bool, lambdas: [Double], tolerance: Double
) -> LaneFits {
  newtonMethod(rows: rows, hasIntercept: hasIntercept, blocks: [lambdas], tolerance: tolerance)[0]
}

private func fits(
  _ iterations: ArraySlice<NewtonIteration>, rows: ScaledRows, centred: ScaledRows,
  hasIntercept: Bool
) -> LaneFits {
  let d = rows.featureCount
  var fits = LaneFits(
    weights: [Lanes](repeating: .zero, count: d), intercepts: .zero,
    outcomes: iterations.map { $0.outcome(hasIntercept: hasIntercept) })
  for (lane, iteration) in iterations.enumerated() {
    let solution = Array(iteration.solution[..<d])
    for j in 0..<d { fits.weights[j][lane] = solution[j] }
    if hasIntercept {
      fits.intercepts[lane] = rows.intercept(
        iteration.solution[d], from: centred, weights: solution)
    }
  }
  return fits
}
