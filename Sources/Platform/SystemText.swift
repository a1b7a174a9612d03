#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Bytes of the system as text: names of files and arguments may be any bytes, and a `String` is Unicode.
///
/// A byte that is part of no character stands as U+10FF00 plus its value, in the private use of the last
/// plane, and so does each byte of such a character itself. So every sequence of bytes is one text, and
/// goes back to the same bytes.
extension String {
  package init(systemBytes bytes: some Sequence<UInt8>) {
    let bytes = Array(bytes)
    if !bytes.contains(where: { $0 >= 0xF4 }), let text = String(validating: bytes, as: UTF8.self) {
      self = text
      return
    }
    var scalars = String.UnicodeScalarView()
    var index = 0
    while index < bytes.count {
      if let (scalar, length) = Self.scalar(bytes[index...].prefix(4)) {
        scalars.append(scalar)
        index += length
      } else {
        scalars.append(Self.stray(bytes[index]))
        index += 1
      }
    }
    self = String(scalars)
  }

  /// A text of the system, which ends with a zero byte.
  init(systemText text: UnsafePointer<CChar>) {
    unsafe self.init(systemBytes: UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }

  /// The bytes that the text stands for.
  package var systemBytes: [UInt8] {
    // Most texts have none: their first byte is that of a character of the last plane.
    if !utf8.contains(0xF4) { return Array(utf8) }
    return unicodeScalars.flatMap { scalar in
      scalar.value >= Self.firstStray ? [UInt8(scalar.value & 0xFF)] : Array(scalar.utf8)
    }
  }

  private static let firstStray: UInt32 = 0x10FF80

  private static func stray(_ byte: UInt8) -> Unicode.Scalar {
    Unicode.Scalar(0x10FF00 + UInt32(byte)) ?? "\u{FFFD}"
  }

  /// The character that the bytes begin with, unless it would stand for a byte.
  private static func scalar(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, length: Int)? {
    for length in 1..<bytes.count + 1 {
      if let text = String(validating: bytes.prefix(length), as: UTF8.self),
        let scalar = text.unicodeScalars.first
      {
        return scalar.value >= firstStray ? nil : (scalar, length)
      }
    }
    return nil
  }
}

/// Calls `body` with the text as the system takes it.
func withSystemText<Result>(
  _ text: String, _ body: (UnsafePointer<CChar>) -> Result
) -> Result {
  var bytes = text.systemBytes.map { CChar(bitPattern: $0) }
  bytes.append(0)
  return unsafe bytes.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }
}
