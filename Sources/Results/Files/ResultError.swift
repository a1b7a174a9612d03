package import Platform
package import Tables

/// Why a result folder or a table in it cannot be read.
package enum ResultError: Error, Hashable, CustomStringConvertible {
  case noFolder(path: String)
  case noTable(path: String)
  case file(FileError)
  case malformed(CSVError)
  case malformedJSON(path: String, line: Int, column: Int, reason: String)
  case noRows(path: String)
  case missingColumn(path: String, column: String)
  case badCell(path: String, line: Int, column: String, found: String, expected: String)
  case duplicatePoint(path: String, line: Int, setting: String)

  /// Whether a file or folder is absent, as against present and wrong.
  package var isMissing: Bool {
    switch self {
    case .noFolder, .noTable, .file(.notFound): true
    default: false
    }
  }

  package var description: String {
    switch self {
    case .noFolder(let path):
      "\(path): no such folder; a result folder is what 'sweep run' writes, e.g. results/ridge"
    case .noTable(let path):
      "\(path): no such file; the folder holds no finished sweep ('sweep run' writes the tables"
        + " when every job is done)"
    case .file(let error): error.description
    case .malformed(let error): error.description
    case .malformedJSON(let path, let line, let column, let reason):
      "\(path):\(line):\(column): \(reason)"
    case .noRows(let path):
      "\(path): no rows below the header"
    case .missingColumn(let path, let column):
      "\(path):1: no column '\(column)'"
    case .badCell(let path, let line, let column, let found, let expected):
      "\(path):\(line): \(column): found '\(found)', expected \(expected)"
    case .duplicatePoint(let path, let line, let setting):
      "\(path):\(line): a second row for \(setting)"
    }
  }
}
