#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why a system call failed: its error number, and the system's text for it.
package struct SystemError: Error, Hashable, CustomStringConvertible {
  package let code: Int32

  package init(code: Int32) { self.code = code }

  /// The error of the last system call that failed on this thread.
  static var last: SystemError { SystemError(code: errno) }

  /// Nothing is there, or what should be a folder on the way is none.
  package var isNotFound: Bool { code == ENOENT || code == ENOTDIR }
  /// Nothing to read for now.
  package var isTryAgain: Bool { code == EAGAIN || code == EWOULDBLOCK }
  package var isAlreadyThere: Bool { code == EEXIST }
  /// Nobody reads from the pipe any more.
  package var isReaderGone: Bool { code == EPIPE }

  /// The system's text, its first letter in lower case.
  package var description: String {
    // Only files that are to be written are opened so.
    if code == ELOOP { return "it is a symbolic link" }
    var text = [CChar](repeating: 0, count: 256)
    guard unsafe strerror_r(code, &text, text.count) == 0 else { return "system error \(code)" }
    let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let reason = String(decoding: bytes, as: UTF8.self)
    return reason.prefix(1).lowercased() + reason.dropFirst()
  }
}

/// Calls again what a signal interrupted, until it returns a count.
func retryingCount(_ call: () -> Int) throws(SystemError) -> Int {
  while true {
    let count = call()
    if count >= 0 { return count }
    if errno != EINTR { throw .last }
  }
}

/// Calls again what a signal interrupted, until it succeeds.
func retrying(_ call: () -> Int32) throws(SystemError) {
  _ = try retryingCount { Int(call()) }
}
