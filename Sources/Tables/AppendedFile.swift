import Glibc

/// A file that several processes add to, such as the page of a CI job.
package enum AppendedFile {
  /// Adds the text at the end of the file, which is made when it is not there.
  ///
  /// The file is open for appending and the text goes out in one `write`, so that texts of processes
  /// that write at once stand one after another, none inside or over another.
  package static func append(_ text: String, to path: String) throws(FileError) {
    let file = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw .notWritten(path: path, reason: WholeFile.systemReason()) }
    defer { close(file) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { bytes in
        unsafe write(file, bytes.baseAddress, bytes.count)
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw .notWritten(path: path, reason: WholeFile.systemReason())
      }
    }
  }
}

extension WholeFile {
  /// Makes the folder that a file is to be written in, with those above it.
  package static func createFolder(containing path: String) throws(FileError) {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    let folder = String(path[..<slash])
    if !isFolder(folder) { try createFolder(folder) }
  }
}
