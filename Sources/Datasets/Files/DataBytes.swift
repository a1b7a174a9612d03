import Numerics
import Platform

/// An open data file, from which several threads may read.
final class DataBytes: Sendable {
  /// The version when it was opened; `nil` for a pipe.
  let version: FileStatus.Version?
  private let path: String
  private let file: OpenFile

  init(_ path: String) throws(DatasetError) {
    self.path = path
    let status: FileStatus
    do throws(SystemError) {
      file = try path == "-" ? OpenFile(standardInput: ()) : OpenFile(path, for: .polling)
      status = try file.status()
    } catch {
      throw .file(
        error.isNotFound
          ? .notFound(path: path) : .notReadable(path: path, reason: error.description))
    }
    switch status.kind {
    case .device, .link:
      throw .file(
        .notReadable(path: path, reason: "it is a device; a file or a pipe is needed"))
    case .folder: throw .file(.notReadable(path: path, reason: "is a directory"))
    case .regular, .pipe: version = status.kind == .regular && path != "-" ? status.version : nil
    }
  }

  /// Fills `block` with what the file has at `offset`.
  /// - Returns: whether the file went on as far.
  func fill(_ block: UnsafeMutableRawBufferPointer, at offset: Int) throws(SystemError) -> Bool {
    try unsafe file.read(into: block, at: offset) == block.count
  }

  /// Everything until the writers of a pipe are gone.
  func stream() throws(DatasetError) -> (buffer: FileBuffer, count: Int) {
    guard var buffer = FileBuffer(capacity: 1 << 16) else { throw tooLarge }
    var count = 0
    while true {
      // Now and then, as a signal may come at any moment, also before the wait.
      let isReady = file.waitForInput(milliseconds: 100)
      if Interruption.isRequested { throw .interrupted }
      guard isReady else { continue }
      do throws(SystemError) {
        let got = try unsafe file.read(into: buffer.part(count..<buffer.capacity))
        if got == 0 { return (buffer, count) }
        count += got
      } catch {
        if error.isTryAgain { continue }
        throw .file(.notReadable(path: path, reason: error.description))
      }
      if count == buffer.capacity {
        guard let larger = FileBuffer(capacity: 2 * count) else { throw tooLarge }
        unsafe larger.part(0..<count).copyMemory(
          from: UnsafeRawBufferPointer(buffer.part(0..<count)))
        buffer = larger
      }
    }
  }

  private var tooLarge: DatasetError {
    .file(.notReadable(path: path, reason: "it does not fit in this machine's memory"))
  }
}

/// A file and the version of it that was read.
package struct FileStamp: Hashable, Sendable {
  let path: String
  let version: FileStatus.Version

  /// - Throws: `DatasetError.changed` when what is at the path is another file, or was written to since.
  package func check() throws(DatasetError) {
    guard let status = try? FileStatus(of: path), status.version == version else {
      throw .changed(path: path)
    }
  }
}
