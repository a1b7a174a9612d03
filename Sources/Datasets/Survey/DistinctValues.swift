/// The different values of a column with how often each occurs, as long as they are few.
///
/// Once there are more than `limit` nothing but that is known, so that memory stays bounded.
package struct DistinctValues<Value: Hashable & Sendable>: Sendable {
  private let limit: Int
  private var counts: [Value: Int] = [:]
  /// In order of first use.
  private var order: [Value] = []
  private(set) var isOverfull = false

  init(limit: Int) { self.limit = limit }

  /// How many there are, or `nil` when there are too many.
  package var count: Int? { isOverfull ? nil : order.count }

  /// The values in order of first use, with their numbers; none when there are too many.
  package var all: [(value: Value, count: Int)] {
    order.map { (value: $0, count: counts[$0] ?? 0) }
  }

  package func count(of value: Value) -> Int { counts[value] ?? 0 }

  mutating func add(_ value: Value, times: Int = 1) {
    guard !isOverfull else { return }
    if counts[value] != nil {
      counts[value]! += times
    } else if order.count < limit {
      counts[value] = times
      order.append(value)
    } else {
      giveUp()
    }
  }

  mutating func add(_ next: Self) {
    if next.isOverfull { giveUp() }
    for value in next.order { add(value, times: next.counts[value] ?? 0) }
  }

  mutating func giveUp() {
    isOverfull = true
    counts = [:]
    order = []
  }
}
