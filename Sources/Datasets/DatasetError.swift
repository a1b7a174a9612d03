package import Platform
import Tables

/// Why no data set could be made.
package enum DatasetError: Error, Hashable, CustomStringConvertible {
  /// A file is missing or cannot be read.
  case file(FileError)
  /// A file is not what it was when it was opened.
  case changed(path: String)
  /// The data are of a size that the plan refuses; the text says why.
  case refused(String)
  /// A signal asked to stop.
  case interrupted
  /// What is wrong with the data, in the order of files and lines; never empty.
  case invalid([DatasetProblem])

  static func invalid(_ path: String, line: Int? = nil, _ reason: DatasetProblem.Reason) -> Self {
    .invalid([DatasetProblem(path: path, line: line, reason: reason)])
  }

  package var description: String {
    switch self {
    case .file(let error): error.description
    case .changed(let path):
      "\(path): changed while it was read; nothing is kept, run again when nobody writes to it"
    case .refused(let reason): reason
    case .interrupted: "interrupted while the data were read"
    case .invalid(let problems): problems.map(\.description).joined(separator: "\n")
    }
  }
}

/// One thing that is wrong with the data, and where.
package struct DatasetProblem: Hashable, Sendable, CustomStringConvertible {
  /// How many problems of one file are told at once; the last line counts the rest.
  package static let limitPerFile = 20

  package var path: String
  /// Counted from 1.
  package var line: Int?
  package var column: String?
  package var reason: Reason
  /// What the text suggests about its dialect.
  package var hint: DialectHint?

  package init(path: String, line: Int? = nil, column: String? = nil, reason: Reason) {
    self.path = path
    self.line = line
    self.column = column
    self.reason = reason
  }

  /// One line: names and cells of a file may hold anything.
  package var description: String {
    let place =
      path + (line.map { ":\($0)" } ?? "") + (column.map { ": column '\($0)'" } ?? "")
    return printable("\(place): \(message)")
  }

  /// What is wrong, without its place.
  package var message: String { "\(reason)" + (hint.map { "; \($0)" } ?? "") }

  /// The nearest name of a column that is not there.
  package var suggestion: String? {
    if case .unknownColumn(_, let nearest, _, _) = reason { nearest } else { nil }
  }
}

/// As many problems as are told at once; the last line says how many more there are.
/// - Parameter count: how many there are of a list that was cut before.
func limited(_ problems: [DatasetProblem], count: Int? = nil) -> [DatasetProblem] {
  let (limit, count) = (DatasetProblem.limitPerFile, count ?? problems.count)
  guard count > limit, let path = problems.first?.path else { return problems }
  return problems.prefix(limit)
    + [DatasetProblem(path: path, reason: .moreProblems(count - limit))]
}
