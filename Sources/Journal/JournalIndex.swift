/// From keys to small integers in the order of their arrival: a hash table for keys that are
/// hashes already.
///
/// Open addressing with linear probing, at most half full. Faster than `Dictionary`, which would
/// hash the 16 bytes again.
struct JournalIndex: Sendable {
  private(set) var keys: [JournalKey] = []
  /// The position in `keys` plus one; zero is free.
  private var slots = [UInt32](repeating: 0, count: 1 << 10)

  /// The position of `key`, or `nil`.
  func position(of key: JournalKey) -> Int? {
    let found = slots[slot(for: key)]
    return found == 0 ? nil : Int(found) - 1
  }

  /// The position of `key`, which is added if it is not there.
  mutating func insert(_ key: JournalKey) -> (position: Int, isNew: Bool) {
    let slot = slot(for: key)
    if slots[slot] != 0 { return (Int(slots[slot]) - 1, false) }
    keys.append(key)
    slots[slot] = UInt32(keys.count)
    if keys.count * 2 > slots.count { grow() }
    return (keys.count - 1, true)
  }

  /// Where `key` is, or would go.
  private func slot(for key: JournalKey) -> Int {
    let mask = slots.count - 1
    // The product spreads keys that are not hashes, such as those of tests.
    let spread = (key.low ^ (key.high &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    var slot = Int(truncatingIfNeeded: spread >> 32) & mask
    while slots[slot] != 0, keys[Int(slots[slot]) - 1] != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 4)
    for (position, key) in keys.enumerated() { slots[slot(for: key)] = UInt32(position + 1) }
  }
}
