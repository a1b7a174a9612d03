#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Memory that nobody has written to yet; `nil` when the system has not so much.
package func reserveMemory(_ byteCount: Int) -> UnsafeMutableRawPointer? {
  unsafe preferringLargePages(malloc(byteCount), byteCount)
}

/// The same memory with another size, moved where it must be; `nil` when the system has not so much, and
/// then the old one stays.
package func resizeMemory(
  _ base: UnsafeMutableRawPointer, to byteCount: Int
) -> UnsafeMutableRawPointer? {
  unsafe preferringLargePages(realloc(base, byteCount), byteCount)
}

package func releaseMemory(_ base: UnsafeMutableRawPointer) { unsafe free(base) }

/// Wishes for large pages where the system has them: a page fault for each 4 KiB takes as long as to parse
/// the numbers that go there.
private func preferringLargePages(
  _ base: UnsafeMutableRawPointer?, _ byteCount: Int
) -> UnsafeMutableRawPointer? {
  #if os(Linux)
    guard let base = unsafe base else { return nil }
    let pageSize = Int(getpagesize())
    let start = (pageSize - Int(bitPattern: base) % pageSize) % pageSize
    if start < byteCount {
      // Where it is not granted all is as it was.
      _ = unsafe madvise(base + start, byteCount - start, MADV_HUGEPAGE)
    }
  #endif
  return unsafe base
}
