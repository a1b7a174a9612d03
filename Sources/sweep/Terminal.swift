import FoundationEssentials
import Glibc
import Sweeping
import Tables

/// Writes to stdout and stderr, unbuffered and whole.
///
/// What comes from files, paths and names has been through `printable` before.
enum Terminal {
  /// Text for another program, or a document: as it is.
  /// - Throws: `writingFailed` when nobody takes it, so that a full disk is no success. A reader
  ///   that has gone, as `head` does, is none of our business.
  static func print(_ text: String) throws(Failure) {
    if let reason = write(text, to: STDOUT_FILENO) {
      throw Failure(.writingFailed, "stdout: cannot be written: \(reason)")
    }
  }

  /// Text for a reader: in ASCII where the locale has nothing else.
  static func show(_ text: String) throws(Failure) {
    try print(OutputLocale.isUnicode ? text : asciiText(text))
  }

  /// The same on stderr, where nobody is told that it cannot be written.
  static func printError(_ text: String) {
    let line = text.hasSuffix("\n") ? text : text + "\n"
    StandardError.write(OutputLocale.isUnicode ? line : asciiText(line))
  }

  /// Whether an error shows the line that it is about: when somebody looks.
  static var showsExcerpts: Bool { isatty(STDERR_FILENO) == 1 }

  /// The columns of the terminal.
  static var width: Int {
    ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80
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
