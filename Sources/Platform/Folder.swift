#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Folders and the names in them.
package enum Folder {
  /// Makes a folder and the ones above it; one that exists is fine.
  package static func create(_ path: String) throws(FileError) {
    // By bytes: a slash before a combining accent is no `Character` of its own.
    let (bytes, slash) = (path.utf8, UInt8(ascii: "/"))
    var end = path.startIndex
    while end < path.endIndex {
      end = bytes[end...].firstIndex { $0 != slash } ?? path.endIndex
      end = bytes[end...].firstIndex(of: slash) ?? path.endIndex
      let prefix = String(path[..<end])
      func make() -> Bool { unsafe withSystemText(prefix) { unsafe mkdir($0, 0o777) == 0 } }
      if make() || isThere(prefix) { continue }
      // Once more: its reason, not that of the look at what is there.
      if !make() {
        throw .folderNotCreated(path: path, reason: SystemError.last.description)
      }
    }
  }

  /// Makes the folder that a file is to be written in, with those above it.
  package static func create(containing path: String) throws(FileError) {
    // By bytes, as above.
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash != path.startIndex
    else { return }
    let folder = String(path[..<slash])
    if !isThere(folder) { try create(folder) }
  }

  /// Whether a folder is at `path`, through symbolic links.
  package static func isThere(_ path: String) -> Bool {
    (try? FileStatus(of: path))?.kind == .folder
  }

  /// The names in a folder, in no order; none when there is no folder.
  package static func names(in path: String) throws(FileError) -> [String] {
    guard let stream = unsafe withSystemText(path, { unsafe opendir($0) }) else {
      let error = SystemError.last
      if error.code == ENOENT { return [] }
      throw .notReadable(path: path, reason: error.description)
    }
    defer { unsafe _ = closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      // SAFETY: the system ends `d_name` with a zero byte.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 1) { unsafe String(systemText: $0) }
      }
      names.append(name)
    }
    if errno != 0 { throw .notReadable(path: path, reason: SystemError.last.description) }
    return names
  }

  /// Returns when the names in the folder would survive a loss of power.
  package static func synchronize(_ path: String) throws(FileError) {
    do throws(SystemError) {
      try OpenFile(path, for: .folder).synchronizeNames()
    } catch {
      throw .notWritten(path: path, reason: error.description)
    }
  }

  /// Removes a file; one that is not there is fine.
  package static func removeFile(_ path: String) throws(FileError) {
    if unsafe withSystemText(path, { unsafe unlink($0) }) != 0, errno != ENOENT {
      throw .notWritten(path: path, reason: SystemError.last.description)
    }
  }

  /// Whether anything is at `path`, through symbolic links.
  package static func hasFile(_ path: String) -> Bool {
    unsafe withSystemText(path) { unsafe access($0, F_OK) == 0 }
  }

  /// Whether what is at `path` may be run.
  package static func hasProgram(_ path: String) -> Bool {
    unsafe withSystemText(path) { unsafe access($0, X_OK) == 0 }
  }
}
