/// A box of axis values, the last axis fastest: what the points in it share.
///
/// A class, so that a point is a reference and a number.
final class GridBox: Sendable {
  /// By the axis's place, each value once; a hole where the axis is not used.
  let values: [[AxisValue?]]
  /// The numbers among them, `nan` elsewhere: read for every job, without a look at the words.
  private let numbers: [[Double]]
  /// How far apart neighbours on an axis are.
  private let strides: [Int]
  /// `nil` when there are more points than an integer counts.
  let count: Int?

  init(_ values: [[AxisValue?]]) {
    precondition(values.allSatisfy { !$0.isEmpty }, "an axis has at least one value or a hole")
    self.values = values
    numbers = values.map { $0.map { $0?.number ?? .nan } }
    count = product(values.map(\.count))
    var strides = [Int](repeating: 1, count: values.count)
    if count != nil {
      for place in values.indices.dropLast().reversed() {
        strides[place] = strides[place + 1] * values[place + 1].count
      }
    }
    self.strides = strides
  }

  /// The value of a point on an axis; a place beyond the last axis is a hole.
  func value(at place: Int, offset: Int) -> AxisValue? {
    place < values.count ? values[place][index(at: place, offset: offset)] : nil
  }

  /// The number of a point on an axis, `nil` where there is none.
  func number(at place: Int, offset: Int) -> Double? {
    guard place < numbers.count else { return nil }
    let number = numbers[place][index(at: place, offset: offset)]
    return number.isNaN ? nil : number
  }

  private func index(at place: Int, offset: Int) -> Int {
    let count = numbers[place].count
    return count == 1 ? 0 : offset / strides[place] % count
  }

  /// Calls with the index on every axis and the offset of every point, in order.
  func forEachIndex(_ body: ([Int], Int) -> Void) {
    var indices = [Int](repeating: 0, count: values.count)
    for offset in 0..<(count ?? 0) {
      body(indices, offset)
      for place in values.indices.reversed() {
        indices[place] += 1
        if indices[place] < values[place].count { break }
        indices[place] = 0
      }
    }
  }

  /// Whether some point is in both boxes.
  func overlaps(_ other: GridBox) -> Bool {
    zip(values, other.values).allSatisfy { !Set($0).isDisjoint(with: $1) }
  }
}

/// The product, or `nil` when it overflows.
package func product(_ factors: [Int]) -> Int? {
  var product = 1
  for factor in factors {
    let (next, overflow) = product.multipliedReportingOverflow(by: factor)
    if overflow { return nil }
    product = next
  }
  return product
}
