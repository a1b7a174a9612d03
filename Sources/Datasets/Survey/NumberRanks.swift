/// The smallest and the largest numbers of a column, two each: a mark for a missing value, such as
/// -999, stands far from all others.
package struct NumberRanks: Sendable {
  /// The number at one end of the column.
  package struct End: Sendable {
    package private(set) var value: Double
    /// As a cell holds it.
    package private(set) var text: String
    /// How many cells hold it.
    package private(set) var count: Int
    /// The next different number, if there is one.
    package private(set) var next: Double?

    fileprivate init(value: Double, text: String) {
      (self.value, self.text, count) = (value, text, 1)
    }

    fileprivate mutating func add(
      _ number: Double, times: Int, isBeyond: (Double, Double) -> Bool, text: () -> String
    ) {
      if number == value {
        count += times
      } else if isBeyond(number, value) {
        (next, value, count) = (value, number, times)
        self.text = text()
      } else if next.map({ isBeyond(number, $0) }) ?? true {
        next = number
      }
    }

    fileprivate mutating func add(_ other: End, isBeyond: (Double, Double) -> Bool) {
      add(other.value, times: other.count, isBeyond: isBeyond) { other.text }
      if let next = other.next { add(next, times: 0, isBeyond: isBeyond) { "" } }
    }
  }
  package private(set) var smallest: End?
  package private(set) var largest: End?
  package private(set) var isWhole = true

  /// - Parameter text: the cell, asked for only where it is at an end.
  mutating func add(_ number: Double, text: () -> String) {
    if isWhole, number != number.rounded() { isWhole = false }
    if smallest?.add(number, times: 1, isBeyond: <, text: text) == nil {
      smallest = End(value: number, text: text())
    }
    if largest?.add(number, times: 1, isBeyond: >, text: text) == nil {
      largest = End(value: number, text: text())
    }
  }

  mutating func add(_ other: Self) {
    isWhole = isWhole && other.isWhole
    if let end = other.smallest, smallest?.add(end, isBeyond: <) == nil { smallest = end }
    if let end = other.largest, largest?.add(end, isBeyond: >) == nil { largest = end }
  }
}
