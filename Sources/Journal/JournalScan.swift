/// The whole records of one journal file, and what was lost of it.
///
/// Any bytes can be scanned. A record counts when both its checks hold; after damage the scan goes
/// on at the next frame it can find.
/// - Complexity: O(bytes), for hostile bytes too: a payload is checked once and then passed over.
package struct JournalScan: Sendable {
  package struct Record: Sendable {
    package let key: JournalKey
    /// Where the payload lies in the bytes that were scanned.
    package let payload: Range<Int>
  }

  package enum Header: Hashable, Sendable {
    case whole(stamp: [UInt8])
    /// The file's start was overwritten or never written; its records still count.
    case damaged
    /// Written by a later version of the program; nothing of it can be read.
    case unknownVersion(UInt32)
  }

  package private(set) var header = Header.damaged
  package private(set) var records: [Record] = []
  /// How many stretches before the last whole record had to be passed over.
  package private(set) var damagedStretches = 0
  package private(set) var damagedBytes = 0
  /// What follows the last whole record: the write that a crash cut short, or damage.
  package private(set) var tornBytes = 0

  package init(_ bytes: [UInt8]) {
    let span = bytes.span
    var offset = readHeader(span)
    if case .unknownVersion = header { return }
    var lossStart: Int?
    while offset < span.count {
      switch frame(span, at: offset) {
      case .whole(let record):
        if let start = lossStart.take() { count(damageFrom: start, to: offset) }
        records.append(record)
        offset = record.payload.upperBound
      case .damagedPayload(let end):
        lossStart = lossStart ?? offset
        offset = end
      case .none:
        lossStart = lossStart ?? offset
        offset = nextMarker(span, from: offset + 1)
      }
    }
    if let lossStart { tornBytes = span.count - lossStart }
  }

  private enum Frame {
    case whole(Record)
    case damagedPayload(end: Int)
    case none
  }

  private mutating func count(damageFrom start: Int, to end: Int) {
    damagedStretches += 1
    damagedBytes += end - start
  }

  /// Reads the header and returns where frames start.
  private mutating func readHeader(_ bytes: Span<UInt8>) -> Int {
    let magic = JournalFormat.magic
    guard bytes.count >= JournalFormat.headerLength,
      magic.indices.allSatisfy({ bytes.littleEndian(at: $0, as: UInt8.self) == magic[$0] }),
      bytes.littleEndian(at: 16, as: UInt32.self)
        == JournalFormat.checksum(bytes.extracting(0..<16))
    else { return 0 }
    let version = bytes.littleEndian(at: 8, as: UInt32.self)
    guard version == JournalFormat.version else {
      header = .unknownVersion(version)
      return 0
    }
    let start = JournalFormat.headerLength
    let length = Int(bytes.littleEndian(at: 12, as: UInt32.self))
    guard length <= bytes.count - start,
      bytes.littleEndian(at: 20, as: UInt32.self)
        == JournalFormat.checksum(bytes.extracting(start..<start + length))
    else { return 0 }
    header = .whole(
      stamp: (start..<start + length).map { bytes.littleEndian(at: $0, as: UInt8.self) })
    return start + length
  }

  private func frame(_ bytes: Span<UInt8>, at offset: Int) -> Frame {
    let headLength = JournalFormat.headLength
    guard bytes.count - offset >= headLength,
      bytes.littleEndian(at: offset, as: UInt32.self) == JournalFormat.marker,
      bytes.littleEndian(at: offset + 24, as: UInt32.self)
        == JournalFormat.checksum(bytes.extracting(offset..<offset + 24))
    else { return .none }
    let start = offset + headLength
    let length = Int(bytes.littleEndian(at: offset + 4, as: UInt32.self))
    guard length <= bytes.count - start else { return .none }
    let check = JournalFormat.checksum(bytes.extracting(start..<start + length))
    guard bytes.littleEndian(at: offset + 28, as: UInt32.self) == check else {
      return .damagedPayload(end: start + length)
    }
    let key = JournalKey(
      high: bytes.littleEndian(at: offset + 16, as: UInt64.self),
      low: bytes.littleEndian(at: offset + 8, as: UInt64.self))
    return .whole(Record(key: key, payload: start..<start + length))
  }

  /// Where the next marker starts, or the end.
  private func nextMarker(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var offset = start
    while bytes.count - offset >= 4 {
      if bytes.littleEndian(at: offset, as: UInt32.self) == JournalFormat.marker { return offset }
      offset += 1
    }
    return bytes.count
  }
}
