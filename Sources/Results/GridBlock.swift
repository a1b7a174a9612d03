/// The points of one solver in one grid object: a box of axis values, and what is taken out of it.
struct GridBlock: Sendable {
  let box: GridBox
  /// The index of the first point in all blocks laid end to end.
  let start: Int
  /// The points as written, repeated values included; `nil` when an integer does not count them.
  let writtenCount: Int?
  let excludes: [BoxMatch]

  /// - Parameter uses: whether an axis has values in this block; otherwise it is a hole.
  init(_ grid: GridSpec, start: Int, first: AxisValue, uses: (_ place: Int) -> Bool) {
    let values = (0..<grid.axisCount).map { place in
      if place == 0 { return [AxisValue?.some(first)] }
      return uses(place) ? grid.distinctValues(at: place) : [nil]
    }
    let box = GridBox(values)
    self.box = box
    self.start = start
    writtenCount = product(
      (0..<grid.axisCount).map { place in
        place == 0 || !uses(place) ? 1 : grid.size(at: place)
      })
    excludes = grid.exclude.compactMap { BoxMatch($0, in: box) }
  }

  /// How many points are in the box, or `nil` when an integer does not count them.
  var count: Int? { box.count }

  func overlaps(_ other: GridBlock) -> Bool { box.overlaps(other.box) }
}

/// The points of a box that an exclude names.
struct BoxMatch: Sendable {
  /// The index that is wanted on some of the axes.
  private var wanted: [(place: Int, index: Int)] = []

  /// `nil` when no point of the box is meant.
  init?(_ partial: Point, in box: GridBox) {
    for (place, values) in box.values.enumerated() {
      guard let value = partial.value(at: place) else { continue }
      guard let index = values.firstIndex(of: value) else { return nil }
      wanted.append((place, index))
    }
  }

  func matches(_ index: (_ place: Int) -> Int) -> Bool {
    wanted.allSatisfy { index($0.place) == $0.index }
  }
}

/// The part of a block that an earlier one has as well.
struct BlockShadow {
  /// For each axis and each index on it, the index of the same value in the earlier box, or −1.
  private let positions: [[Int]]
  private let excludes: [BoxMatch]

  init(of earlier: GridBlock, on block: GridBlock) {
    positions = zip(block.box.values, earlier.box.values).map { values, earlier in
      let index = Dictionary(
        zip(earlier, earlier.indices), uniquingKeysWith: { first, _ in first })
      return values.map { index[$0] ?? -1 }
    }
    excludes = earlier.excludes
  }

  /// Whether the earlier block has the point and does not exclude it.
  func covers(_ indices: [Int]) -> Bool {
    for (place, index) in indices.enumerated() where positions[place][index] < 0 { return false }
    return !excludes.contains { $0.matches { positions[$0][indices[$0]] } }
  }
}
