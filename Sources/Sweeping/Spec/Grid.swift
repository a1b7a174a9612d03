import LinearModels

/// The points of a spec in the contract's order, by index, without storing them.
///
/// The grids of an array come in turn, in each the solvers, in each the axes nested as in `Axis`,
/// the last one fastest. An axis that a solver does not use makes one point. A point that an
/// `exclude` matches is left out; one that came before is dropped, and counted.
///
/// Without excludes and overlaps an index is decoded by division; else there is a table of the
/// points that are left, 8 bytes each.
/// - Complexity: building O(values of the axes), or O(points) with a table; subscript O(axes).
package struct Grid: RandomAccessCollection, Sendable {
  package let count: Int
  /// Points that occurred before, after collapsing.
  package let duplicateCount: Int
  package let excludedCount: Int
  private let blocks: [GridBlock]
  /// For each point its index in the blocks laid end to end; `nil` when that is the point's own.
  private let table: [Int]?

  /// - Throws: `tooManyPoints` when there are more points than the limits allow jobs, before
  ///   anything is allocated for them; `noPoints` when all are excluded.
  package init(_ spec: SweepSpec) throws(GridSizeError) {
    let grids = spec.grids
    let limits = spec.limits
    var blocks: [GridBlock] = []
    var duplicates = 0
    var total = 0
    for grid in grids {
      var seen: Set<Solver> = []
      for solver in grid.solvers {
        let block = GridBlock(grid, solver: solver, start: total)
        let isNew = seen.insert(solver).inserted
        let written = block.writtenCount
        let bound = total.addingReportingOverflow(isNew ? block.count : 0)
        let sum = duplicates.addingReportingOverflow(written - (isNew ? block.count : 0))
        let walkable =
          block.excludes.isEmpty ? limits.maxJobs : Swift.max(limits.maxJobs, Self.largestWalk)
        guard block.isCountable, !bound.overflow, !sum.overflow, bound.partialValue <= walkable
        else { throw GridSizeError(.tooManyPoints, in: spec) }
        duplicates = sum.partialValue
        total = bound.partialValue
        if isNew { blocks.append(block) }
      }
    }
    self.blocks = blocks
    guard blocks.contains(where: { !$0.excludes.isEmpty }) || Self.overlap(blocks) else {
      guard total <= limits.maxJobs else { throw GridSizeError(.tooManyPoints, in: spec) }
      (count, duplicateCount, excludedCount, table) = (total, duplicates, 0, nil)
      return
    }
    var excluded = 0
    var kept: [Int] = []
    for (number, block) in blocks.enumerated() {
      let earlier = blocks[..<number].filter { $0.overlaps(block) }
      let shadows = earlier.map { block.shadow(of: $0) }
      block.forEachIndex { indices, offset in
        if block.excludes.contains(where: { $0.matches(indices) }) {
          excluded += 1
        } else if shadows.contains(where: { $0.covers(indices) }) {
          duplicates += 1
        } else if kept.count <= limits.maxJobs {
          kept.append(block.start + offset)
        }
      }
    }
    guard kept.count <= limits.maxJobs else { throw GridSizeError(.tooManyPoints, in: spec) }
    if kept.isEmpty { throw GridSizeError(.noPoints, in: spec) }
    (count, duplicateCount, excludedCount, table) = (kept.count, duplicates, excluded, kept)
  }

  /// With excludes a grid may have this many points before they are taken out.
  private static let largestWalk = 20_000_000

  private static func overlap(_ blocks: [GridBlock]) -> Bool {
    blocks.indices.contains { i in blocks[..<i].contains { $0.overlaps(blocks[i]) } }
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { count }

  package subscript(index: Int) -> Point {
    precondition(index >= 0 && index < count, "no such point")
    let raw = table?[index] ?? index
    // The last block that starts at or before the index.
    var low = 0
    var high = blocks.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if blocks[middle].start <= raw { low = middle } else { high = middle - 1 }
    }
    return blocks[low].point(at: raw - blocks[low].start)
  }

  /// Holds points × folds × repeats against `limits.max_jobs`, and returns the number of jobs.
  package func jobCount(
    foldCount: Int, repeats: Int, of spec: SweepSpec
  ) throws(GridSizeError) -> Int {
    let perPoint = foldCount.multipliedReportingOverflow(by: repeats)
    let jobs = count.multipliedReportingOverflow(by: perPoint.partialValue)
    guard !perPoint.overflow, !jobs.overflow, jobs.partialValue <= spec.limits.maxJobs else {
      throw GridSizeError(
        .tooManyJobs(points: count, foldCount: foldCount, repeats: repeats), in: spec)
    }
    return jobs.partialValue
  }
}

extension Grid {
  /// The axes on which not all points agree.
  var varyingAxes: [Axis] {
    guard let first else { return [] }
    var same = Axis.allCases
    for point in dropFirst() where !same.isEmpty {
      same.removeAll { !point.agrees(with: first, on: $0) }
    }
    return Axis.allCases.filter { !same.contains($0) }
  }
}
