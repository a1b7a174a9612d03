#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The process's own output streams, unbuffered and whole.
package enum StandardStream: Int32, Sendable {
  case output = 1
  case error = 2

  package var isTerminal: Bool { isatty(rawValue) == 1 }

  package func write(_ text: String) throws(SystemError) {
    try writeAll(text.systemBytes.span, to: rawValue)
  }

  /// Progress and messages are no result: nobody has to take them.
  @Sendable package func writeIfTaken(_ text: String) { try? write(text) }
}
