import Platform

/// A stretch of a data file in memory.
///
/// It is to be read before its file is asked for the one after the next, which takes the same memory.
@safe
final class FileWindow: @unchecked Sendable {
  // SAFETY: `buffer` keeps the memory, and nobody writes to it but `DataFile.next`.
  let path: String
  let base: UnsafeRawPointer
  let count: Int
  /// Whether the file ends with it.
  let isLast: Bool
  /// What was read for it, without what it carries over from the one before: each piece counted.
  let pieces: [Piece]
  private let buffer: FileBuffer

  struct Piece: Sendable {
    var bytes: Range<Int>
    var counts: ByteCounts
  }

  init(
    _ buffer: FileBuffer, _ range: Range<Int>, pieces: [Piece], path: String, isLast: Bool
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= buffer.capacity)
    self.path = path
    self.buffer = buffer
    unsafe base = UnsafeRawPointer(buffer.base) + range.lowerBound
    count = range.count
    self.isLast = isLast
    self.pieces = pieces
  }

  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    return unsafe base.load(fromByteOffset: index, as: UInt8.self)
  }
}

/// Memory for bytes that are read.
@safe
final class FileBuffer: @unchecked Sendable {
  // SAFETY: each part is written by one thread at a time, and read when it is written.
  let base: UnsafeMutableRawPointer
  let capacity: Int

  /// `nil` when there is not so much.
  init?(capacity: Int) {
    guard capacity <= MachineMemory.bytes, let base = unsafe reserveMemory(max(capacity, 1))
    else { return nil }
    unsafe self.base = base
    self.capacity = capacity
  }

  deinit { unsafe releaseMemory(base) }

  /// The bytes at some places.
  func part(_ range: Range<Int>) -> UnsafeMutableRawBufferPointer {
    precondition(range.lowerBound >= 0 && range.upperBound <= capacity)
    return unsafe UnsafeMutableRawBufferPointer(
      start: base + range.lowerBound, count: range.count)
  }
}
