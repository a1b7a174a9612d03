/// What a record is filed under: 128 bits of a content hash.
///
/// Two jobs with one key are one job, so the hash must cover everything that the job's numbers
/// depend on.
package struct JournalKey: Hashable, Comparable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  package static func < (left: JournalKey, right: JournalKey) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}
