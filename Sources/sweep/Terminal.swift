import Platform

/// Writes to stdout and stderr, unbuffered and whole.
enum Terminal {
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

  static func printError(_ text: String) {
    StandardStream.error.writeIfTaken(text.hasSuffix("\n") ? text : text + "\n")
  }
}
