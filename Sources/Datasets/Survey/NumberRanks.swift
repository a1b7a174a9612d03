/// The smallest and the largest numbers of a column, two each: a mark for a missing value, such as
/// -999, stands far from all others.
package struct NumberRanks: Sendable {
  /// The number at one end of the column.
  package struct End: Sendable {
    package private(set) var value: Double
    /// How many cells hold it.
    package private(set) var count: Int
    /// The next different number, if there is one.
    package private(set) var next: Double?

    fileprivate init(value: Double, count: Int) {
      self.value = value
      self.count = count
    }

    fileprivate mutating func add(
      _ number: Double, times: Int, isBeyond: (Double, Double) -> Bool
    ) {
      if number == value {
        count += times
      } else if isBeyond(number, value) {
        (value, count, next) = (number, times, value)
      } else if next.map({ isBeyond(number, $0) }) ?? true {
        next = number
      }
    }

    fileprivate mutating func add(_ other: End, isBeyond: (Double, Double) -> Bool) {
      add(other.value, times: other.count, isBeyond: isBeyond)
      if let next = other.next { add(next, times: 0, isBeyond: isBeyond) }
    }
  }
  package private(set) var smallest: End?
  package private(set) var largest: End?
  package private(set) var isWhole = true

  mutating func add(_ number: Double) {
    if isWhole, number != number.rounded() { isWhole = false }
    add(number, times: 1)
  }

  private mutating func add(_ number: Double, times: Int) {
    let end = End(value: number, count: times)
    if smallest?.add(end, isBeyond: <) == nil { smallest = end }
    if largest?.add(end, isBeyond: >) == nil { largest = end }
  }

  mutating func add(_ other: Self) {
    isWhole = isWhole && other.isWhole
    if let end = other.smallest, smallest?.add(end, isBeyond: <) == nil { smallest = end }
    if let end = other.largest, largest?.add(end, isBeyond: >) == nil { largest = end }
  }
}
