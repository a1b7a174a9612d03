import FoundationEssentials
import Journal
import Platform
import Tables
import TestSupport
import Testing

/// The files in `Tests/Corpus/journal`: format 1 as it was first written, whole and damaged.
///
/// A later version of the program has to read them as `expected.txt` says; after a change that is
/// meant, `SWEEP_RECORD=1 swift test --filter JournalCorpusTests` writes it anew, and fails.
struct JournalCorpusTests {
  private let folder: String

  init() {
    let here = URL(fileURLWithPath: #filePath)
    folder =
      here.deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Corpus/journal").path
  }

  private func files() throws -> [(name: String, bytes: [UInt8])] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".bin") }.sorted()
    return try names.map { ($0, try WholeFile.read("\(folder)/\($0)")) }
  }

  @Test func `every file is read as it always was`() throws {
    var lines = ""
    for (name, bytes) in try files() {
      let scan = JournalScan(bytes)
      let header =
        switch scan.header {
        case .whole(let stamp): "stamp '\(String(decoding: stamp, as: UTF8.self))'"
        case .damaged: "header damaged"
        case .unknownVersion(let version): "version \(version)"
        }
      let keys = scan.records.map { String($0.key.low) }.joined(separator: " ")
      lines += "\(name): \(header); records \(keys); \(scan.damagedStretches) stretches of "
      lines += "\(scan.damagedBytes) bytes damaged, \(scan.tornBytes) bytes torn\n"
    }
    let path = folder + "/expected.txt"
    if ProcessInfo.processInfo.environment["SWEEP_RECORD"] != nil {
      try WholeFile.write(lines, to: path)
      Issue.record("recorded \(path): look at the difference and run again")
    }
    #expect(lines == String(decoding: try WholeFile.read(path), as: UTF8.self))
  }

  @Test func `every whole record has the payload that was written`() throws {
    for (name, bytes) in try files() {
      for record in JournalScan(bytes).records {
        let number = Int(record.key.low)
        #expect(record.key == SampleJournal.key(number), "\(name)")
        #expect(Array(bytes[record.payload]) == SampleJournal.payload(number), "\(name)")
      }
    }
  }

  /// Pieces of several files in a row, so that whole frames turn up in odd places.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `mixtures of the files never trap and never invent a record`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: 1000 + seed)
    let files = try files().filter { !$0.bytes.isEmpty }
    for _ in 0..<50 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 1...5, using: &generator) {
        let piece = try #require(files.randomElement(using: &generator)).bytes
        let start = Int.random(in: 0..<piece.count, using: &generator)
        bytes += piece[start..<Int.random(in: start...piece.count, using: &generator)]
      }
      if !bytes.isEmpty, Bool.random(using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] ^= 0x10
      }
      for record in JournalScan(bytes).records {
        let number = Int(record.key.low)
        #expect(number < 12 && record.key == SampleJournal.key(number))
        #expect(Array(bytes[record.payload]) == SampleJournal.payload(number))
      }
    }
  }
}
