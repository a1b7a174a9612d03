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
  /// On any error the temporary file is removed and what was at `path` stays. A symbolic link is
  /// replaced and not followed. A `path` that is a device or a pipe, such as `/dev/stdout`, is written
  /// to directly.
  package static func write(_ pieces: [[UInt8]], to path: String) throws(FileError) {
    do throws(SystemError) {
      if isDeviceOrPipe(path) {
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

  /// Removes what writers that were killed left in a folder. A writer that lives has its file locked.
  package static func removeLeftovers(in folder: String) throws(FileError) {
    for name in try Folder.names(in: folder) where isTemporary(name) {
      let path = folder + "/" + name
      guard let file = try? OpenFile(path, for: .appending),
        (try? file.lock(exclusive: true)) == .locked
      else { continue }
      try Folder.removeFile(path)
    }
  }

  private static func replace(_ path: String, with pieces: [[UInt8]]) throws(SystemError) {
    let temporary = temporaryPath(for: path)
    let file = try OpenFile(temporary, for: .creating)
    do throws(SystemError) {
      _ = try file.lock(exclusive: true)
      for piece in pieces { try file.writeAll(piece.span) }
      try file.synchronize()
      let isRenamed = unsafe withSystemText(temporary) { old in
        unsafe withSystemText(path) { new in unsafe rename(old, new) == 0 }
      }
      if !isRenamed { throw .last }
    } catch {
      _ = unsafe withSystemText(temporary) { unsafe unlink($0) }
      throw error
    }
  }

  private static func temporaryPath(for path: String) -> String {
    // By bytes: a slash before a combining accent is no `Character` of its own.
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folderEnd = slash.map { path.utf8.index(after: $0) } ?? path.startIndex
    let (folder, name) = (path[..<folderEnd], path[folderEnd...])
    let random = String(UInt32.random(in: .min ... .max), radix: 16)
    // A name that leaves room for the suffix within the 255 bytes of a file name.
    return "\(folder).\(name.prefix(40)).\(getpid())-\(random).tmp"
  }

  /// Whether a name is one that `temporaryPath` makes.
  private static func isTemporary(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 4, parts[0].isEmpty, parts.last == "tmp" else { return false }
    let numbers = parts[parts.count - 2].split(separator: "-", omittingEmptySubsequences: false)
    return numbers.count == 2 && UInt32(numbers[0]) != nil && UInt32(numbers[1], radix: 16) != nil
  }

  /// Whether bytes go to whoever is at the other end. Links in /dev are the system's; others may be
  /// anybody's.
  private static func isDeviceOrPipe(_ path: String) -> Bool {
    let status =
      path.hasPrefix("/dev/") ? try? FileStatus(of: path) : try? FileStatus(ofLink: path)
    return status?.kind == .pipe || status?.kind == .device
  }

  /// All bytes of a regular file.
  /// - Parameter allowsPipes: whether a pipe may stand for it, which is read to its end.
  package static func read(
    _ path: String, allowsPipes: Bool = false
  ) throws(FileError) -> [UInt8] {
    let reason: String
    do throws(SystemError) {
      let file = try OpenFile(path, for: .polling)
      let status = try file.status()
      switch status.kind {
      case .regular where status.size <= largestSize:
        // The file may grow meanwhile, or have no size, as in /proc.
        return try file.readAll(expecting: status.size)
      case .pipe where allowsPipes: return try file.readAll(expecting: 0)
      case .regular: reason = "it does not fit in this machine's memory"
      case .folder: reason = "is a directory"
      case .pipe, .device, .link: reason = "it is no regular file"
      }
    } catch {
      throw error.isNotFound
        ? .notFound(path: path) : .notReadable(path: path, reason: error.description)
    }
    throw .notReadable(path: path, reason: reason)
  }

  /// The first 64 KiB of a file of the system, whose size says nothing; nothing where it is not there.
  static func readSystemText(_ path: String) -> String {
    let bytes = try? OpenFile(path, for: .reading).read(upTo: 1 << 16)
    return String(decoding: bytes ?? [], as: UTF8.self)
  }

  /// Half of the memory: what is read will also be taken apart.
  fileprivate static var largestSize: Int { MachineMemory.bytes / 2 }
}

extension OpenFile {
  /// Everything up to the end, where no more than `largestSize` comes.
  borrowing func readAll(expecting size: Int) throws(SystemError) -> [UInt8] {
    var capacity = max(size, 1 << 16) + 1
    var bytes: [UInt8] = []
    while true {
      let piece = try read(upTo: capacity)
      if bytes.isEmpty { bytes = piece } else { bytes += piece }
      if piece.count < capacity { return bytes }
      if bytes.count > WholeFile.largestSize { throw SystemError(code: EFBIG) }
      capacity = 1 << 20
    }
  }

  /// Reads until `capacity` bytes are there or the file ends.
  package borrowing func read(upTo capacity: Int) throws(SystemError) -> [UInt8] {
    let descriptor = descriptor
    var failure: SystemError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
      do throws(SystemError) {
        while filled < capacity {
          let rest = unsafe UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
          let count = try unsafe readWhenReady(into: rest, from: descriptor)
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

/// Reads what comes, waiting for it where the file is a pipe; a signal that asks to stop ends the wait.
private func readWhenReady(
  into buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32
) throws(SystemError) -> Int {
  while true {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let isReady = unsafe poll(&request, 1, 100) > 0
    if Interruption.isRequested { throw SystemError(code: EINTR) }
    guard isReady else { continue }
    do throws(SystemError) {
      return try unsafe readSome(into: buffer, from: descriptor)
    } catch {
      if !error.isTryAgain { throw error }
    }
  }
}
