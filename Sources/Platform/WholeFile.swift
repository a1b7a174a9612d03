#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads and writes files whole: a reader never sees half of a file that was written here.
package enum WholeFile {
  /// Writes `pieces`, one after another, to a temporary file in the same folder, syncs it and renames it
  /// to `path`.
  ///
  /// On any error the temporary file is removed and what was at `path` stays. A `path` that is a
  /// device or a pipe, such as `/dev/stdout`, cannot be replaced and is written to directly.
  package static func write(_ pieces: [[UInt8]], to path: String) throws(FileError) {
    do throws(SystemError) {
      if (try? FileStatus(of: path))?.kind == .special {
        let file = try OpenFile(path, for: .writing)
        for piece in pieces { try file.writeAll(piece.span) }
      } else {
        try replace(path, with: pieces)
      }
    } catch {
      throw .notWritten(path: path, reason: error.description)
    }
  }

  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try write([bytes], to: path)
  }

  package static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  private static func replace(_ path: String, with pieces: [[UInt8]]) throws(SystemError) {
    let temporary = temporaryPath(for: path)
    let file = try OpenFile(temporary, for: .creating)
    do throws(SystemError) {
      for piece in pieces { try file.writeAll(piece.span) }
      try file.synchronize()
      if unsafe rename(temporary, path) != 0 { throw .last }
    } catch {
      unsafe unlink(temporary)
      throw error
    }
  }

  private static func temporaryPath(for path: String) -> String {
    let folderEnd = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let (folder, name) = (path[..<folderEnd], path[folderEnd...])
    let random = String(UInt32.random(in: .min ... .max), radix: 16)
    // A name that leaves room for the suffix within the 255 bytes of a file name.
    return "\(folder).\(name.prefix(40)).\(getpid())-\(random).tmp"
  }

  /// All bytes of a file.
  package static func read(_ path: String) throws(FileError) -> [UInt8] {
    do throws(SystemError) {
      let file = try OpenFile(path, for: .reading)
      // Straight into memory of the size that the file has now; a pipe has none, and another process
      // may be appending, so what does not fit follows in pieces.
      var capacity = max(try file.status().size, 1 << 16) + 1
      var bytes: [UInt8] = []
      while true {
        let piece = try file.read(upTo: capacity)
        if bytes.isEmpty { bytes = piece } else { bytes += piece }
        if piece.count < capacity { return bytes }
        capacity = 1 << 20
      }
    } catch {
      throw error.isNotFound
        ? .notFound(path: path) : .notReadable(path: path, reason: error.description)
    }
  }
}

extension OpenFile {
  /// Reads until `capacity` bytes are there or the file ends.
  package borrowing func read(upTo capacity: Int) throws(SystemError) -> [UInt8] {
    let descriptor = descriptor
    var failure: SystemError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
      do throws(SystemError) {
        while filled < capacity {
          let rest = unsafe UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
          let count = try unsafe readSome(into: rest, from: descriptor)
          if count == 0 { return }
          filled += count
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
