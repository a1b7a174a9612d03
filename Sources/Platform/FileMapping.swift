#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bytes of a file, mapped where possible and read otherwise (a pipe, say).
///
/// Whoever holds it sees the file as it is on disk: nobody should write to it meanwhile.
@safe
package final class FileMapping: @unchecked Sendable {
  // SAFETY: the memory is never written after `init` and lives until `deinit`.
  package let base: UnsafeRawPointer
  package let count: Int
  private let isMapped: Bool

  package init(_ path: String) throws(FileError) {
    do throws(SystemError) {
      let file = try OpenFile(path, for: .reading)
      let status = try file.status()
      if status.kind == .regular, status.size > 0,
        let base = unsafe mmap(nil, status.size, PROT_READ, MAP_PRIVATE, file.descriptor, 0),
        unsafe base != MAP_FAILED
      {
        unsafe madvise(base, status.size, MADV_WILLNEED)
        unsafe (self.base, count) = (UnsafeRawPointer(base), status.size)
        isMapped = true
      } else {
        unsafe (base, count) = try Self.copy(of: file)
        isMapped = false
      }
    } catch {
      throw error.isNotFound
        ? .notFound(path: path) : .notReadable(path: path, reason: error.description)
    }
  }

  deinit {
    let base = unsafe UnsafeMutableRawPointer(mutating: base)
    if isMapped {
      unsafe munmap(base, count)
    } else {
      unsafe free(base)
    }
  }

  /// A read of the whole file into memory of its own; the caller frees it.
  private static func copy(
    of file: borrowing OpenFile
  ) throws(SystemError) -> (base: UnsafeRawPointer, count: Int) {
    var (count, capacity) = (0, 1 << 16)
    var base = unsafe malloc(capacity)
    while let buffer = unsafe base {
      do throws(SystemError) {
        let got = try unsafe file.read(
          into: UnsafeMutableRawBufferPointer(start: buffer + count, count: capacity - count))
        if got == 0 { return (UnsafeRawPointer(buffer), count) }
        count += got
      } catch {
        unsafe free(buffer)
        throw error
      }
      if count == capacity {
        capacity *= 2
        unsafe base = realloc(buffer, capacity)
        if unsafe base == nil { unsafe free(buffer) }
      }
    }
    throw SystemError(code: ENOMEM)
  }
}
