/// A line with no more points than a screen can show, and the same look.
///
/// Of the neighbours that fall on one stretch of `step` pixels the first, the lowest, the highest and
/// the last are kept, in their order (the M4 aggregation of Jugel and others, VLDB 2014). Lines of
/// fewer than `most` points are left as they are.
/// - Complexity: O(points).
func thinned(
  _ points: [(x: Double, y: Double)], step: Double = 2, most: Int = 1500
) -> [(x: Double, y: Double)] {
  if points.count < most { return points }
  var kept: [(x: Double, y: Double)] = []
  var start = 0
  while start < points.count {
    let column = (points[start].x / step).rounded(.down)
    var end = start
    var (low, high) = (start, start)
    while end < points.count, (points[end].x / step).rounded(.down) == column {
      if points[end].y < points[low].y { low = end }
      if points[end].y > points[high].y { high = end }
      end += 1
    }
    for index in Set([start, low, high, end - 1]).sorted() { kept.append(points[index]) }
    start = end
  }
  return kept
}

/// Lets one mark of a kind through for each few pixels, where there are very many marks.
struct MarkThinning {
  private let isActive: Bool
  private let step: Double
  private var seen: Set<Place> = []

  private struct Place: Hashable {
    let kind: String
    let x: Double
    let y: Double
  }

  /// - Parameter count: how many marks there may be; few are all drawn.
  init(count: Int, step: Double = 3) {
    isActive = count > 500
    self.step = step
  }

  mutating func takes(_ kind: String, _ x: Double, _ y: Double = 0) -> Bool {
    !isActive
      || seen.insert(
        Place(kind: kind, x: (x / step).rounded(.down), y: (y / step).rounded(.down))
      ).inserted
  }
}
