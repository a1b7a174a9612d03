import Charts
import Datasets
import Journal
import ModelSelection
import Platform
import Results
import Sweeping
import Tables

/// Why a command ended early: what is wrong, for stderr, and the exit status.
struct Failure: Error {
  let status: ExitStatus
  let reports: [ErrorReport]

  /// - Parameter speaker: who says so where no file is the place.
  init(_ status: ExitStatus, _ message: String, of speaker: String? = nil) {
    self.status = status
    reports = [ErrorReport(message, of: speaker)]
  }

  /// The one place that says which error ends with which status.
  init(describing error: any Error) {
    if let failure = error as? Failure {
      self = failure
      return
    }
    status =
      switch error {
      case _ where Interruption.endedReading(with: error): .interrupted(by: Interruption.exitCode)
      case is UsageError: .usage
      case let error as FileError: Self.status(of: error)
      case let error as SpecFileError: Self.status(of: error.file)
      case DatasetError.file(let error): Self.status(of: error)
      case RunLockError.file(let error): Self.status(of: error)
      case is RunLockError: .writingFailed
      case let error as ResultError: Self.status(of: error)
      case is ShellWordsError, is OutputOwnerError, is SlurmSubmissionError,
        is PointListingError:
        .usage
      case is SpecErrors, is GridSizeError, is DatasetError, is SpecGuessError: .badInput
      case RunStop.incomplete: .incomplete
      case RunStop.interrupted: .interrupted(by: Interruption.exitCode)
      default: .internalError
      }
    reports =
      switch status {
      case .internalError: [ErrorReport("internal error: \(error)", of: "sweep")]
      case .usage: [ErrorReport("\(error)", of: "sweep")]
      default: ErrorReport.all(of: error)
      }
  }

  /// The longest list of errors that anybody reads.
  private static let longestList = 100

  /// Says on stderr what is wrong.
  func tell(as format: CommonOptions.Format) {
    switch format {
    case .json:
      let errors = JSONValue.array(reports.map(\.json))
      StandardStream.error.writeIfTaken(JSONText.encode(["errors": errors]))
    case .text, .github:
      for report in reports.prefix(Self.longestList) {
        Terminal.printError(printable(report.text))
        if Terminal.showsExcerpts { report.excerpt.forEach(Terminal.printError) }
      }
      let more = reports.count - Self.longestList
      if more > 0 { Terminal.printError("… and \(more) more errors") }
    }
  }

  /// The same for the page of a pull request, at most ten of them.
  var annotations: String {
    reports.prefix(10).map { report in
      githubAnnotation(
        file: report.file, line: report.line, column: report.column, title: "sweep",
        message: report.text) + "\n"
    }.joined()
  }

  /// A folder to compare with that has no good tables is a baseline that is missing.
  private static func status(of error: ResultError) -> ExitStatus {
    switch error {
    case .file(let error): status(of: error)
    default: .incomplete
    }
  }

  /// Reads a folder that is a command's only input: to be drawn, not to be compared with.
  static func input<Read>(
    _ path: String, read: (String) throws(ResultError) -> Read
  ) throws -> Read {
    do throws(ResultError) {
      return try read(path)
    } catch .file(let error) {
      throw error
    } catch {
      throw Failure(error.isMissing ? .noInput : .badInput, error.description)
    }
  }

  private static func status(of error: FileError) -> ExitStatus {
    switch error {
    case .notFound, .notReadable: .noInput
    case .notWritten, .folderNotCreated: .writingFailed
    }
  }
}

extension Interruption {
  /// Whether an error says no more than that a signal ended the wait for bytes.
  fileprivate static func endedReading(with error: any Error) -> Bool {
    guard isRequested else { return false }
    switch error {
    case FileError.notReadable, DatasetError.file(.notReadable), DatasetError.interrupted:
      return true
    default: return false
    }
  }
}

extension ExitStatus {
  fileprivate static func interrupted(by code: Int32?) -> ExitStatus {
    code.flatMap { ExitStatus(rawValue: $0) } ?? .interrupted
  }
}
