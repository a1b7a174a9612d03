import Platform

/// A stretch of a data file in memory.
///
/// It is to be read before its file is asked for the next one, which takes the same memory.
@safe
final class FileWindow: @unchecked Sendable {
  // SAFETY: `buffer` keeps the memory, and nobody writes to it but `DataFile.next`.
  let path: String
  let base: UnsafeRawPointer
  let count: Int
  /// Whether the file ends with it.
  let isLast: Bool
  private let buffer: FileBuffer

  init(_ buffer: FileBuffer, _ range: Range<Int>, path: String, isLast: Bool) {
    precondition(range.lowerBound >= 0 && range.upperBound <= buffer.capacity)
    self.path = path
    self.buffer = buffer
    unsafe base = UnsafeRawPointer(buffer.base) + range.lowerBound
    count = range.count
    self.isLast = isLast
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
