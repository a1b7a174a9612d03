import FoundationEssentials
import Platform
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
    do throws(SystemError) {
      try StandardStream.output.write(text)
    } catch {
      if error.isReaderGone { return }
      throw Failure(.writingFailed, "stdout: cannot be written: \(error)")
    }
  }

  /// Text for a reader: in ASCII where the locale has nothing else.
  static func show(_ text: String) throws(Failure) {
    try print(OutputLocale.isUnicode ? text : asciiText(text))
  }

  /// The same on stderr, where nobody is told that it cannot be written.
  static func printError(_ text: String) {
    let line = text.hasSuffix("\n") ? text : text + "\n"
    StandardStream.error.writeIfTaken(OutputLocale.isUnicode ? line : asciiText(line))
  }

  /// Whether an error shows the line that it is about: when somebody looks.
  static var showsExcerpts: Bool { StandardStream.error.isTerminal }

  /// The columns of the terminal.
  static var width: Int {
    ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80
  }
}
