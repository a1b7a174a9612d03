import Dispatch
import Journal
import Platform
import Synchronization
import Testing

/// A sink in memory that takes so many bytes and then fails or pretends to have died.
final class FaultySink: JournalSink {
  struct Fault {
    /// How many bytes are taken before the fault.
    var afterBytes = Int.max
    /// At most so many bytes a call.
    var bytesPerCall = Int.max
    var truncationFails = false
    var synchronizationFails = false
    /// The fault goes away after it was met once.
    var isOnce = false
  }

  private struct State {
    var bytes: [UInt8] = []
    var fault: Fault
    var isRemoved = false
    var synchronizations = 0
  }

  private let state: Mutex<State>

  init(_ fault: Fault = Fault()) { state = Mutex(State(fault: fault)) }

  var bytes: [UInt8] { state.withLock { $0.bytes } }
  var isRemoved: Bool { state.withLock { $0.isRemoved } }
  var synchronizations: Int { state.withLock { $0.synchronizations } }

  static let noSpace = FileError.notWritten(path: "test", reason: "no space left on device")

  func write(_ bytes: Span<UInt8>) throws(FileError) -> Int {
    let copy = bytes.indices.map { bytes[$0] }
    let taken = state.withLock { state in
      let room = min(
        copy.count, state.fault.bytesPerCall, state.fault.afterBytes - state.bytes.count)
      state.bytes += copy.prefix(room)
      if room == 0, state.fault.isOnce { state.fault.afterBytes = .max }
      return room
    }
    if taken == 0 { throw Self.noSpace }
    return taken
  }

  func truncate(to length: Int) throws(FileError) {
    let fails = state.withLock { $0.fault.truncationFails }
    if fails { throw Self.noSpace }
    state.withLock { $0.bytes.removeSubrange(length...) }
  }

  func synchronize() throws(FileError) {
    let fails = state.withLock { state in
      state.synchronizations += 1
      return state.fault.synchronizationFails
    }
    if fails { throw Self.noSpace }
  }

  func remove() { state.withLock { $0.isRemoved = true } }
}

struct JournalWriterTests {
  @Test func `what is appended is in the file when append returns`() throws {
    let sink = FaultySink()
    let writer = try JournalWriter(sink, stamp: [5])
    for number in 0..<5 {
      try writer.append(SampleJournal.batch(number * 3..<number * 3 + 3))
      let scan = JournalScan(sink.bytes)
      #expect(scan.records.map(\.key) == (0..<number * 3 + 3).map(SampleJournal.key))
    }
    #expect(sink.bytes == SampleJournal.file(recordCount: 15, stamp: [5]).bytes)
    #expect(writer.recordCount == 15)
  }

  @Test(arguments: [1, 2, 7, 33])
  func `short writes are continued`(bytesPerCall: Int) throws {
    let sink = FaultySink(.init(bytesPerCall: bytesPerCall))
    let writer = try JournalWriter(sink)
    try writer.append(SampleJournal.batch(0..<9))
    #expect(sink.bytes == SampleJournal.file(recordCount: 9).bytes)
  }

  /// A full disk at every byte of the file, so at every write boundary too.
  @Test func `a write that fails anywhere leaves a journal of whole batches`() throws {
    let file = SampleJournal.file(recordCount: 9)
    for limit in 0..<file.bytes.count {
      let sink = FaultySink(.init(afterBytes: limit, bytesPerCall: 11))
      var wholeBatches = 0
      #expect(throws: FaultySink.noSpace, "limit \(limit)") {
        let writer = try JournalWriter(sink)
        for start in stride(from: 0, to: 9, by: 3) {
          try writer.append(SampleJournal.batch(start..<start + 3))
          wholeBatches += 1
        }
      }
      if limit < JournalFormat.headerLength {
        #expect(sink.isRemoved)
      } else {
        let expected = SampleJournal.file(recordCount: wholeBatches * 3).bytes
        #expect(sink.bytes == expected, "limit \(limit)")
        #expect(file.ends.count { $0 <= limit } / 3 == wholeBatches)
      }
    }
  }

  @Test func `when space is there again the next batch succeeds`() throws {
    let sink = FaultySink(.init(afterBytes: 60, isOnce: true))
    let writer = try JournalWriter(sink)
    #expect(throws: FaultySink.noSpace) { try writer.append(SampleJournal.batch(4..<8)) }
    try writer.append(SampleJournal.batch(0..<3))
    #expect(sink.bytes == SampleJournal.file(recordCount: 3).bytes)
  }

  @Test func `nothing is written behind half a batch that could not be cut off`() throws {
    let length = SampleJournal.file(recordCount: 3).ends[2]
    let sink = FaultySink(.init(afterBytes: length + 40, truncationFails: true, isOnce: true))
    let writer = try JournalWriter(sink)
    try writer.append(SampleJournal.batch(0..<3))
    #expect(throws: FaultySink.noSpace) { try writer.append(SampleJournal.batch(3..<6)) }
    #expect(throws: FaultySink.noSpace) { try writer.append(SampleJournal.batch(6..<9)) }
    let scan = JournalScan(sink.bytes)
    #expect(scan.records.map(\.key) == (0..<4).map(SampleJournal.key))
  }

  @Test func `batches of many threads never mix`() throws {
    let sink = FaultySink(.init(bytesPerCall: 64))
    let writer = try JournalWriter(sink)
    let failures = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for round in 0..<50 {
        let start = (thread * 50 + round) * 3
        do {
          try writer.append(SampleJournal.batch(start..<start + 3))
        } catch {
          failures.add(1, ordering: .relaxed)
        }
      }
    }
    #expect(failures.load(ordering: .relaxed) == 0)
    let scan = JournalScan(sink.bytes)
    #expect(Set(scan.records.map(\.key)) == Set((0..<1200).map(SampleJournal.key)))
    #expect((scan.damagedStretches, scan.tornBytes) == (0, 0))
  }

  @Test func `the file is synced when the interval is over and at the end`() throws {
    let sink = FaultySink()
    let writer = try JournalWriter(sink, syncInterval: .zero)
    let atStart = sink.synchronizations
    try writer.append(SampleJournal.batch(0..<1))
    #expect(sink.synchronizations == atStart + 1)
    try writer.finish()
    #expect(sink.synchronizations == atStart + 2)

    let lazy = FaultySink()
    let lazyWriter = try JournalWriter(lazy, syncInterval: .seconds(3600))
    try lazyWriter.append(SampleJournal.batch(0..<1))
    #expect(lazy.synchronizations == 0)
  }

  @Test func `an error of the last sync is thrown`() throws {
    let sink = FaultySink(.init(synchronizationFails: true))
    let writer = try JournalWriter(sink)
    try writer.append(SampleJournal.batch(0..<1))
    #expect(throws: FaultySink.noSpace) { try writer.finish() }
  }

  @Test func `a journal without records is removed`() throws {
    let sink = FaultySink()
    let writer = try JournalWriter(sink)
    try writer.append(JournalBatch())
    try writer.finish()
    #expect(sink.isRemoved)
  }

  @Test func `an encoder that throws leaves the batch as it was`() throws {
    var batch = SampleJournal.batch(0..<2)
    let before = batch.bytes
    #expect(throws: FaultySink.noSpace) {
      try batch.add(SampleJournal.key(9)) { bytes in
        bytes.append(1)
        throw FaultySink.noSpace
      }
    }
    #expect(batch.bytes == before && batch.recordCount == 2)
  }
}
