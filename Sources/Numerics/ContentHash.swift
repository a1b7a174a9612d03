/// 128 bits that tell contents apart: equal contents always, others but for a chance of 2⁻¹²⁸.
///
/// Not for use against an adversary.
package struct ContentHash: Hashable, Sendable, CustomStringConvertible {
  package var high: UInt64
  package var low: UInt64

  /// The hash of a long piece of memory; the same for any number of workers.
  ///
  /// Blocks of 1 MiB are hashed apart, then their hashes and the length together.
  /// - Complexity: O(bytes / workers), some GB/s each.
  package init(of bytes: UnsafeRawBufferPointer, workers: Int) {
    let blockSize = Self.blockSize
    nonisolated(unsafe) let bytes = unsafe bytes
    let count = unsafe bytes.count
    let blocks = concurrentMap((count + blockSize - 1) / blockSize, workers: workers) { index in
      let range = index * blockSize..<min((index + 1) * blockSize, count)
      return unsafe ContentHash(ofBlock: UnsafeRawBufferPointer(rebasing: bytes[range]))
    }
    self.init(blocks: blocks, count: count)
  }

  /// The hash of a long piece of memory whose blocks were hashed apart.
  /// - Parameter count: bytes in all.
  package init(blocks: [ContentHash], count: Int) {
    var hasher = ContentHasher()
    hasher.combine(count)
    for block in blocks { hasher.combine(block) }
    self = hasher.finish()
  }

  /// The bytes of a block.
  package static let blockSize = 1 << 20

  /// The hash of a piece of memory in one go.
  package init(ofBlock bytes: UnsafeRawBufferPointer) {
    var state = MurmurState()
    let count = bytes.count
    var next = 0
    while count - next >= 16 {
      state.mix(
        unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: next, as: UInt64.self)),
        unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: next + 8, as: UInt64.self)))
      next += 16
    }
    var tail: (low: UInt64, high: UInt64) = (0, 0)
    for index in next..<count {
      let byte = unsafe UInt64(bytes[index]) << UInt64((index - next) % 8 * 8)
      if index - next < 8 { tail.low |= byte } else { tail.high |= byte }
    }
    self = state.finish(tail, count: UInt64(count))
  }

  fileprivate init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// 32 lower-case hexadecimal digits.
  package var description: String {
    [high, low].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}

/// Hashes a sequence of values; each is kept apart from its neighbours by its kind and length.
package struct ContentHasher: Sendable {
  private enum Kind: UInt64 {
    case word = 1
    case integer, number, text, flag, hash, bytes
  }
  private var state = MurmurState()
  private var count: UInt64 = 0

  package init() {}

  package mutating func combine(_ value: UInt64) { mix(value, .word) }
  package mutating func combine(_ value: Int) { mix(UInt64(bitPattern: Int64(value)), .integer) }
  package mutating func combine(_ value: Bool) { mix(value ? 1 : 0, .flag) }

  /// The bits of a number; the two zeros count as one.
  package mutating func combine(_ value: Double) {
    mix((value == 0 ? 0 : value).bitPattern, .number)
  }

  package mutating func combine(_ text: String) {
    var text = text
    let hash = text.withUTF8 { unsafe ContentHash(ofBlock: UnsafeRawBufferPointer($0)) }
    mix(hash.high, .text)
    mix(hash.low, .text)
  }

  package mutating func combine(_ bytes: [UInt8]) {
    let hash = unsafe bytes.withUnsafeBytes { unsafe ContentHash(ofBlock: $0) }
    mix(hash.high, .bytes)
    mix(hash.low, .bytes)
  }

  package mutating func combine(_ hash: ContentHash) {
    mix(hash.high, .hash)
    mix(hash.low, .hash)
  }

  package func finish() -> ContentHash {
    var state = state
    return state.finish((0, 0), count: count)
  }

  private mutating func mix(_ word: UInt64, _ kind: Kind) {
    state.mix(word, kind.rawValue)
    count += 16
  }
}

/// The state of MurmurHash3, the 128-bit variant for 64-bit machines with seed 0.
///
/// Source: Appleby, SMHasher, `MurmurHash3_x64_128`, in the public domain.
private struct MurmurState: Sendable {
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  private static let firstFactor: UInt64 = 0x87C3_7B91_1142_53D5
  private static let secondFactor: UInt64 = 0x4CF5_AD43_2745_937F

  @inline(__always)
  mutating func mix(_ low: UInt64, _ high: UInt64) {
    first ^= Self.rotated(low &* Self.firstFactor, by: 31) &* Self.secondFactor
    first = (Self.rotated(first, by: 27) &+ second) &* 5 &+ 0x52DC_E729
    second ^= Self.rotated(high &* Self.secondFactor, by: 33) &* Self.firstFactor
    second = (Self.rotated(second, by: 31) &+ first) &* 5 &+ 0x3849_5AB5
  }

  mutating func finish(_ tail: (low: UInt64, high: UInt64), count: UInt64) -> ContentHash {
    second ^= Self.rotated(tail.high &* Self.secondFactor, by: 33) &* Self.firstFactor
    first ^= Self.rotated(tail.low &* Self.firstFactor, by: 31) &* Self.secondFactor
    first ^= count
    second ^= count
    first &+= second
    second &+= first
    first = Self.finalised(first)
    second = Self.finalised(second)
    first &+= second
    second &+= first
    return ContentHash(high: first, low: second)
  }

  private static func finalised(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ (word >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    word = (word ^ (word >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return word ^ (word >> 33)
  }

  @inline(__always)
  private static func rotated(_ word: UInt64, by count: UInt64) -> UInt64 {
    word << count | word >> (64 - count)
  }
}
