import Journal
import TestSupport
import Testing

struct JournalScanTests {
  @Test func `a journal gives back its stamp and its records in order`() {
    let file = SampleJournal.file(recordCount: 20, stamp: [7, 8, 9])
    let scan = JournalScan(file.bytes)
    #expect(scan.header == .whole(stamp: [7, 8, 9]))
    #expect(scan.records.map(\.key) == (0..<20).map(SampleJournal.key))
    #expect(
      scan.records.map { Array(file.bytes[$0.payload]) } == (0..<20).map(SampleJournal.payload))
    #expect((scan.damagedStretches, scan.damagedBytes, scan.tornBytes) == (0, 0, 0))
  }

  @Test func `a file cut at any byte gives exactly the records that are whole before the cut`() {
    let file = SampleJournal.file(recordCount: 12, stamp: [1])
    for length in 0...file.bytes.count {
      let scan = JournalScan(Array(file.bytes.prefix(length)))
      let wholeCount = file.ends.count { $0 <= length }
      #expect(scan.records.count == wholeCount, "cut at \(length)")
      #expect(scan.records.map(\.key) == (0..<wholeCount).map(SampleJournal.key))
      #expect(scan.damagedStretches == 0)
      let start = wholeCount > 0 ? file.ends[wholeCount - 1] : min(length, 25)
      #expect(scan.tornBytes == length - (length < 25 ? 0 : start))
    }
  }

  @Test func `a flipped bit costs one record at most, and never gives a wrong one`() {
    let file = SampleJournal.file(recordCount: 6)
    for position in file.bytes.indices {
      for bit in 0..<8 {
        var bytes = file.bytes
        bytes[position] ^= 1 << bit
        let scan = JournalScan(bytes)
        if case .unknownVersion = scan.header {
          Issue.record("the version is covered by the header's check")
        }
        let hit = file.ends.firstIndex { position < $0 }
        let isInHeader = position < JournalFormat.headerLength
        let expected = (0..<6).filter { isInHeader || $0 != hit }
        #expect(
          scan.records.map(\.key) == expected.map(SampleJournal.key),
          "bit \(bit) of byte \(position)")
        #expect(
          scan.records.map { Array(bytes[$0.payload]) } == expected.map(SampleJournal.payload))
        #expect(scan.damagedStretches + (scan.tornBytes > 0 ? 1 : 0) == 1)
      }
    }
  }

  @Test func `a hole of any size in the middle is passed over`() {
    let file = SampleJournal.file(recordCount: 8)
    let (start, end) = (file.ends[2], file.ends[4])
    var zeroed = file.bytes
    zeroed.replaceSubrange(start..<end, with: repeatElement(0, count: end - start))
    let scan = JournalScan(zeroed)
    #expect(scan.records.map(\.key) == [0, 1, 2, 5, 6, 7].map(SampleJournal.key))
    #expect((scan.damagedStretches, scan.damagedBytes, scan.tornBytes) == (1, end - start, 0))

    var shorter = file.bytes
    shorter.removeSubrange(start + 3..<start + 14)
    #expect(
      JournalScan(shorter).records.map(\.key) == [0, 1, 2, 4, 5, 6, 7].map(SampleJournal.key))
  }

  @Test func `a tail of zeros, which a loss of power leaves, is dropped`() {
    let file = SampleJournal.file(recordCount: 3)
    let scan = JournalScan(file.bytes + [UInt8](repeating: 0, count: 4096))
    #expect(scan.records.count == 3)
    #expect((scan.damagedStretches, scan.tornBytes) == (0, 4096))
  }

  @Test func `a later format version is named and nothing of it is read`() {
    var bytes = SampleJournal.file(recordCount: 3).bytes
    bytes[8] = 2
    let check = JournalFormat.checksum(bytes.span.extracting(0..<16))
    for i in 0..<4 { bytes[16 + i] = UInt8(truncatingIfNeeded: check >> (8 * i)) }
    let scan = JournalScan(bytes)
    #expect(scan.header == .unknownVersion(2))
    #expect(scan.records.isEmpty)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `mutated files never trap and give only records that were written`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = 40
    let file = SampleJournal.file(recordCount: count, stamp: [1, 2, 3, 4])
    for _ in 0..<50 {
      var bytes = file.bytes
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        guard !bytes.isEmpty else { break }
        let start = Int.random(in: bytes.indices, using: &generator)
        let end = min(bytes.count, start + Int.random(in: 0...90, using: &generator))
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: bytes[start] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.removeSubrange(start..<end)
        case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
        case 3: bytes.removeSubrange(start...)
        case 4: for i in start..<end { bytes[i] = UInt8.random(in: 0...255, using: &generator) }
        default: bytes.replaceSubrange(start..<end, with: repeatElement(0xFF, count: end - start))
        }
      }
      let scan = JournalScan(bytes)
      for record in scan.records {
        let number = Int(record.key.low)
        #expect(number < count && record.key == SampleJournal.key(number))
        #expect(Array(bytes[record.payload]) == SampleJournal.payload(number))
      }
      #expect(scan.damagedBytes + scan.tornBytes <= bytes.count)
    }
  }

  @Test func `many heads that promise long payloads are scanned in linear time`() {
    // Whole heads, one after the other, each with a length that reaches far over the next ones:
    // a scan that checked the payload of each would take days.
    var batch = JournalBatch()
    batch.add(SampleJournal.key(1), payload: [UInt8](repeating: 0, count: 1 << 20))
    var head = Array(batch.bytes.prefix(JournalFormat.headLength))
    head[28] ^= 1
    var bytes = JournalFormat.header(stamp: [])
    for _ in 0..<100_000 { bytes += head }
    let scan = JournalScan(bytes)
    #expect(scan.records.isEmpty)
    #expect(scan.tornBytes == 100_000 * JournalFormat.headLength)
  }
}
