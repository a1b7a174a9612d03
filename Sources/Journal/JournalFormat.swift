/// The layout of a journal file, and the one place that knows it.
///
/// A file is a header and then frames, one a record. Integers are little-endian.
///
///     header   magic 8 · version 4 · stamp length 4 · check of these 4 · stamp check 4 · stamp
///     frame    marker 4 · payload length 4 · key 16 · check of these 4 · payload check 4 · payload
///
/// The head of a frame has a check of its own, so its length can be trusted when the payload
/// cannot, and the marker lets a reader find the next frame after any damage.
package enum JournalFormat {
  package static let version: UInt32 = 1
  /// Not UTF-8, and with a line feed in it: a file that went through a text filter shows.
  package static let magic: [UInt8] = [0x89, 0x73, 0x77, 0x65, 0x65, 0x70, 0x4A, 0x0A]
  package static let headerLength = 24
  package static let headLength = 32
  /// A longer payload is a programmer's mistake.
  package static let longestPayload = 1 << 30

  /// Holds the place of a head until its payload is there.
  static let blankHead = [UInt8](repeating: 0, count: headLength)
  static let marker: UInt32 = 0xF3A1_4AD7

  /// The bytes that start a file.
  /// - Parameter stamp: what the writer wants to be known about the whole file.
  package static func header(stamp: [UInt8]) -> [UInt8] {
    precondition(stamp.count <= longestPayload)
    var bytes = magic
    bytes.appendLittleEndian(version)
    bytes.appendLittleEndian(UInt32(stamp.count))
    bytes.appendLittleEndian(checksum(bytes.span))
    bytes.appendLittleEndian(checksum(stamp.span))
    return bytes + stamp
  }

  /// Fills in the head that was left blank at `start` for the payload that follows it.
  static func seal(_ bytes: inout [UInt8], from start: Int, key: JournalKey) {
    let length = bytes.count - start - headLength
    precondition(length <= longestPayload)
    let payloadCheck = checksum(bytes.span.extracting((start + headLength)...))
    unsafe bytes.withUnsafeMutableBytes { buffer in
      func store(_ value: some FixedWidthInteger, at offset: Int) {
        unsafe buffer.storeBytes(
          of: value.littleEndian, toByteOffset: start + offset, as: type(of: value))
      }
      store(marker, at: 0)
      store(UInt32(length), at: 4)
      store(key.low, at: 8)
      store(key.high, at: 16)
      store(payloadCheck, at: 28)
    }
    let headCheck = checksum(bytes.span.extracting(start..<start + 24))
    for i in 0..<4 { bytes[start + 24 + i] = UInt8(truncatingIfNeeded: headCheck >> (8 * i)) }
  }

  /// A 32-bit check of any bytes.
  ///
  /// Each 8-byte word (the last one padded with zeros) goes through a bijection of a 64-bit state
  /// that starts at the length, so a change within one word is never missed by the state; 32 of
  /// its bits are kept, so 1 in 2³² of other damage is missed. It is a guard against accidents,
  /// not against forgery.
  /// - Complexity: O(bytes), about 2 ns for 8 of them.
  package static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
    var state = UInt64(truncatingIfNeeded: bytes.count) &+ 0x9E37_79B9_7F4A_7C15
    func mix(_ word: UInt64) {
      state = (state ^ word) &* 0xD6E8_FEB8_6659_FD93
      state ^= state >> 32
    }
    var offset = 0
    while bytes.count - offset >= 8 {
      mix(bytes.littleEndian(at: offset, as: UInt64.self))
      offset += 8
    }
    var last: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count {
      last |= UInt64(bytes.littleEndian(at: offset, as: UInt8.self)) << shift
      shift += 8
      offset += 1
    }
    mix(last)
    mix(0)
    return UInt32(truncatingIfNeeded: state)
  }
}

extension Span<UInt8> {
  /// The integer that lies at `offset`, aligned or not; traps beyond the end.
  package func littleEndian<Integer: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, as type: Integer.Type
  ) -> Integer {
    // SAFETY: the load checks its bounds, and every bit pattern is an integer.
    unsafe Integer(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: type))
  }
}

extension [UInt8] {
  mutating func appendLittleEndian(_ value: UInt32) {
    for shift in stride(from: 0, to: 32, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> UInt32(shift)))
    }
  }
}
