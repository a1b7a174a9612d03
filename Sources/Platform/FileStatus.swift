#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the system knows of a file without reading it.
package struct FileStatus: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case regular, folder
    /// A pipe or a socket: its bytes come once.
    case pipe
    case device
    case link
  }

  /// Which file it is, and which contents it had: equal while nobody writes to it.
  package struct Version: Hashable, Sendable {
    package let device: UInt64
    package let inode: UInt64
    package let size: Int
    /// When the contents changed last.
    package let seconds: Int
    package let nanoseconds: Int
  }

  package let kind: Kind
  package let version: Version
  /// In how many folders it is named; zero once it was removed.
  package let linkCount: Int

  package var size: Int { version.size }

  /// The status of what is at `path`, through symbolic links.
  package init(of path: String) throws(SystemError) {
    var status = stat()
    guard unsafe withSystemText(path, { unsafe stat($0, &status) }) == 0 else { throw .last }
    self.init(status)
  }

  /// The status of what is at `path`, which may be a symbolic link itself.
  package init(ofLink path: String) throws(SystemError) {
    var status = stat()
    guard unsafe withSystemText(path, { unsafe lstat($0, &status) }) == 0 else { throw .last }
    self.init(status)
  }

  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .folder
      case S_IFIFO, S_IFSOCK: .pipe
      case S_IFLNK: .link
      default: .device
      }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    version = Version(
      device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino),
      size: Int(status.st_size), seconds: time.tv_sec, nanoseconds: time.tv_nsec)
    linkCount = Int(status.st_nlink)
  }
}
