/// How the numbers of a dialect are written.
struct NumberFormat: Sendable {
  /// Reads numbers whose digits are not grouped.
  let decimals: DecimalParser
  private let thousands: ByteMark?
  /// Whether a cell may be read as a number before it is known where it ends.
  let isReadInPlace: Bool

  init(_ dialect: CSVDialect = CSVDialect()) {
    decimals = DecimalParser(decimal: dialect.decimal)
    thousands = dialect.thousands.flatMap { ByteMark(String($0), dialect.encoding) }
    isReadInPlace = dialect.delimiter != .character(dialect.decimal == .point ? "." : ",")
  }

  /// The number that a text is as a whole; it may be infinite.
  func number(_ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> Double? {
    var value = 0.0
    if unsafe decimals.parse(start, end: end, into: &value) == end { return value }
    guard let thousands, let digits = unsafe Self.ungrouped(start, end: end, thousands) else {
      return nil
    }
    return unsafe digits.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return nil }
      let end = unsafe start + bytes.count
      return unsafe decimals.parse(start, end: end, into: &value) == end ? value : nil
    }
  }

  func number(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return nil }
      return unsafe number(start, end: start + bytes.count)
    }
  }

  /// The text without the marks between groups of digits; `nil` where groups have other lengths.
  ///
  /// Groups of two are those of India: 12,34,567. A mark elsewhere is one for something else, such as a
  /// decimal comma, so that `1,5` is no 15.
  private static func ungrouped(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, _ mark: ByteMark
  ) -> [UInt8]? {
    var next = unsafe start
    var bytes: [UInt8] = []
    if unsafe next < end && (next.pointee == UInt8(ascii: "-") || next.pointee == UInt8(ascii: "+"))
    {
      unsafe bytes.append(next.pointee)
      unsafe next += 1
    }
    var (groupCount, length) = (1, 0)
    while unsafe next < end {
      if unsafe next.pointee &- UInt8(ascii: "0") < 10 {
        unsafe bytes.append(next.pointee)
        unsafe next += 1
        length += 1
      } else if unsafe mark.isAt(next, end: end) {
        guard groupCount == 1 ? (1...3).contains(length) : (2...3).contains(length) else {
          return nil
        }
        groupCount += 1
        length = 0
        unsafe next += mark.count
      } else {
        break
      }
    }
    guard groupCount > 1, length == 3 else { return nil }
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: next, count: end - next))
    return bytes
  }
}
