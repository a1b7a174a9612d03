import Numerics

/// The mean logistic loss at many points: its gradients and, for the points that ask, its Hessians.
///
///     g = (1/n) Σ −y p (x, 1),  H = (1/n) Σ p(1 − p) (x, 1)(x, 1)ᵀ,  p = 1/(1 + e^(yz))
///
/// The last coordinate belongs to the intercept. Points go in groups of eight; a Hessian costs as much
/// as the gradient times a quarter of the number of features or so. The rows are cut into up to eight
/// parts, whose sums are added in order, so that several workers find the same bits as one.
package final class LogisticCurvature {
  /// The number of coordinates: features and, if there is one, the intercept.
  let order: Int
  private let rows: ScaledRows
  /// Whether points say by how much they separate the classes.
  private let tracksMargins: Bool
  private let workers: Int
  private let stride: Int
  private let parts: [Range<Int>]
  /// The scaled rows of every part, where they are kept from one evaluation to the next.
  private let keptRows: [KeptRows]
  /// The same of rows that are mostly zeros.
  private let sparseRows: [SparseRows]
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
    self.rows = rows
    self.tracksMargins = tracksMargins
    self.order = order
    self.stride = stride
    let share = max(Self.leastRows, (rows.count + Self.mostParts - 1) / Self.mostParts)
    let partSize = (share + RowBlock.capacity - 1) / RowBlock.capacity * RowBlock.capacity
    parts = Swift.stride(from: 0, to: rows.count, by: partSize).map {
      $0..<min($0 + partSize, rows.count)
    }
    self.workers = min(workers, max(parts.count, 1))
    @Sendable func block(_ rowLimit: Int) -> RowBlock {
      let block = RowBlock(featureCount: d, stride: stride, rowLimit: rowLimit)
      if hasIntercept { block.setConstantColumn(d) }
      return block
    }
    let ranges = parts
    sparseRows =
      isSparse
      ? concurrentMap(parts.count, workers: self.workers) { part in
        SparseRows(rows, ranges[part], constantColumn: hasIntercept ? d : nil)
      } : []
    if !isSparse, rows.count * stride <= Self.largestCopy {
      keptRows = concurrentMap(parts.count, workers: self.workers) { part in
        let kept = block(ranges[part].count)
        kept.fill(rows, ranges[part])
        return KeptRows(block: kept)
      }
    } else {
      keptRows = []
    }
    let keepsRows = isSparse || !keptRows.isEmpty
    scratch = (0..<(self.workers > 1 ? parts.count : 1)).map { _ in
      LogisticScratch(stride: stride, block: keepsRows ? nil : block(RowBlock.capacity))
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
    let n = Double(rows.count)
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
    let all = parts[part]
    for start in Swift.stride(from: all.lowerBound, to: all.upperBound, by: RowBlock.capacity) {
      let range = start..<min(start + RowBlock.capacity, all.upperBound)
      if !sparseRows.isEmpty {
        let local = (start - all.lowerBound)..<(range.upperBound - all.lowerBound)
        for (index, group) in groups.enumerated() {
          add(sparseRows[part], local, of: group, to: scratch.sums.groups[index], with: scratch)
        }
        continue
      }
      let block = scratch.block ?? keptRows[part].block
      let first = scratch.block == nil ? start - all.lowerBound : 0
      scratch.block?.fill(rows, range)
      for (index, group) in groups.enumerated() {
        // SAFETY: the block holds the part's rows, or these; both pointers are followed by
        // `range.count` rows.
        unsafe add(
          block.features.base + first * stride, block.targets.base + first, range.count,
          of: group, to: scratch.sums.groups[index], with: scratch)
      }
    }
  }

  /// Adds some of a part's sparse rows to a group's sums.
  private func add(
    _ sparse: SparseRows, _ range: Range<Int>, of group: LogisticGroup, to sums: LogisticGroupSums,
    with scratch: LogisticScratch
  ) {
    let z = unsafe scratch.z.base
    unsafe sparse.predict(range, weights: group.weights.base, into: z)
    unsafe sparse.targets.withUnsafeBufferPointer { targets in
      guard let first = targets.baseAddress else { return }
      // SAFETY: there is a target for every row of the range.
      unsafe logisticSlopes(
        z, targets: first + range.lowerBound, rowCount: range.count,
        tracksMargins: tracksMargins, sums: &sums.others)
    }
    unsafe sparse.accumulateGradient(range, slopes: z, into: sums.gradient.base)
    for (lane, index) in group.curved {
      unsafe sparse.accumulateGram(
        range, stride: stride, into: scratch.sums.hessians[index].base
      ) { slot in
        let p = unsafe abs(z[slot][lane])
        return p * (1 - p)
      }
    }
  }

  /// Adds a block of rows to a group's sums.
  private func add(
    _ packed: UnsafePointer<Double>, _ targets: UnsafePointer<Double>, _ rowCount: Int,
    of group: LogisticGroup, to sums: LogisticGroupSums, with scratch: LogisticScratch
  ) {
    // SAFETY: `packed` is followed by `rowCount` rows of `stride` doubles, at most a block's; the weights
    // and the gradient have `stride` vectors.
    unsafe predict(
      rows: packed, rowCount: rowCount, stride: stride, columnCount: order,
      weights: group.weights.base, into: scratch.z.base)
    unsafe logisticSlopes(
      scratch.z.base, targets: targets, rowCount: rowCount, tracksMargins: tracksMargins,
      sums: &sums.others)
    unsafe accumulateGradient(
      rows: packed, rowCount: rowCount, stride: stride, columnCount: (order + 7) / 8 * 8,
      slopes: scratch.z.base, into: sums.gradient.base)
    for (lane, index) in group.curved {
      unsafe addHessian(
        packed, rowCount: rowCount, lane: lane, to: scratch.sums.hessians[index], with: scratch)
    }
  }

  /// Adds Σ p(1 − p) x xᵀ of the block; the lane's slopes ∓p are in the scratch.
  private func addHessian(
    _ packed: UnsafePointer<Double>, rowCount: Int, lane: Int, to sums: Workspace<Double>,
    with scratch: LogisticScratch
  ) {
    for r in 0..<rowCount {
      let p = unsafe abs(scratch.z.base[r][lane])
      let curvature = p * (1 - p)
      // SAFETY: both blocks have `capacity` rows of `stride` doubles, whole lanes of eight.
      let source = unsafe packed + r * stride
      let destination = unsafe scratch.weighted.base + r * stride
      for j in Swift.stride(from: 0, to: stride, by: 8) {
        unsafe storeLanes(loadLanes(source + j) * curvature, destination + j)
      }
    }
    unsafe GramKernel.accumulateGram(
      rows: packed, weightedRows: scratch.weighted.base, rowCount: rowCount, stride: stride,
      into: sums.base)
  }
}

/// A block that nothing writes to any more.
private struct KeptRows: @unchecked Sendable {
  let block: RowBlock
}
