#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open file; the system closes it with its owner.
@safe
package struct OpenFile: ~Copyable, Sendable {
  /// What may be done with it.
  package enum Access: Sendable {
    case reading
    /// Reading without waiting: for a writer to come, or for bytes.
    case polling
    /// Writing to what is there: a device or a pipe.
    case writing
    /// Writing to the end of a new file; one that is there is an error.
    case creating
    /// Writing to the end of a file or a device that the user names, made when it is not there.
    case extending
    /// Reading, and writing to the end of a file that is made when it is not there. A symbolic link is an
    /// error: what it points at is not ours.
    case appending
    /// A folder, to be synchronised.
    case folder

    fileprivate var flags: Int32 {
      switch self {
      case .reading: O_RDONLY
      case .polling: O_RDONLY | O_NONBLOCK | O_NOCTTY
      case .writing: O_WRONLY
      case .extending: O_WRONLY | O_CREAT | O_APPEND
      case .creating: O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW
      case .appending: O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW
      case .folder: O_RDONLY | O_DIRECTORY
      }
    }
  }

  let descriptor: Int32

  package init(_ path: String, for access: Access) throws(SystemError) {
    descriptor = unsafe withSystemText(path) { unsafe open($0, access.flags | O_CLOEXEC, 0o666) }
    if descriptor < 0 { throw .last }
  }

  /// Another handle of the standard input.
  package init(standardInput: Void) throws(SystemError) {
    descriptor = dup(0)
    if descriptor < 0 { throw .last }
  }

  deinit { close(descriptor) }

  package borrowing func status() throws(SystemError) -> FileStatus {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .last }
    return FileStatus(status)
  }

  /// Reads up to `buffer.count` bytes from where the last read ended.
  /// - Returns: how many; zero at the end.
  package borrowing func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int {
    try unsafe readSome(into: buffer, from: descriptor)
  }

  /// Reads until `buffer` is full or the file ends, from `offset` on.
  /// - Returns: how many bytes; fewer only at the end of the file.
  package borrowing func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(SystemError) -> Int {
    let descriptor = descriptor
    var done = 0
    while done < buffer.count {
      let count = try retryingCount {
        unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done,
          off_t(offset + done))
      }
      if count == 0 { break }
      done += count
    }
    return done
  }

  /// Waits until a read would return at once.
  /// - Returns: whether it would; false when the time was up or a signal came.
  package borrowing func waitForInput(milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, milliseconds) > 0
  }

  /// Writes some of `bytes`, at least one of them.
  /// - Returns: how many.
  package borrowing func write(_ bytes: Span<UInt8>) throws(SystemError) -> Int {
    try writeSome(bytes, to: descriptor)
  }

  package borrowing func writeAll(_ bytes: Span<UInt8>) throws(SystemError) {
    try Platform.writeAll(bytes, to: descriptor)
  }

  /// Cuts the file back to its first `length` bytes.
  package borrowing func truncate(to length: Int) throws(SystemError) {
    let descriptor = descriptor
    try retrying { ftruncate(descriptor, off_t(length)) }
  }

  /// Returns when the contents would survive a loss of power.
  package borrowing func synchronize() throws(SystemError) {
    let descriptor = descriptor
    #if canImport(Darwin)
      // There `fsync` leaves the bytes in the cache of the drive. Some file systems know no other.
      if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
      try retrying { fsync(descriptor) }
    #else
      try retrying { fdatasync(descriptor) }
    #endif
  }

  /// The same for a folder: its list of names. Some network file systems cannot; they need not.
  package borrowing func synchronizeNames() throws(SystemError) {
    let descriptor = descriptor
    do throws(SystemError) {
      try retrying { fsync(descriptor) }
    } catch {
      if error.code != EINVAL { throw error }
    }
  }

  /// What became of a wish for a lock.
  package enum LockOutcome: Hashable, Sendable {
    case locked
    /// Another process holds it.
    case held
    /// This file system has no locks.
    case notSupported
  }

  /// Asks for a lock of the whole file, without waiting. It goes with the process, however it ends.
  package borrowing func lock(exclusive: Bool) throws(SystemError) -> LockOutcome {
    let descriptor = descriptor
    do throws(SystemError) {
      try retrying { flock(descriptor, (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) }
      return .locked
    } catch {
      switch error.code {
      case EWOULDBLOCK: return .held
      case ENOLCK, ENOSYS, EOPNOTSUPP: return .notSupported
      default: throw error
      }
    }
  }
}

/// The one loop that hands bytes to the system: it takes as many as it likes, and signals interrupt.
func writeAll(_ bytes: Span<UInt8>, to descriptor: Int32) throws(SystemError) {
  var done = 0
  while done < bytes.count {
    done += try writeSome(bytes.extracting(done...), to: descriptor)
  }
}

func readSome(
  into buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32
) throws(SystemError) -> Int {
  try retryingCount { unsafe read(descriptor, buffer.baseAddress, buffer.count) }
}

private func writeSome(
  _ bytes: Span<UInt8>, to descriptor: Int32
) throws(SystemError) -> Int {
  let count = try retryingCount {
    unsafe bytes.withUnsafeBytes {
      unsafe write(descriptor, $0.baseAddress, $0.count)
    }
  }
  // POSIX allows it for devices; a loop would never end.
  if count == 0, !bytes.isEmpty { throw SystemError(code: EIO) }
  return count
}
