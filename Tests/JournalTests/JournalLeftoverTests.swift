import Foundation
import Journal
import Platform
import TestSupport
import Testing

struct JournalLeftoverTests {
  /// A run that was killed before its first job was done leaves no bytes, a header, or half a batch.
  @Test func `files without a record are removed, and no others`() throws {
    let folder = try ScratchFolder()
    let journal = Journal(output: folder.url.path)
    let header = JournalFormat.header(stamp: [1, 2])
    var batch = JournalBatch()
    batch.add(JournalKey(high: 1, low: 2), payload: [3])
    let files: [String: [UInt8]] = [
      "run.0001.journal": [], "run.0002.journal": header,
      "run.0003.journal": header + batch.bytes.prefix(20), "run.0004.journal": header + batch.bytes,
      "run.0005.journal": Array("not a journal".utf8),
    ]
    try Folder.create(journal.folder)
    for (name, bytes) in files { try WholeFile.write(bytes, to: journal.folder + "/" + name) }
    try journal.removeEmpty(in: journal.read())
    let left = try FileManager.default.contentsOfDirectory(atPath: journal.folder)
    #expect(left.sorted() == ["run.0004.journal", "run.0005.journal"])
  }
}
