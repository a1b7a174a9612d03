/// How many line ends and quotes a piece of a file has.
struct ByteCounts: Sendable {
  private(set) var lineEnds = 0
  private(set) var quotes = 0

  /// - Complexity: O(bytes), 64 at a time.
  init(of bytes: UnsafeRawBufferPointer) {
    var next = 0
    while bytes.count - next >= 64 {
      // 64 counters of eight bits in a vector: summed up before they can overflow.
      let stop = min(bytes.count, next + 64 * 255) - 63
      var (lineEnds, quotes) = (Words(), Words())
      while next < stop {
        let words = unsafe bytes.loadUnaligned(fromByteOffset: next, as: Words.self)
        lineEnds &+= Self.ones(where: words, equals: UInt8(ascii: "\n"))
        quotes &+= Self.ones(where: words, equals: UInt8(ascii: "\""))
        next &+= 64
      }
      for lane in 0..<Words.scalarCount {
        self.lineEnds += Self.sumOfBytes(lineEnds[lane])
        self.quotes += Self.sumOfBytes(quotes[lane])
      }
    }
    for index in next..<bytes.count {
      let byte = unsafe bytes[index]
      if byte == UInt8(ascii: "\n") { lineEnds += 1 }
      if byte == UInt8(ascii: "\"") { quotes += 1 }
    }
  }

  /// Bytes by eights: vectors of words are put together again by the optimiser, those of bytes are not.
  private typealias Words = SIMD8<UInt64>

  /// A 1 in each byte that equals `byte`, 0 in the others.
  @inline(__always)
  private static func ones(where words: Words, equals byte: UInt8) -> Words {
    let ones = Words(repeating: 0x0101_0101_0101_0101)
    let lowBits = Words(repeating: 0x7F7F_7F7F_7F7F_7F7F)
    let difference = words ^ Words(repeating: UInt64(byte) &* 0x0101_0101_0101_0101)
    // The top bit of a byte is set unless the byte is zero; no carry leaves a byte.
    let low = (difference & lowBits) &+ lowBits
    return (~(low | difference) &>> 7) & ones
  }

  private static func sumOfBytes(_ word: UInt64) -> Int {
    let pairs = (word & 0x00FF_00FF_00FF_00FF) &+ ((word >> 8) & 0x00FF_00FF_00FF_00FF)
    return Int((pairs &* 0x0001_0001_0001_0001) >> 48)
  }
}
