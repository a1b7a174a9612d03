#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Memory that nobody has written to yet; `nil` when the system has not so much.
package func reserveMemory(_ byteCount: Int) -> UnsafeMutableRawPointer? {
  unsafe malloc(byteCount)
}

/// The same memory with another size, moved where it must be; `nil` when the system has not so much, and
/// then the old one stays.
package func resizeMemory(
  _ base: UnsafeMutableRawPointer, to byteCount: Int
) -> UnsafeMutableRawPointer? {
  unsafe realloc(base, byteCount)
}

package func releaseMemory(_ base: UnsafeMutableRawPointer) { unsafe free(base) }
