/// A short decimal number, coefficient · 10^exponent: what a tick or a rounded value prints.
package struct Decimal: Hashable, Sendable {
  package var coefficient: Int
  package var exponent: Int

  package init(_ coefficient: Int, exponent: Int) {
    self.coefficient = coefficient
    self.exponent = coefficient == 0 ? 0 : exponent
    while self.coefficient != 0, self.coefficient % 10 == 0 {
      self.coefficient /= 10
      self.exponent += 1
    }
  }

  /// The nearest decimal with so many significant digits; a finite value.
  package init(rounding value: Double, digits: Int) {
    guard value != 0, value.isFinite else {
      self.init(0, exponent: 0)
      return
    }
    let magnitude = Int(decades(abs(value)).rounded(.down))
    let shift = digits - 1 - magnitude
    // Two steps keep 10^shift finite for the smallest numbers.
    let half = shift / 2
    let scaled = value * powerOfTen(half) * powerOfTen(shift - half)
    self.init(Int(scaled.rounded()), exponent: -shift)
  }

  package var value: Double { Double("\(coefficient)e\(exponent)") ?? 0 }

  /// The power of ten of the leading digit.
  package var magnitude: Int {
    coefficient == 0 ? 0 : String(abs(coefficient)).count - 1 + exponent
  }

  /// Plain digits between 10⁻⁴ and 10⁶, else a mantissa and a power of ten.
  package var label: NumberLabel {
    if coefficient == 0 { return NumberLabel("0") }
    if magnitude >= -4 && magnitude < 6 { return NumberLabel(plain) }
    let digits = String(abs(coefficient))
    let sign = coefficient < 0 ? "−" : ""
    let fraction = digits.dropFirst()
    let mantissa = "\(digits.prefix(1))" + (fraction.isEmpty ? "" : ".\(fraction)")
    if mantissa == "1" { return NumberLabel("\(sign)10", exponent: magnitude) }
    return NumberLabel("\(sign)\(mantissa)×10", exponent: magnitude)
  }

  private var plain: String {
    let sign = coefficient < 0 ? "−" : ""
    let digits = String(abs(coefficient))
    if exponent >= 0 { return sign + digits + String(repeating: "0", count: exponent) }
    let point = digits.count + exponent
    if point > 0 { return "\(sign)\(digits.prefix(point)).\(digits.dropFirst(point))" }
    return sign + "0." + String(repeating: "0", count: -point) + digits
  }
}

/// A number as it is read: `0.01`, or `2×10` with the exponent −6.
package struct NumberLabel: Hashable, Sendable {
  package var body: String
  package var exponent: Int?

  package init(_ body: String, exponent: Int? = nil) {
    self.body = body
    self.exponent = exponent
  }

  /// Unicode superscripts: `2×10⁻⁶`.
  package var text: String {
    guard let exponent else { return body }
    let digits = String(abs(exponent)).map { superscripts[Int(String($0)) ?? 0] }
    return body + (exponent < 0 ? "⁻" : "") + digits.joined()
  }
}

private let superscripts = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]

/// A value for a reader: four significant digits.
package func readable(_ value: Double, digits: Int = 4) -> String {
  guard value.isFinite else { return "\(value)" }
  return Decimal(rounding: value, digits: digits).label.text
}

/// 10^exponent, correctly rounded; 0 or infinity out of range.
package func powerOfTen(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? 0 }

/// The base-10 logarithm by plain arithmetic, so that a picture's bytes do not depend on a C library.
///
/// x = m·2^e with m in [√½, √2); ln m = 2·atanh((m−1)/(m+1)), whose series to the 21st power
/// leaves less than 1e-17.
package func decades(_ value: Double) -> Double {
  var significand = value.significand
  var exponent = Double(value.exponent)
  if significand > 2.0.squareRoot() {
    significand /= 2
    exponent += 1
  }
  let ratio = (significand - 1) / (significand + 1)
  let square = ratio * ratio
  var sum = 0.0
  for power in stride(from: 21, through: 1, by: -2) { sum = sum * square + 1 / Double(power) }
  let natural = 2 * ratio * sum + exponent * 0.693147180559945309
  return natural * 0.434294481903251828
}
