import Glibc

/// Reads and writes files whole: a reader never sees half of a file that was written here.
package enum WholeFile {
  /// Writes `pieces`, one after another, to a temporary file in the same folder, syncs it and renames it
  /// to `path`.
  ///
  /// On any error the temporary file is removed and what was at `path` stays. A `path` that is a
  /// device or a pipe, such as `/dev/stdout`, cannot be replaced and is written to directly.
  package static func write(_ pieces: [[UInt8]], to path: String) throws(FileError) {
    if isDeviceOrPipe(path) {
      let file = unsafe open(path, O_WRONLY | O_CLOEXEC)
      guard file >= 0 else { throw .notWritten(path: path, reason: systemReason()) }
      let reason = writeAll(pieces, to: file)
      close(file)
      if let reason { throw .notWritten(path: path, reason: reason) }
      return
    }
    let temporary = temporaryPath(for: path)
    let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw .notWritten(path: path, reason: systemReason()) }
    var reason = writeAll(pieces, to: file)
    if reason == nil, fsync(file) != 0 { reason = systemReason() }
    if close(file) != 0, reason == nil { reason = systemReason() }
    if reason == nil, unsafe rename(temporary, path) != 0 { reason = systemReason() }
    if let reason {
      unsafe unlink(temporary)
      throw .notWritten(path: path, reason: reason)
    }
  }

  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try write([bytes], to: path)
  }

  package static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  /// All bytes of a file.
  package static func read(_ path: String) throws(FileError) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? .notFound(path: path) : .notReadable(path: path, reason: systemReason())
    }
    defer { close(file) }
    // Straight into memory of the size that the file has now; a pipe has none, and another process
    // may be appending, so what does not fit follows in pieces.
    var status = stat()
    let size = unsafe fstat(file, &status) == 0 ? Int(status.st_size) : 0
    var capacity = max(size, 1 << 16) + 1
    var bytes: [UInt8] = []
    while true {
      let piece = readPiece(of: file, capacity: capacity)
      if let reason = piece.reason { throw .notReadable(path: path, reason: reason) }
      if bytes.isEmpty { bytes = piece.bytes } else { bytes += piece.bytes }
      if piece.bytes.count < capacity { return bytes }
      capacity = 1 << 20
    }
  }

  /// Reads until `capacity` bytes are there or the file ends; fewer with a reason after an error.
  private static func readPiece(
    of file: Int32, capacity: Int
  ) -> (bytes: [UInt8], reason: String?) {
    var reason: String?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
      while filled < capacity {
        let rest = unsafe UnsafeMutableBufferPointer(rebasing: buffer[filled...])
        let count = unsafe Glibc.read(file, rest.baseAddress, rest.count)
        if count > 0 {
          filled += count
        } else if count == 0 {
          return
        } else if errno != EINTR {
          reason = systemReason()
          return
        }
      }
    }
    return (bytes, reason)
  }

  /// Makes a folder and the ones above it; one that exists is fine.
  package static func createFolder(_ path: String) throws(FileError) {
    var end = path.startIndex
    while end < path.endIndex {
      end = path[end...].firstIndex { $0 != "/" } ?? path.endIndex
      end = path[end...].firstIndex(of: "/") ?? path.endIndex
      let prefix = String(path[..<end])
      if unsafe mkdir(prefix, 0o777) == 0 || isFolder(prefix) { continue }
      // `mkdir` once more: its reason, not that of the look at what is there.
      if unsafe mkdir(prefix, 0o777) != 0 {
        throw .folderNotCreated(path: path, reason: systemReason())
      }
    }
  }

  /// Whether a folder is at `path`, through symbolic links.
  package static func isFolder(_ path: String) -> Bool {
    fileType(path) == S_IFDIR
  }

  /// The text of the last failed system call.
  package static func systemReason() -> String {
    let code = errno
    var text = [CChar](repeating: 0, count: 256)
    guard unsafe strerror_r(code, &text, text.count) == 0 else { return "system error \(code)" }
    let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let reason = String(decoding: bytes, as: UTF8.self)
    return reason.prefix(1).lowercased() + reason.dropFirst()
  }

  /// - Returns: why they could not be written, if so.
  private static func writeAll(_ pieces: [[UInt8]], to file: Int32) -> String? {
    for piece in pieces {
      if let reason = writeAll(piece, to: file) { return reason }
    }
    return nil
  }

  private static func writeAll(_ bytes: [UInt8], to file: Int32) -> String? {
    unsafe bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
        let count = unsafe Glibc.write(file, rest.baseAddress, rest.count)
        if count >= 0 {
          done += count
        } else if errno != EINTR {
          return systemReason()
        }
      }
      return nil
    }
  }

  private static func temporaryPath(for path: String) -> String {
    let folderEnd = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let (folder, name) = (path[..<folderEnd], path[folderEnd...])
    let random = String(UInt32.random(in: .min ... .max), radix: 16)
    // A name that leaves room for the suffix within the 255 bytes of a file name.
    return "\(folder).\(name.prefix(40)).\(getpid())-\(random).tmp"
  }

  private static func isDeviceOrPipe(_ path: String) -> Bool {
    guard let type = fileType(path) else { return false }
    return type != S_IFREG && type != S_IFDIR
  }

  private static func fileType(_ path: String) -> mode_t? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT
  }
}
