package import Tables

/// The hyperparameters of a point: a value or a hole for every axis.
///
/// It is what makes it the same point in another run, what an `exclude` names some axes of, and what
/// the points of a picture's line share.
package struct Point: Sendable {
  /// A point of a grid is a place in its box, so that a million of them take no memory.
  private enum Storage: Sendable {
    case own([AxisValue?])
    case inBox(GridBox, offset: Int)
  }
  private var storage: Storage

  package init(_ pairs: KeyValuePairs<Axis, AxisValue> = [:]) {
    storage = .own([])
    for (axis, value) in pairs { self[axis] = value }
  }

  init(in box: GridBox, offset: Int) {
    storage = .inBox(box, offset: offset)
  }

  package subscript(axis: Axis) -> AxisValue? {
    get { value(at: axis.place) }
    set {
      var values = (0..<max(axis.place + 1, count)).map { value(at: $0) }
      values[axis.place] = newValue
      storage = .own(values)
    }
  }

  /// The number on an axis, or `nil` where there is none.
  package func number(on axis: Axis) -> Double? { number(at: axis.place) }

  /// The value on an axis as its cell in a table.
  package func cell(of axis: Axis) -> String { self[axis]?.text ?? "" }

  /// What the point has on each of the first axes, in their order.
  package func forEachValue(ofFirst axisCount: Int, _ body: (AxisValue?) -> Void) {
    for place in 0..<axisCount { body(value(at: place)) }
  }

  /// The axes that have a value, as JSON.
  package var json: JSONValue {
    .object(
      Axis.allCases.compactMap { axis in self[axis].map { .init(axis.rawValue, $0.json) } })
  }

  /// The same without one axis: what the points of one curve share.
  package func without(_ axis: Axis) -> Point {
    var copy = self
    copy[axis] = nil
    return copy
  }

  /// `sgd, batch 32, η 0.01, λ 0.1`
  package var text: String { text(of: Axis.allCases) }

  /// - Parameter isRounded: four digits, for a sentence; otherwise the value as it was written.
  package func text(of axes: [Axis], isRounded: Bool = false) -> String {
    axes.compactMap { axis in
      guard let value = self[axis] else { return nil }
      let number = isRounded ? value.number.map { readable($0) } : nil
      let text = number ?? excerpt(value.text)
      return axis == .solver ? text : "\(axis.symbol) \(text)"
    }.joined(separator: ", ")
  }

  /// How many axes may have a value; further ones are holes.
  private var count: Int {
    switch storage {
    case .own(let values): values.count
    case .inBox(let box, _): box.values.count
    }
  }

  func number(at place: Int) -> Double? {
    switch storage {
    case .own(let values): place < values.count ? values[place]?.number : nil
    case .inBox(let box, let offset): box.number(at: place, offset: offset)
    }
  }

  func value(at place: Int) -> AxisValue? {
    switch storage {
    case .own(let values): place < values.count ? values[place] : nil
    case .inBox(let box, let offset): box.value(at: place, offset: offset)
    }
  }
}

/// Points are equal when they agree on every axis, wherever they are kept.
extension Point: Hashable {
  package static func == (left: Point, right: Point) -> Bool {
    (0..<max(left.count, right.count)).allSatisfy { left.value(at: $0) == right.value(at: $0) }
  }

  package func hash(into hasher: inout Hasher) {
    for place in 0..<count {
      guard let value = value(at: place) else { continue }
      hasher.combine(place)
      hasher.combine(value)
    }
  }
}
