import Glibc

/// What another program pipes in.
package enum StandardInput {
  /// A spec is text that somebody wrote; what is larger is another file by mistake.
  package static let largest = 64 << 20

  /// Everything up to the end of standard input, which messages call `-`.
  /// - Throws: `notReadable`, also for more than `largest` bytes.
  package static func read() throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= largest {
      let count = unsafe piece.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
      }
      if count == 0 { return bytes }
      if count > 0 {
        bytes += piece[..<count]
      } else if errno != EINTR {
        throw .notReadable(path: "-", reason: WholeFile.systemReason())
      }
    }
    throw .notReadable(path: "-", reason: "more than \(largest >> 20) MB")
  }
}
