/// Reads decimal numbers exactly: the result is the double nearest to the text, ties to even.
///
/// The grammar is that of Python's `float()` without underscores, `inf` and `nan`:
/// `[+-] (digits [. [digits]] | . digits) [(e|E) [+-] digits]`, with a comma for the point where that is the
/// decimal mark. A number beyond the largest double
/// is infinite, one below half the smallest is zero.
///
/// Short numbers go by Clinger's fast path: a whole number up to 2⁵³ times or over an exact power
/// of ten is rounded once. Others by the Eisel–Lemire algorithm: the digits times a 128-bit power
/// of five. Beyond 19 digits the first 19 decide when the next larger 19-digit number rounds to the
/// same double; otherwise the standard library reads the text.
///
/// Source: Lemire, "Number parsing at a gigabyte per second" (2021); Mushtak and Lemire, "Fast
/// number parsing without fallback" (2023), for why 128 bits always decide.
package struct DecimalParser: Sendable {
  private let powers = PowersOfFive()
  private let decimal: UInt8

  /// - Parameter decimal: what stands before the fraction.
  package init(decimal: CSVDialect.DecimalMark = .point) {
    self.decimal = decimal == .point ? UInt8(ascii: ".") : UInt8(ascii: ",")
  }

  /// Reads the longest number that starts at `start`.
  ///
  /// Returns where the number ends, or `nil` when no number starts there; `end` is the end of the
  /// memory that may be read.
  @inline(__always)
  func parse(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, into value: inout Double
  ) -> UnsafePointer<UInt8>? {
    var next = unsafe start
    guard unsafe next < end else { return nil }
    let sign = unsafe next.pointee
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { unsafe next += 1 }
    let firstDigit = unsafe next
    var digits: UInt64 = 0
    unsafe Self.readDigits(&next, end: end, into: &digits)
    var digitCount = unsafe next - firstDigit
    var exponent = 0
    if unsafe next < end && next.pointee == decimal {
      unsafe next += 1
      let firstFraction = unsafe next
      unsafe Self.readEightDigits(&next, end: end, into: &digits)
      unsafe Self.readDigits(&next, end: end, into: &digits)
      exponent = unsafe firstFraction - next
      digitCount -= exponent
    }
    guard digitCount > 0 else { return nil }
    let digitsEnd = unsafe next
    if unsafe next < end && next.pointee | 0x20 == UInt8(ascii: "e") {
      guard let written = unsafe Self.readExponent(&next, end: end) else { return nil }
      exponent += written
    }
    let magnitude: Double
    if digitCount <= 19 {
      magnitude = nearest(digits, exponent)
    } else {
      magnitude = unsafe nearestOfMany(firstDigit, digitsEnd, numberEnd: next, exponent)
    }
    value = sign == UInt8(ascii: "-") ? -magnitude : magnitude
    return unsafe next
  }

  /// The number that a whole text is, or `nil` when it is not a number.
  package func number(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return nil }
      var value = 0.0
      let end = unsafe start + bytes.count
      return unsafe parse(start, end: end, into: &value) == end ? value : nil
    }
  }

  @inline(__always)
  private static func readDigits(
    _ next: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, into digits: inout UInt64
  ) {
    while unsafe next < end {
      let digit = unsafe next.pointee &- UInt8(ascii: "0")
      guard digit < 10 else { return }
      digits = digits &* 10 &+ UInt64(digit)
      unsafe next += 1
    }
  }

  /// Reads digits eight at a time while eight follow.
  @inline(__always)
  private static func readEightDigits(
    _ next: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, into digits: inout UInt64
  ) {
    while unsafe end - next >= 8 {
      var word = unsafe UInt64(
        littleEndian: UnsafeRawPointer(next).loadUnaligned(as: UInt64.self))
      let high = word & 0xF0F0_F0F0_F0F0_F0F0
      let carried = (word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0
      guard high | (carried >> 4) == 0x3333_3333_3333_3333 else { return }
      // Pairs of digits, then pairs of pairs: two multiplications for all eight.
      word &-= 0x3030_3030_3030_3030
      word = word &* 10 &+ (word >> 8)
      let mask: UInt64 = 0x0000_00FF_0000_00FF
      let low = (word & mask) &* 0x000F_4240_0000_0064
      let eight = (low &+ ((word >> 16) & mask) &* 0x0000_2710_0000_0001) >> 32
      digits = digits &* 100_000_000 &+ eight
      unsafe next += 8
    }
  }

  /// Reads `e±digits`; `nil` when no digit follows. Huge exponents stop growing.
  private static func readExponent(
    _ next: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>
  ) -> Int? {
    unsafe next += 1
    guard unsafe next < end else { return nil }
    let sign = unsafe next.pointee
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { unsafe next += 1 }
    let first = unsafe next
    var exponent = 0
    while unsafe next < end {
      let digit = unsafe next.pointee &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      // Beyond any count of digits that a file can hold.
      if exponent < 1 << 50 { exponent = exponent * 10 + Int(digit) }
      unsafe next += 1
    }
    guard unsafe next > first else { return nil }
    return sign == UInt8(ascii: "-") ? -exponent : exponent
  }

  /// The double nearest to digits·10^exponent.
  @inline(__always)
  private func nearest(_ digits: UInt64, _ exponent: Int) -> Double {
    if digits <= 1 << 53, exponent >= -22, exponent <= 22 {
      let power = Self.exactPowersOfTen[abs(exponent)]
      return exponent < 0 ? Double(digits) / power : Double(digits) * power
    }
    return powers.nearestDouble(digits, timesTenTo: exponent)
  }

  /// The double nearest to a number of twenty or more written digits.
  ///
  /// `exponent` is that of the last written digit.
  @inline(never)
  private func nearestOfMany(
    _ firstDigit: UnsafePointer<UInt8>, _ digitsEnd: UnsafePointer<UInt8>,
    numberEnd: UnsafePointer<UInt8>, _ exponent: Int
  ) -> Double {
    var leading: UInt64 = 0
    var (taken, left) = (0, 0)
    var hasRest = false
    var next = unsafe firstDigit
    while unsafe next < digitsEnd {
      let byte = unsafe next.pointee
      unsafe next += 1
      guard byte != decimal else { continue }
      let digit = UInt64(byte &- UInt8(ascii: "0"))
      if taken < 19 {
        leading = leading * 10 + digit
        // Leading zeros are not among the nineteen.
        if leading > 0 { taken += 1 }
      } else {
        left += 1
        if digit != 0 { hasRest = true }
      }
    }
    let lower = nearest(leading, exponent + left)
    guard hasRest else { return lower }
    let upper = nearest(leading + 1, exponent + left)
    guard lower != upper else { return lower }
    let text = unsafe UnsafeBufferPointer(start: firstDigit, count: numberEnd - firstDigit)
    let written = unsafe String(decoding: text, as: UTF8.self)
    return Double(written.replacing(",", with: ".")) ?? lower
  }

  /// The powers of ten that are doubles without rounding.
  private static let exactPowersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22,
  ]
}
