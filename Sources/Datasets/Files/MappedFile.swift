import Glibc
import Tables

/// The bytes of a file, mapped where possible and read otherwise (a pipe, say).
///
/// Whoever holds it sees the file as it is on disk: nobody should write to it meanwhile.
@safe
final class MappedFile: @unchecked Sendable {
  // SAFETY: the memory is never written after `init` and lives until `deinit`.
  let path: String
  let base: UnsafeRawPointer
  let count: Int
  private let isMapped: Bool

  init(_ path: String) throws(DatasetError) {
    self.path = path
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? .file(.notFound(path: path))
        : .file(.notReadable(path: path, reason: WholeFile.systemReason()))
    }
    defer { close(file) }
    var status = stat()
    if unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
      let base = unsafe mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, file, 0),
      unsafe base != MAP_FAILED
    {
      unsafe madvise(base, Int(status.st_size), MADV_WILLNEED)
      unsafe self.base = UnsafeRawPointer(base)
      count = Int(status.st_size)
      isMapped = true
      return
    }
    isMapped = false
    (unsafe base, count) = try unsafe Self.copy(of: file, path)
  }

  var bytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: base, count: count)
  }

  subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count)
    return unsafe base.load(fromByteOffset: index, as: UInt8.self)
  }

  deinit {
    if isMapped {
      unsafe munmap(UnsafeMutableRawPointer(mutating: base), count)
    } else {
      unsafe free(UnsafeMutableRawPointer(mutating: base))
    }
  }

  /// A read of the whole file into memory of its own; the caller frees it.
  private static func copy(
    of file: Int32, _ path: String
  ) throws(DatasetError) -> (base: UnsafeRawPointer, count: Int) {
    var (count, capacity) = (0, 1 << 16)
    var base = unsafe malloc(capacity)
    while let buffer = unsafe base {
      let got = unsafe read(file, buffer + count, capacity - count)
      if got == 0 { return (UnsafeRawPointer(buffer), count) }
      if got < 0, errno != EINTR {
        let reason = WholeFile.systemReason()
        unsafe free(buffer)
        throw .file(.notReadable(path: path, reason: reason))
      }
      count += max(got, 0)
      if count == capacity {
        capacity *= 2
        unsafe base = realloc(buffer, capacity)
        if unsafe base == nil { unsafe free(buffer) }
      }
    }
    throw .file(.notReadable(path: path, reason: "out of memory"))
  }
}
