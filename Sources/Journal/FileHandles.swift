package import Platform

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
    do throws(SystemError) {
      try open(neededCount)
    } catch {
      throw .notWritten(
        path: output, reason: "\(error): a sweep needs \(neededCount) more (ulimit -n)")
    }
  }

  /// Opens this many at the same time, and closes them.
  private static func open(_ count: Int) throws(SystemError) {
    let handle = try OpenFile("/dev/null", for: .reading)
    if count > 1 { try open(count - 1) }
    _ = handle
  }
}
