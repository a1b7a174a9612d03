/// What another program pipes in.
package enum StandardInput {
  /// A spec is text that somebody wrote; what is larger is another file by mistake.
  package static let largest = 64 << 20

  /// Everything up to the end of standard input, which messages call `-`.
  /// - Throws: `notReadable`, also for more than `largest` bytes.
  package static func read() throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(SystemError) {
      let input = try OpenFile(standardInput: ())
      while bytes.count <= largest {
        let piece = try input.read(upTo: 1 << 20)
        bytes += piece
        if piece.count < 1 << 20 { return bytes }
      }
    } catch {
      throw .notReadable(path: "-", reason: error.description)
    }
    throw .notReadable(path: "-", reason: "more than \(largest >> 20) MB")
  }
}
