extension SweepResults {
  /// The axes on which a point has the smallest or the largest of three or more values (λ and the
  /// radius: of two or more) that its solver was tried with: the optimum may lie beyond. No rule chooses
  /// among training sizes, so that axis has no edge.
  func edgeAxes(of index: Int) -> [Axis] {
    let point = plan.grid[index]
    let axes = Axis.allCases.filter { $0 != .trainSize && point.number(on: $0) != nil }
    var extents = axes.map { _ in AxisExtent() }
    for index in 0..<plan.grid.count {
      let peer = plan.grid[index]
      guard peer.solver == point.solver else { continue }
      for (place, axis) in axes.enumerated() {
        if let value = peer.number(on: axis) { extents[place].add(value) }
      }
    }
    return zip(axes, extents).filter { axis, extent in
      let hasEnough = axis == .lambda || axis == .radius ? extent.isRange : extent.hasInner
      return hasEnough
        && (point.number(on: axis) == extent.low || point.number(on: axis) == extent.high)
    }.map { $0.0 }
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
