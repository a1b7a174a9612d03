import Tables

/// How the values of a column follow each other down the file; missing cells are passed over.
package struct CellOrder: Sendable {
  enum Value: Hashable, Sendable {
    case number(Double)
    case text(ExactText)
  }
  private var first: Value?
  private var last: Value?
  /// Stretches of equal values.
  package private(set) var runCount = 0
  /// Whether each value is a number that is one more than the one before.
  package private(set) var countsUp = true
  /// Whether no value is below the one before; texts are not compared with numbers.
  package private(set) var isSorted = true
  /// Whether neighbours are whole numbers that are equal or one apart, upwards.
  package private(set) var isStepwise = true

  /// The number that the column begins with.
  package var firstNumber: Double? {
    if case .number(let number) = first { number } else { nil }
  }

  mutating func add(_ value: Value) {
    if let last { step(from: last, to: value) }
    if first == nil { (first, runCount) = (value, 1) }
    last = value
  }

  private mutating func step(from last: Value, to value: Value) {
    if value != last { runCount += 1 }
    switch (last, value) {
    case (.number(let before), .number(let after)):
      if after != before + 1 { countsUp = false }
      if after < before { isSorted = false }
      if after != before, after != before + 1 { isStepwise = false }
    case (.text(let before), .text(let after)):
      (countsUp, isStepwise) = (false, false)
      if isSorted, after < before { isSorted = false }
    default: (countsUp, isSorted, isStepwise) = (false, false, false)
    }
  }

  mutating func add(_ next: Self) {
    guard let start = next.first else { return }
    guard let last else {
      self = next
      return
    }
    runCount += next.runCount - 1
    countsUp = countsUp && next.countsUp
    isSorted = isSorted && next.isSorted
    isStepwise = isStepwise && next.isStepwise
    step(from: last, to: start)
    self.last = next.last
  }
}
