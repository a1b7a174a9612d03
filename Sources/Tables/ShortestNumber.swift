/// Appends the shortest decimal text that reads back as the same number.
///
/// The digits are those of Swift's `description`; the form drops a trailing `.0`, the `+` and the
/// leading zeros of an exponent: `100`, `0.1`, `1e-6`, `1e16`. Negative zero is written `0`. `nan`,
/// `inf` and `-inf` have a text so that a slip shows; no output of the program holds them.
package func appendShortest(_ value: Double, to bytes: inout [UInt8]) {
  // Most numbers of a table are small counts or grid values: no digits to search for.
  if value.magnitude <= 0x1p53, value == value.rounded(.towardZero) {
    return appendDecimal(Int(value), to: &bytes)
  }
  guard value.isFinite else {
    return bytes.append(contentsOf: (value.isNaN ? "nan" : value < 0 ? "-inf" : "inf").utf8)
  }
  var text = value.description
  text.withUTF8 { digits in
    guard let exponent = unsafe digits.lastIndex(of: UInt8(ascii: "e")) else {
      return unsafe bytes.append(contentsOf: digits)
    }
    unsafe bytes.append(contentsOf: digits[...exponent])
    var next = exponent + 1
    if unsafe digits[next] == UInt8(ascii: "-") { bytes.append(UInt8(ascii: "-")) }
    next += 1
    while unsafe next < digits.count - 1 && digits[next] == UInt8(ascii: "0") { next += 1 }
    unsafe bytes.append(contentsOf: digits[next...])
  }
}

/// The shortest decimal text that reads back as the same number; see `appendShortest(_:to:)`.
package func shortest(_ value: Double) -> String {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(24)
  appendShortest(value, to: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}

/// Appends the decimal digits of a whole number.
package func appendDecimal(_ value: Int, to bytes: inout [UInt8]) {
  if value < 0 { bytes.append(UInt8(ascii: "-")) }
  var rest = value.magnitude
  let start = bytes.count
  repeat {
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
    rest /= 10
  } while rest > 0
  var (low, high) = (start, bytes.count - 1)
  while low < high {
    bytes.swapAt(low, high)
    low += 1
    high -= 1
  }
}
