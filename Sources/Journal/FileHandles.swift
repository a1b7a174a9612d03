import Glibc
package import Tables

/// The file handles that a sweep needs while it runs.
package enum FileHandles {
  /// Dispatch makes an `epoll`, an `eventfd` and a `timerfd` when it first needs them, and traps
  /// when it cannot; the journal and the tables take one or two each.
  private static let neededCount = 8

  /// Throws when the process may not open enough further files to come through a sweep.
  ///
  /// Call it before anything runs in parallel.
  /// - Parameter output: the folder that could not be written, for the message.
  package static func require(for output: String) throws(FileError) {
    var handles: [Int32] = []
    defer { for handle in handles { close(handle) } }
    while handles.count < neededCount {
      let handle = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
      guard handle >= 0 else {
        let reason = WholeFile.systemReason()
        throw .notWritten(
          path: output, reason: "\(reason): a sweep needs \(neededCount) more (ulimit -n)")
      }
      handles.append(handle)
    }
  }
}
