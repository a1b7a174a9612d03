import Glibc
package import Tables

/// Where a journal's bytes go: a file, or in tests a stand-in that fails or stops where it is told.
package protocol JournalSink: Sendable {
  /// Appends some of `bytes`, at least one, and returns how many.
  func write(_ bytes: Span<UInt8>) throws(FileError) -> Int
  /// Cuts back to the first `length` bytes; what is written next follows them.
  func truncate(to length: Int) throws(FileError)
  /// Returns when everything written would survive a loss of power.
  func synchronize() throws(FileError)
  /// Takes the file away, because nothing worth keeping was written.
  func remove() throws(FileError)
}

/// A new file, open for appending as long as this object lives.
package final class JournalFile: JournalSink {
  package let path: String
  private let descriptor: Int32

  /// Creates the file; returns `nil` if there is one of this name.
  package init?(creating path: String) throws(FileError) {
    self.path = path
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o666)
    if descriptor < 0 {
      if errno == EEXIST { return nil }
      throw failure()
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  package func write(_ bytes: Span<UInt8>) throws(FileError) -> Int {
    while true {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 { return count }
      if count == 0 { throw .notWritten(path: path, reason: "the system took no bytes") }
      if errno != EINTR { throw failure() }
    }
  }

  package func truncate(to length: Int) throws(FileError) {
    while ftruncate(descriptor, length) != 0 {
      if errno != EINTR { throw failure() }
    }
  }

  /// Also notices that the file, or the folder around it, was removed under the writer's hands:
  /// writing to it would succeed and be lost.
  package func synchronize() throws(FileError) {
    while fdatasync(descriptor) != 0 {
      if errno != EINTR { throw failure() }
    }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw failure() }
    if status.st_nlink == 0 {
      throw .notWritten(path: path, reason: "it was removed while the sweep wrote to it")
    }
  }

  package func remove() throws(FileError) {
    if unsafe unlink(path) != 0, errno != ENOENT { throw failure() }
  }

  private func failure() -> FileError {
    .notWritten(path: path, reason: WholeFile.systemReason())
  }
}
