package import Platform

/// Where a journal's bytes go: a file, or in tests a stand-in that fails or stops where it is told.
package protocol JournalSink: Sendable {
  /// Appends some of `bytes`, at least one, and returns how many.
  func write(_ bytes: Span<UInt8>) throws(FileError) -> Int
  /// Cuts back to the first `length` bytes; what is written next follows them.
  func truncate(to length: Int) throws(FileError)
  /// Returns when everything written would survive a loss of power.
  func synchronize() throws(FileError)
  /// Takes the file away, because nothing worth keeping was written.
  func remove() throws(FileError)
}

/// A new file, open for appending as long as this object lives.
package final class JournalFile: JournalSink {
  package let path: String
  private let file: OpenFile

  /// Creates the file; returns `nil` if there is one of this name.
  package init?(creating path: String) throws(FileError) {
    self.path = path
    do throws(SystemError) {
      file = try OpenFile(path, for: .creating)
    } catch {
      if error.isAlreadyThere { return nil }
      throw .notWritten(path: path, reason: error.description)
    }
  }

  package func write(_ bytes: Span<UInt8>) throws(FileError) -> Int {
    do throws(SystemError) {
      return try file.write(bytes)
    } catch {
      throw .notWritten(path: path, reason: error.description)
    }
  }

  package func truncate(to length: Int) throws(FileError) {
    do throws(SystemError) {
      try file.truncate(to: length)
    } catch {
      throw .notWritten(path: path, reason: error.description)
    }
  }

  /// Also notices that the file, or the folder around it, was removed under the writer's hands:
  /// writing to it would succeed and be lost.
  package func synchronize() throws(FileError) {
    let isNamed: Bool
    do throws(SystemError) {
      try file.synchronize()
      isNamed = try file.status().linkCount > 0
    } catch {
      throw .notWritten(path: path, reason: error.description)
    }
    if !isNamed {
      throw .notWritten(path: path, reason: "it was removed while the sweep wrote to it")
    }
  }

  package func remove() throws(FileError) { try Folder.removeFile(path) }
}
