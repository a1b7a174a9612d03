import Datasets
import Platform
import Sweeping
import Tables

/// One thing that is wrong, as it is told: on a line of its own, or as an object of JSON.
struct ErrorReport {
  /// The whole message with its place, which may hold anything that a file or a path holds.
  let text: String
  /// What is wrong without the place.
  var message: String
  var file: String?
  var line: Int?
  var column: Int?
  /// Keys and indices of a spec, or the column of a data file.
  var path: String?
  /// The nearest known name.
  var suggestion: String?
  /// The line of the file and a caret, for a terminal.
  var excerpt: [String] = []

  /// - Parameter speaker: who says so where no file is the place.
  init(_ message: String, of speaker: String? = nil) {
    text = speaker.map { "\($0): \(message)" } ?? message
    self.message = message
  }

  /// The reports of any error, one for each thing that is wrong.
  static func all(of error: any Error) -> [ErrorReport] {
    switch error {
    case let error as SpecErrors:
      error.problems.map { ErrorReport($0, in: error) }
    case let error as GridSizeError:
      error.errors.problems.map { ErrorReport($0, in: error.errors) }
    case DatasetError.invalid(let problems):
      problems.map { ErrorReport($0) }
    case let error as SpecFileError:
      error.errors.problems.map { problem in
        var report = ErrorReport(problem, in: error.errors)
        report.suggestion = error.file.nearestFile
        return report
      }
    case DatasetError.file(let error): [ErrorReport(error)]
    case let error as FileError: [ErrorReport(error)]
    default: [ErrorReport(String(describing: error))]
    }
  }

  private init(_ problem: SpecProblem, in errors: SpecErrors) {
    self.init(problem.text(in: errors.path))
    message = problem.fault.description
    file = errors.path
    path = problem.path
    suggestion = problem.fault.suggestion
    if problem.override == nil {
      line = problem.position.line
      column = problem.position.column
      excerpt = errors.excerpt(of: problem, width: Terminal.width)
    }
  }

  private init(_ problem: DatasetProblem) {
    self.init(problem.description)
    message = problem.message
    suggestion = problem.suggestion
    file = problem.path
    line = problem.line
    path = problem.column
  }

  private init(_ error: FileError) {
    self.init(error.hintedDescription)
    file = error.path
    suggestion = error.nearestFile
    let place = error.path + ": "
    if text.hasPrefix(place) { message = String(text.dropFirst(place.count)) }
  }

  var json: JSONValue {
    [
      "file": file.map { .string($0) } ?? .null, "line": line.map { .integer($0) } ?? .null,
      "column": column.map { .integer($0) } ?? .null, "path": path.map { .string($0) } ?? .null,
      "message": .string(message), "suggestion": suggestion.map { .string($0) } ?? .null,
    ]
  }
}
