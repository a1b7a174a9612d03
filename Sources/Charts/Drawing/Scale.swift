package import Tables

/// A place on an axis that gets a number.
package struct Tick: Hashable {
  package var value: Double
  /// `nil` for a minor tick.
  package var label: NumberLabel?
}

/// Values to pixels along one axis.
///
/// On a logarithmic scale, zero has a place of its own: `zeroPosition`, left of a break.
package struct Scale {
  package enum Kind { case linear, logarithmic }

  let kind: Kind
  let low: Double
  let high: Double
  let start: Double
  let end: Double
  let zeroPosition: Double?

  package init(
    _ kind: Kind, from low: Double, to high: Double, pixels start: Double, _ end: Double,
    zeroPosition: Double? = nil
  ) {
    self.kind = kind
    let (low, high) = Self.widened(kind, low, high)
    let largest = Double.greatestFiniteMagnitude
    let isUsable = low < high && (kind == .linear || low > 0)
    self.low = isUsable ? max(-largest, low) : kind == .linear ? 0 : 1
    self.high = isUsable ? min(largest, high) : kind == .linear ? 1 : 10
    self.start = start
    self.end = end
    self.zeroPosition = zeroPosition
  }

  /// Where a value stands; values outside the domain stand outside the pixels. Always finite.
  package func position(_ value: Double) -> Double {
    if kind == .logarithmic && value <= 0 { return zeroPosition ?? start }
    let fraction = distance(low, value) / distance(low, high)
    let position = start + fraction * (end - start)
    return position.isNaN ? start : max(-1e12, min(1e12, position))
  }

  /// From one value to another in the scale's own measure, also where their difference or their
  /// ratio is beyond the largest number.
  private func distance(_ from: Double, _ to: Double) -> Double {
    switch kind {
    case .linear:
      return (high - low).isFinite ? to - from : to / 4 - from / 4
    case .logarithmic:
      let ratio = to / from
      return ratio.isNormal ? decades(ratio) : decades(to) - decades(from)
    }
  }

  package func contains(_ value: Double) -> Bool {
    if kind == .logarithmic && value == 0 { return zeroPosition != nil }
    return value >= low && value <= high
  }

  /// Ticks at round numbers, at most about `count` of them with labels.
  package func ticks(count: Int, wholeNumbers: Bool = false) -> [Tick] {
    switch kind {
    case .linear: linearTicks(count: count, wholeNumbers: wholeNumbers)
    case .logarithmic: logarithmicTicks(count: count)
    }
  }

  /// A single value gets room on both sides.
  private static func widened(_ kind: Kind, _ low: Double, _ high: Double) -> (Double, Double) {
    if low < high { return (low, high) }
    switch kind {
    case .linear:
      let room = low == 0 ? 1 : abs(low) / 2
      return (low - room, low + room)
    case .logarithmic: return (low / 3, low * 3)
    }
  }

  private func linearTicks(count: Int, wholeNumbers: Bool) -> [Tick] {
    let span = min(high - low, .greatestFiniteMagnitude)
    // Below the smallest numbers there is nothing to divide by.
    var exponent = max(-320, Int(decades(span / Double(max(1, count))).rounded(.down)))
    var step = 1
    search: while true {
      for candidate in [1, 2, 5] {
        step = candidate
        if span / Decimal(candidate, exponent: exponent).value <= Double(count) { break search }
      }
      exponent += 1
    }
    if wholeNumbers && exponent < 0 { (step, exponent) = (1, 0) }
    let width = Double(step) * powerOfTen(exponent)
    guard width > 0, abs(low / width) < 1e18, abs(high / width) < 1e18 else { return [] }
    let first = Int((low / width - 1e-9).rounded(.up))
    let last = Int((high / width + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    return (first...last).map { multiple in
      let number = Decimal(multiple * step, exponent: exponent)
      return Tick(value: number.value, label: number.label)
    }
  }

  private func logarithmicTicks(count: Int) -> [Tick] {
    let lowest = Int((decades(low) - 1e-9).rounded(.up))
    let highest = Int((decades(high) + 1e-9).rounded(.down))
    let powers = highest - lowest + 1
    if powers >= 3 {
      let step = [1, 2, 3, 5, 10, 20, 50, 100].first { (powers + $0 - 1) / $0 <= count } ?? 100
      return (lowest...highest).map { exponent in
        let isLabelled = exponent % step == 0
        return Tick(value: powerOfTen(exponent), label: isLabelled ? Self.power(exponent) : nil)
      }
    }
    var ticks: [Tick] = []
    for exponent in (lowest - 1)...(highest + 1) {
      for digit in 1...9 {
        let number = Decimal(digit, exponent: exponent)
        guard number.value >= low * (1 - 1e-9), number.value <= high * (1 + 1e-9) else { continue }
        let isRound = digit == 1 || digit == 2 || digit == 5
        ticks.append(Tick(value: number.value, label: isRound ? number.label : nil))
      }
    }
    if ticks.count(where: { $0.label != nil }) >= 2 { return ticks }
    return linearTicks(count: count, wholeNumbers: false)
  }

  private static func power(_ exponent: Int) -> NumberLabel {
    exponent == 0 ? NumberLabel("1") : NumberLabel("10", exponent: exponent)
  }
}
