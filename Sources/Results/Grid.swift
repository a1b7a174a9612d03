/// The points of a sweep in their order, by index, without storing them.
///
/// The grids of an array come in turn, in each the values of the first axis (the solvers), in each the
/// other axes nested, the last one fastest. An axis that a solver does not use makes one point.
/// A point that an `exclude` matches is left out; one that came before is dropped, and counted.
///
/// Without excludes and overlaps an index is decoded by division; else there is a table of the
/// points that are left, 8 bytes each.
/// - Complexity: building O(values of the axes), or O(points) with a table; subscript O(1).
package struct Grid: RandomAccessCollection, Sendable {
  package let count: Int
  /// Points that occurred before, after collapsing.
  package let duplicateCount: Int
  package let excludedCount: Int
  private let blocks: [GridBlock]
  /// For each point its index in the blocks laid end to end; `nil` when that is the point's own.
  private let table: [Int]?

  /// Why there is no grid.
  package enum Fault: Error, Hashable {
    /// Every point is excluded.
    case noPoints
    /// More points than may be counted one by one.
    case tooManyPoints
  }

  /// - Parameters:
  ///   - mostPoints: how many points there may be.
  ///   - uses: whether a solver uses an axis; where it does not, the axis collapses.
  /// - Throws: `tooManyPoints` before anything is allocated for them; `noPoints` when all are
  ///   excluded.
  package init(
    _ grids: [GridSpec], mostPoints: Int, uses: (_ solver: AxisValue, _ place: Int) -> Bool
  ) throws(Fault) {
    var blocks: [GridBlock] = []
    var duplicates = 0
    var total = 0
    for grid in grids {
      var seen: Set<AxisValue> = []
      for solver in grid.values(at: 0) {
        let block = GridBlock(grid, start: total, first: solver) { uses(solver, $0) }
        guard let size = block.count, let written = block.writtenCount else { throw .tooManyPoints }
        let isNew = seen.insert(solver).inserted
        let bound = total.addingReportingOverflow(isNew ? size : 0)
        let sum = duplicates.addingReportingOverflow(written - (isNew ? size : 0))
        let walkable =
          block.excludes.isEmpty ? mostPoints : Swift.max(mostPoints, Self.largestWalk)
        guard !bound.overflow, !sum.overflow, bound.partialValue <= walkable
        else { throw .tooManyPoints }
        duplicates = sum.partialValue
        total = bound.partialValue
        if isNew { blocks.append(block) }
      }
    }
    self.blocks = blocks
    guard blocks.contains(where: { !$0.excludes.isEmpty }) || Self.overlap(blocks) else {
      guard total <= mostPoints else { throw .tooManyPoints }
      (count, duplicateCount, excludedCount, table) = (total, duplicates, 0, nil)
      return
    }
    var excluded = 0
    var kept: [Int] = []
    for (number, block) in blocks.enumerated() {
      let shadows = blocks[..<number].filter { $0.overlaps(block) }
        .map { BlockShadow(of: $0, on: block) }
      block.box.forEachIndex { indices, offset in
        if block.excludes.contains(where: { $0.matches { indices[$0] } }) {
          excluded += 1
        } else if shadows.contains(where: { $0.covers(indices) }) {
          duplicates += 1
        } else if kept.count <= mostPoints {
          kept.append(block.start + offset)
        }
      }
    }
    guard kept.count <= mostPoints else { throw .tooManyPoints }
    if kept.isEmpty { throw .noPoints }
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
    return Point(in: blocks[low].box, offset: raw - blocks[low].start)
  }
}

extension Grid {
  /// The axes on which not all points agree.
  package var varyingAxes: [Axis] {
    guard let first else { return [] }
    var same = Axis.allCases
    for point in dropFirst() where !same.isEmpty {
      same.removeAll { point[$0] != first[$0] }
    }
    return Axis.allCases.filter { !same.contains($0) }
  }
}
