/// Where the values end that each solver of a grid was tried with.
package struct GridEdges: Sendable {
  /// By solver, then by the axis's place.
  private var extents: [AxisValue?: [AxisExtent]] = [:]

  /// - Complexity: O(points × axes)
  package init(_ grid: Grid) {
    let axisCount = Axis.allCases.count
    // Neighbours share a solver, so it is looked up where it changes.
    var current: AxisValue?
    var own = Array(repeating: AxisExtent(), count: axisCount)
    for point in grid {
      let solver = point[.solver]
      if solver != current {
        extents[current] = own
        current = solver
        own = extents[solver] ?? Array(repeating: AxisExtent(), count: axisCount)
      }
      for place in 0..<axisCount {
        if let value = point.number(at: place) { own[place].add(value) }
      }
    }
    extents[current] = own
  }

  /// The axes on which a point has the smallest or the largest of three or more values (λ and the
  /// radius: of two or more) that its solver was tried with: the optimum may lie beyond. No rule chooses
  /// among training sizes, so that axis has no edge.
  package func axes(of point: Point) -> [Axis] {
    guard let extents = extents[point[.solver]] else { return [] }
    return Axis.allCases.filter { axis in
      guard axis != .trainSize, let value = point.number(on: axis) else { return false }
      let extent = extents[axis.place]
      let hasEnough = axis == .lambda || axis == .radius ? extent.isRange : extent.hasInner
      return hasEnough && (value == extent.low || value == extent.high)
    }
  }
}

/// The smallest and the largest value of an axis, and whether there is one between.
private struct AxisExtent {
  private(set) var low = Double.infinity
  private(set) var high = -Double.infinity
  private(set) var hasInner = false

  var isRange: Bool { low < high }

  mutating func add(_ value: Double) {
    if isRange, value != low, value != high { hasInner = true }
    low = min(low, value)
    high = max(high, value)
  }
}
