#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The absolute path of something that is there, with all links resolved, or `nil`.
package func realPath(_ path: String) -> String? {
  guard let real = unsafe realpath(path, nil) else { return nil }
  // SAFETY: the system ends the path with a zero byte, and leaves it to the caller to free.
  defer { unsafe free(real) }
  return unsafe String(cString: real)
}
