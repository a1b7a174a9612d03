/// One grid object: the values of each axis as written, after `logspace` and the like are expanded.
package struct GridSpec: Hashable, Sendable {
  /// By the axis's place; empty where nothing is written and nothing is the default.
  private var values: [[AxisValue]]
  package var exclude: [Point]

  package init(
    _ values: KeyValuePairs<Axis, [AxisValue]> = [:], axisCount: Int = Axis.allCases.count,
    exclude: [Point] = []
  ) {
    self.values = Array(repeating: [], count: axisCount)
    self.exclude = exclude
    for (axis, list) in values { self[axis] = list }
  }

  package var axisCount: Int { values.count }

  package subscript(axis: Axis) -> [AxisValue] {
    get { values[axis.place] }
    set { values[axis.place] = newValue }
  }

  /// The values of an axis, as written.
  func values(at place: Int) -> [AxisValue] { values[place] }

  /// How many values an axis has, as written; an axis without any makes one point.
  func size(at place: Int) -> Int { max(1, values[place].count) }

  /// The values of an axis, each once, or one hole where there are none.
  func distinctValues(at place: Int) -> [AxisValue?] {
    let values = values[place]
    if values.isEmpty { return [nil] }
    if values.isIncreasing { return values }
    var seen = Set<AxisValue>(minimumCapacity: values.count)
    var distinct: [AxisValue?] = []
    distinct.reserveCapacity(values.count)
    for value in values where seen.insert(value).inserted { distinct.append(value) }
    return distinct
  }
}

extension [AxisValue] {
  /// Whether each value is a number above the one before, as spaced values are: none comes twice.
  fileprivate var isIncreasing: Bool {
    var last = -Double.infinity
    for value in self {
      guard case .number(let number) = value, number > last else { return false }
      last = number
    }
    return true
  }
}
