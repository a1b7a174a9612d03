/// Why a file or folder could not be read or written; `reason` is the system's text.
package enum FileError: Error, Hashable, CustomStringConvertible {
  case notFound(path: String)
  case notReadable(path: String, reason: String)
  case notWritten(path: String, reason: String)
  case folderNotCreated(path: String, reason: String)

  package var path: String {
    switch self {
    case .notFound(let path), .notReadable(let path, _), .notWritten(let path, _),
      .folderNotCreated(let path, _):
      path
    }
  }

  package var description: String {
    switch self {
    case .notFound(let path): "\(path): no such file"
    case .notReadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .notWritten(let path, let reason): "\(path): cannot be written: \(reason)"
    case .folderNotCreated(let path, let reason): "\(path): folder cannot be made: \(reason)"
    }
  }
}
