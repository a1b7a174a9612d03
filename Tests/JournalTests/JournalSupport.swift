import Journal

/// Writes a small journal whose records are known.
enum SampleJournal {
  static func key(_ number: Int) -> JournalKey {
    JournalKey(high: UInt64(number) &* 0x9E37_79B9_7F4A_7C15, low: UInt64(number))
  }

  /// Payloads of every length modulo 8, with a marker's bytes in one of them.
  static func payload(_ number: Int) -> [UInt8] {
    if number == 3 { return [0xD7, 0x4A, 0xA1, 0xF3, 1, 2, 3] }
    return (0..<(number * 5 % 23)).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ number) }
  }

  static func batch(_ numbers: Range<Int>) -> JournalBatch {
    var batch = JournalBatch()
    for number in numbers { batch.add(key(number), payload: payload(number)) }
    return batch
  }

  /// The file's bytes, and where each whole record ends.
  static func file(recordCount: Int, stamp: [UInt8] = []) -> (bytes: [UInt8], ends: [Int]) {
    var bytes = JournalFormat.header(stamp: stamp)
    var ends: [Int] = []
    for number in 0..<recordCount {
      bytes += batch(number..<number + 1).bytes
      ends.append(bytes.count)
    }
    return (bytes, ends)
  }
}
