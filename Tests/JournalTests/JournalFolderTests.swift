import Foundation
import Journal
import Platform
import Tables
import TestSupport
import Testing

struct JournalFolderTests {
  private let folder: ScratchFolder
  private let journal: Journal

  init() throws {
    folder = try ScratchFolder()
    journal = Journal(output: folder.url.path)
  }

  private func write(_ numbers: Range<Int>, label: String = "run", stamp: [UInt8] = []) throws {
    let writer = try journal.makeWriter(label: label, stamp: stamp)
    try writer.append(SampleJournal.batch(numbers))
    try writer.finish()
  }

  @Test func `a folder that is not there is an empty journal`() throws {
    let contents = try journal.read()
    #expect(contents.count == 0 && contents.files.isEmpty)
    try journal.remove()
  }

  @Test func `records come back by key from the files of all processes`() throws {
    try write(0..<10)
    try write(10..<15, label: "shard-1-of-2", stamp: [4])
    try write(15..<30)
    let contents = try journal.read()
    #expect(contents.count == 30)
    #expect(
      contents.files.map(\.name) == [
        "run.0001.journal", "run.0002.journal", "shard-1-of-2.0001.journal",
      ])
    #expect(contents.files[2].header == .whole(stamp: [4]))
    for number in 0..<30 {
      let payload = contents[SampleJournal.key(number)]
      #expect(payload.map(Array.init) == SampleJournal.payload(number))
    }
    #expect(contents[SampleJournal.key(30)] == nil)
    #expect(!contents.contains(SampleJournal.key(30)))
    #expect(try journal.labels() == ["run", "shard-1-of-2"])
  }

  @Test func `two writers of one label write side by side`() throws {
    let first = try journal.makeWriter(label: "shard-1-of-1")
    let second = try journal.makeWriter(label: "shard-1-of-1")
    for number in 0..<6 {
      try (number % 2 == 0 ? first : second).append(SampleJournal.batch(number..<number + 1))
    }
    try first.append(SampleJournal.batch(1..<4))
    let contents = try journal.read()
    #expect(contents.count == 6)
    #expect(contents.duplicateCount == 3)
  }

  @Test func `of two records with one key the first counts, and a provisional one gives way`()
    throws
  {
    let key = SampleJournal.key(1)
    for (label, payload) in [("a", [0, 1]), ("b", [9, 2]), ("c", [9, 3])] as [(String, [UInt8])] {
      let writer = try journal.makeWriter(label: label)
      var batch = JournalBatch()
      batch.add(key, payload: payload)
      try writer.append(batch)
    }
    #expect(try journal.read()[key] == [0, 1])
    #expect(try journal.read { $0.first == 0 }[key] == [9, 2])
    #expect(try journal.read { $0.first == 9 }[key] == [0, 1])
  }

  @Test func `removing one label leaves the others and foreign files`() throws {
    try write(0..<1)
    try write(1..<2, label: "shard-1-of-2")
    for name in ["notes.txt", "run.+1.journal", "run.1.journal", "a b.0001.journal"] {
      try WholeFile.write("x", to: "\(journal.folder)/\(name)")
    }
    try journal.remove(label: "run")
    #expect(try journal.read().keys == [SampleJournal.key(1)])
    try journal.remove()
    #expect(try journal.read().count == 0)
    #expect(try WholeFile.read("\(journal.folder)/run.1.journal") == Array("x".utf8))
  }

  @Test func `damage is told by file, a torn tail is not worth a word`() throws {
    try write(0..<3)
    let file = SampleJournal.file(recordCount: 3).bytes
    try WholeFile.write(Array(file.dropLast(2)), to: "\(journal.folder)/torn.0001.journal")
    try WholeFile.write("hello", to: "\(journal.folder)/text.0001.journal")
    var flipped = file
    flipped[30] ^= 1
    try WholeFile.write(flipped, to: "\(journal.folder)/flipped.0001.journal")
    let contents = try journal.read()
    #expect(contents.count == 3)
    #expect(
      contents.warnings == [
        "flipped.0001.journal: 32 damaged bytes passed over; the jobs they held are run again",
        "text.0001.journal: not a journal; ignored",
      ])
  }

  @Test func `a journal folder that cannot be made is an error with its path`() throws {
    try WholeFile.write("a file", to: journal.folder)
    let error = #expect(throws: FileError.self) { try journal.makeWriter(label: "run") }
    #expect(error?.path == journal.folder)
  }

  @Test func `a file removed under the writer is an error and not a silent loss`() throws {
    let writer = try journal.makeWriter(label: "run")
    try writer.append(SampleJournal.batch(0..<1))
    try journal.remove()
    let error = #expect(throws: FileError.self) { try writer.finish() }
    #expect("\(try #require(error))".contains("it was removed while the sweep wrote to it"))
  }

  @Test func `a writer that never wrote leaves no file`() throws {
    try journal.makeWriter(label: "run").finish()
    #expect(try journal.labels().isEmpty)
  }

  @Test func `keys that are no hashes are found again`() throws {
    var contents = JournalContents()
    var batch = JournalBatch()
    let count = 20_000
    for number in 0..<count {
      let key = JournalKey(high: 0, low: UInt64(number) << 32)
      batch.add(key) { $0.append(UInt8(truncatingIfNeeded: number)) }
    }
    contents.add(JournalFormat.header(stamp: []) + batch.bytes, name: "test")
    #expect(contents.count == count)
    for number in 0..<count {
      let key = JournalKey(high: 0, low: UInt64(number) << 32)
      #expect(contents[key]?.first == UInt8(truncatingIfNeeded: number))
    }
  }
}
