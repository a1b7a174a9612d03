import Numerics

/// The mean logistic loss at many points: its gradients and, for the points that ask, its Hessians.
///
///     g = (1/n) Σ −y p (x, 1),  H = (1/n) Σ p(1 − p) (x, 1)(x, 1)ᵀ,  p = 1/(1 + e^(yz))
///
/// Where rows have weights v, terms count v times and n is Σ v. The last coordinate belongs to the intercept. Points go in groups of eight; a Hessian costs as much
/// as the gradient times a quarter of the number of features or so. The rows are cut into up to eight
/// parts, whose sums are added in order, so that several workers find the same bits as one.
package final class LogisticCurvature {
  /// The number of coordinates: features and, if there is one, the intercept.
  let order: Int
  private let totalWeight: Double
  /// Whether points say by how much they separate the classes.
  private let tracksMargins: Bool
  private let workers: Int
  private let stride: Int
  private let parts: [CurvatureRows]
  /// One for all parts, or one for each where several workers add them up.
  private let scratch: [LogisticScratch]
  private let total: LogisticTotals

  private static let width = HalfLanes.scalarCount
  private static let mostParts = 8
  private static let leastRows = 32 * RowBlock.capacity
  /// Doubles that may be kept: about what a last-level cache holds.
  private static let largestCopy = 1 << 22

  package init(
    rows: ScaledRows, hasIntercept: Bool, tracksMargins: Bool, isSparse: Bool = false,
    workers: Int = 1
  ) {
    let d = rows.featureCount
    let order = d + (hasIntercept ? 1 : 0)
    let stride = GramKernel.paddedStride(max(order, 1))
    totalWeight = rows.totalWeight
    self.tracksMargins = tracksMargins
    self.order = order
    self.stride = stride
    let share = max(Self.leastRows, (rows.count + Self.mostParts - 1) / Self.mostParts)
    let partSize = (share + RowBlock.capacity - 1) / RowBlock.capacity * RowBlock.capacity
    let ranges = Swift.stride(from: 0, to: rows.count, by: partSize).map {
      $0..<min($0 + partSize, rows.count)
    }
    self.workers = min(workers, max(ranges.count, 1))
    @Sendable func block(_ rowLimit: Int) -> RowBlock {
      let block = RowBlock(featureCount: d, stride: stride, rowLimit: rowLimit)
      if hasIntercept { block.setConstantColumn(d) }
      return block
    }
    let form: CurvatureRows.Form =
      isSparse ? .sparse : rows.count * stride <= Self.largestCopy ? .kept : .unscaled
    parts = concurrentMap(ranges.count, workers: self.workers) { part in
      CurvatureRows(
        rows, ranges[part], form: form, constantColumn: hasIntercept ? d : nil, room: block)
    }
    scratch = (0..<(self.workers > 1 ? parts.count : 1)).map { _ in
      LogisticScratch(
        stride: stride, block: block(form == .unscaled ? RowBlock.capacity : 0))
    }
    total = LogisticTotals(stride: stride)
  }

  /// How many Hessians may be asked for at a time: 128 MB of sums, at least one.
  var hessianLimit: Int { max(1, (1 << 24) / (stride * stride * (scratch.count + 1))) }

  /// The values at one point, all of the mean loss without a penalty.
  package struct Point {
    package var gradient: [Double]
    package var scores: LogisticScores
    /// `order` × `order`, when it was asked for.
    package var hessian: [Double]?
  }

  /// Evaluates all `points`, each of `order` coordinates; Hessians where `wantsHessian`.
  /// - Complexity: O(rows × features) per point, and O(rows × features²) per Hessian.
  package func evaluate(_ points: [[Double]], wantsHessian: [Bool]) -> [Point] {
    precondition(points.count == wantsHessian.count)
    precondition(points.allSatisfy { $0.count == order })
    let groups = groups(points, wantsHessian)
    let hessianCount = wantsHessian.count { $0 }
    total.clear(groupCount: groups.count, hessianCount: hessianCount)
    if scratch.count == 1 {
      for part in parts.indices {
        add(part: part, of: groups, hessianCount: hessianCount, with: scratch[0])
        total.add(scratch[0].sums)
      }
    } else {
      // SAFETY: every task writes to a scratch of its own and only reads the rest.
      nonisolated(unsafe) let shared = (self, groups)
      _ = concurrentMap(parts.count, workers: workers) { part in
        let (curvature, groups) = unsafe shared
        curvature.add(
          part: part, of: groups, hessianCount: hessianCount, with: curvature.scratch[part])
      }
      for one in scratch { total.add(one.sums) }
    }
    return points.indices.map { point($0, groups[$0 / Self.width]) }
  }

  /// What the sums say of one point.
  private func point(_ index: Int, _ group: LogisticGroup) -> Point {
    let n = totalWeight
    let lane = index % Self.width
    let sums = total.groups[index / Self.width]
    var point = Point(
      gradient: (0..<order).map { sums.gradient[$0][lane] / n },
      scores: LogisticScores(
        largest: sums.others.sizes[lane], smallestMargin: sums.others.margins[lane],
        meanCurvature: sums.others.curvatures[lane] / n,
        slopeSize: (sums.others.squares[lane] / n).squareRoot()),
      hessian: nil)
    if let found = group.curved.first(where: { $0.lane == lane })?.index {
      let sums = unsafe GramKernel.symmetric(
        total.hessians[found].base, stride: stride, count: order)
      point.hessian = sums.map { $0 / n }
    }
    return point
  }

  private func groups(_ points: [[Double]], _ wantsHessian: [Bool]) -> [LogisticGroup] {
    var hessianCount = 0
    return Swift.stride(from: 0, to: points.count, by: Self.width).map { start in
      let members = start..<min(start + Self.width, points.count)
      let group = LogisticGroup(weights: Workspace(stride, repeating: .zero))
      for j in 0..<order {
        var values = HalfLanes.zero
        for member in members { values[member - start] = points[member][j] }
        group.weights[j] = values
      }
      for member in members where wantsHessian[member] {
        group.curved.append((member - start, hessianCount))
        hessianCount += 1
      }
      return group
    }
  }

  /// Adds up the rows of a part, block by block.
  private func add(
    part: Int, of groups: [LogisticGroup], hessianCount: Int, with scratch: LogisticScratch
  ) {
    scratch.sums.clear(groupCount: groups.count, hessianCount: hessianCount)
    parts[part].forEachBlock(scratch.block) { block in
      for (group, sums) in zip(groups, scratch.sums.groups) {
        block.addGradient(
          weights: group.weights, columnCount: order, tracksMargins: tracksMargins, z: scratch.z,
          weighted: scratch.slopes, to: sums)
        for (lane, index) in group.curved {
          block.addHessian(
            z: scratch.z, lane: lane, stride: stride, weighted: scratch.weighted,
            to: scratch.sums.hessians[index])
        }
      }
    }
  }
}
