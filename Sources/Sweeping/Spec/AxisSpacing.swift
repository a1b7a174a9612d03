import Platform

/// Evenly spaced values of an axis, rounded to 12 significant digits so that they read well and
/// are the same on every machine, whatever the last bit of its `pow`. The ends are exact.
enum AxisSpacing {
  /// `lo·(hi/lo)^(i/(count−1))`; one value is `lo`. The bounds are positive.
  static func logarithmic(from low: Double, to high: Double, count: Int) -> [Double] {
    values(from: low, to: high, count: count) { fraction in
      let ratio = high / low
      // Bounds further apart than a double can tell as a ratio.
      guard ratio.isNormal else { return power(low, 1 - fraction) * power(high, fraction) }
      return low * power(ratio, fraction)
    }
  }

  /// `lo + (hi − lo)·i/(count−1)`; one value is `lo`.
  static func linear(from low: Double, to high: Double, count: Int) -> [Double] {
    values(from: low, to: high, count: count) { low * (1 - $0) + high * $0 }
  }

  /// How many values `lo, lo + step, …` has up to and with `hi`, as a double since it may be huge.
  /// A `hi` within a billionth of a step of the grid belongs to it.
  static func stepCount(from low: Double, to high: Double, step: Double) -> Double {
    (high / step - low / step + 1e-9).rounded(.down) + 1
  }

  /// `lo + i·step`, with `hi` itself when it falls on the grid.
  static func stepped(from low: Double, to high: Double, step: Double) -> [Double] {
    let count = Int(stepCount(from: low, to: high, step: step))
    return (0..<count).map { i in
      let value = low + Double(i) * step
      if i == 0 { return low }
      return (value - high).magnitude <= step.magnitude * 1e-9 ? high : rounded(value)
    }
  }

  private static func values(
    from low: Double, to high: Double, count: Int, _ value: (Double) -> Double
  ) -> [Double] {
    (0..<count).map { i in
      if i == 0 { return low }
      if i == count - 1 { return high }
      return rounded(value(Double(i) / Double(count - 1)))
    }
  }

  /// The value rounded to 12 significant digits, half away from zero.
  ///
  /// What is rounded is the shortest decimal that reads back as the value, so 0.1234567890125 goes
  /// up although its double lies a little below the middle.
  static func rounded(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return value }
    var digits: [UInt8] = []
    var exponent = 0
    var afterPoint = 0
    var sawPoint = false
    let text = value.magnitude.description.utf8
    for byte in text {
      if byte == UInt8(ascii: "e") { break }
      if byte == UInt8(ascii: ".") {
        sawPoint = true
        continue
      }
      if sawPoint { afterPoint += 1 }
      if !digits.isEmpty || byte != UInt8(ascii: "0") { digits.append(byte - UInt8(ascii: "0")) }
    }
    if let mark = text.firstIndex(of: UInt8(ascii: "e")) {
      exponent = Int(String(text[text.index(after: mark)...]) ?? "") ?? 0
    }
    guard digits.count > significantDigits else { return value }
    // value = digits · 10^(exponent − afterPoint)
    let dropped = digits.count - significantDigits
    var integer = digits.prefix(significantDigits).reduce(0) { $0 * 10 + Int($1) }
    if digits[significantDigits] >= 5 { integer += 1 }
    let magnitude = Double("\(integer)e\(exponent - afterPoint + dropped)") ?? value.magnitude
    return value < 0 ? -magnitude : magnitude
  }

  private static let significantDigits = 12
}
