/// A file that several processes add to, such as the page of a CI job.
package enum AppendedFile {
  /// Adds the text at the end of the file, which is made when it is not there.
  ///
  /// The file is open for appending and the text goes out in one `write`, so that texts of processes
  /// that write at once stand one after another, none inside or over another. The path is the user's and
  /// may be a link, such as `/dev/stdout`.
  package static func append(_ text: String, to path: String) throws(FileError) {
    do throws(SystemError) {
      try OpenFile(path, for: .extending).writeAll(Array(text.utf8).span)
    } catch {
      throw .notWritten(path: path, reason: error.description)
    }
  }
}
