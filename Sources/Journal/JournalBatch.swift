/// Records that are written together: those of one finished task.
///
/// A batch is filled by one worker without any lock and handed to `JournalWriter.append` once.
package struct JournalBatch: Sendable {
  /// The frames, as they will lie in the file.
  package private(set) var bytes: [UInt8] = []
  package private(set) var recordCount = 0

  /// - Parameter byteCount: how much will come, as far as one knows.
  package init(reserving byteCount: Int = 0) {
    bytes.reserveCapacity(byteCount)
  }

  /// Adds a record whose payload `encode` appends to the array it is given.
  ///
  /// `encode` must only append.
  package mutating func add(_ key: JournalKey, encode: (inout [UInt8]) throws -> Void) rethrows {
    let start = bytes.count
    bytes += JournalFormat.blankHead
    do {
      try encode(&bytes)
    } catch {
      bytes.removeSubrange(start...)
      throw error
    }
    precondition(bytes.count >= start + JournalFormat.headLength)
    JournalFormat.seal(&bytes, from: start, key: key)
    recordCount += 1
  }

  /// Adds a record.
  package mutating func add(_ key: JournalKey, payload: [UInt8]) {
    add(key) { $0.append(contentsOf: payload) }
  }

  /// Empties the batch but keeps its memory.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    recordCount = 0
  }
}
