import Glibc
import Sweeping
import Tables

/// Writes to stdout and stderr, unbuffered and whole.
enum Terminal {
  /// - Throws: `writingFailed` when nobody takes it, so that a full disk is no success. A reader
  ///   that has gone, as `head` does, is none of our business.
  static func print(_ text: String) throws(Failure) {
    if let reason = write(text, to: STDOUT_FILENO) {
      throw Failure(.writingFailed, "stdout: cannot be written: \(reason)")
    }
  }

  static func printError(_ text: String) {
    StandardError.write(text.hasSuffix("\n") ? text : text + "\n")
  }

  private static func write(_ text: String, to file: Int32) -> String? {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { bytes in
        unsafe Glibc.write(file, bytes.baseAddress, bytes.count)
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        return errno == EPIPE ? nil : WholeFile.systemReason()
      }
    }
    return nil
  }
}
