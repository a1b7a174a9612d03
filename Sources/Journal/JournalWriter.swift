package import Platform
import Synchronization

/// Appends batches of records to one journal file, from any number of threads.
///
/// A batch is in the system's hands when `append` returns: killing the process after that loses
/// nothing of it. Against a loss of power the file is synced every few seconds and by `finish`.
///
/// When a write fails (no space, an i/o error), the file is cut back to the last whole batch and
/// the error is thrown; the file stays good and a later batch may still succeed.
package final class JournalWriter: Sendable {
  private struct State {
    /// Bytes of the header and of all batches that are whole.
    var length = 0
    var recordCount = 0
    var nextSync: ContinuousClock.Instant
    /// The file may end in half a batch: nothing may follow it.
    var broken: FileError?
  }

  private let sink: any JournalSink
  private let syncInterval: Duration
  private let state: Mutex<State>

  /// Writes the header.
  /// - Parameter stamp: what is to be known about all records of the file, returned by the scan.
  package init(
    _ sink: any JournalSink, stamp: [UInt8] = [], syncInterval: Duration = .seconds(5)
  ) throws(FileError) {
    self.sink = sink
    self.syncInterval = syncInterval
    state = Mutex(State(nextSync: .now + syncInterval))
    do {
      try append(JournalFormat.header(stamp: stamp), recordCount: 0)
    } catch {
      // The error that matters is the first one.
      try? sink.remove()
      throw error
    }
  }

  /// How many records were appended.
  package var recordCount: Int { state.withLock { $0.recordCount } }

  /// Writes the batch with one call of the system.
  package func append(_ batch: JournalBatch) throws(FileError) {
    guard batch.recordCount > 0 else { return }
    try append(batch.bytes, recordCount: batch.recordCount)
  }

  /// Syncs the file, or removes it when no record came.
  package func finish() throws(FileError) {
    if recordCount == 0 {
      try sink.remove()
    } else {
      try sink.synchronize()
    }
  }

  /// Takes the file away: what is in it must not be used.
  package func discard() throws(FileError) { try sink.remove() }

  private func append(_ bytes: [UInt8], recordCount: Int) throws(FileError) {
    let isSyncDue = try state.withLock { (state) throws(FileError) -> Bool in
      if let broken = state.broken { throw broken }
      do throws(FileError) {
        var done = 0
        while done < bytes.count {
          done += try sink.write(bytes.span.extracting(done...))
        }
      } catch {
        do throws(FileError) {
          try sink.truncate(to: state.length)
        } catch {
          state.broken = error
        }
        throw error
      }
      state.length += bytes.count
      state.recordCount += recordCount
      let now = ContinuousClock.now
      guard now >= state.nextSync else { return false }
      state.nextSync = now + syncInterval
      return true
    }
    // Outside the lock: the others go on writing meanwhile.
    if isSyncDue { try sink.synchronize() }
  }
}
