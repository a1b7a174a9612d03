import LinearModels

/// A grid with more jobs than `limits.max_jobs` allows.
package struct GridSizeError: Error, Hashable, Sendable, CustomStringConvertible {
  package let limit: Int
  /// For each grid its axes with more than one value, and how many.
  package let axisSizes: [[String]]
  /// What was counted, or `nil` when the points alone are too many to count.
  package let points: Int?
  package let foldCount: Int
  package let repeats: Int

  init(
    _ grids: [GridSpec], limit: Int, points: Int? = nil, foldCount: Int = 1, repeats: Int = 1
  ) {
    self.limit = limit
    self.points = points
    self.foldCount = foldCount
    self.repeats = repeats
    axisSizes = grids.map { grid in
      Axis.allCases.compactMap { axis in
        let size = grid.size(of: axis)
        let isUsed = grid.solvers.contains { $0.uses(axis) }
        return size > 1 && isUsed ? "\(axis.rawValue) \(size)" : nil
      }
    }
  }

  package var description: String {
    let found =
      if let points {
        "\(points) points × \(foldCount) folds × \(repeats) repeats = "
          + (product([points, foldCount, repeats]).map(String.init) ?? "too many") + " jobs"
      } else {
        "more points than jobs are allowed"
      }
    let sizes = axisSizes.prefix(4).map { $0.isEmpty ? "one point" : $0.joined(separator: " × ") }
    let axes = sizes.joined(separator: " and ") + (axisSizes.count > 4 ? " and more" : "")
    let needed = points.flatMap { product([$0, foldCount, repeats]) }.map(String.init) ?? "N"
    return
      "grid: found \(found) (\(axes)), limits.max_jobs allows \(limit); make an axis shorter or "
      + "raise the limit with --set limits.max_jobs=\(needed)"
  }
}
