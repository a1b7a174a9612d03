import Charts
import Datasets
import ModelSelection
import Platform
import Sweeping

/// Why a command ended early: the text for stderr and the exit status.
struct Failure: Error {
  let status: ExitStatus
  let message: String

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }

  /// The one place that says which error ends with which status.
  init(describing error: any Error) {
    let status: ExitStatus =
      switch error {
      case let failure as Failure: failure.status
      case _ where Interruption.endedReading(with: error): .interrupted(by: Interruption.exitCode)
      case let error as FileError: Self.status(of: error)
      case DatasetError.file(let error): Self.status(of: error)
      case RunLockError.file(let error): Self.status(of: error)
      case is RunLockError: .writingFailed
      case let error as ResultError: Self.status(of: error)
      case is SlurmSubmissionError: .usage
      case is ShellWordsError: .usage
      case is SpecErrors, is GridSizeError, is DatasetError: .badInput
      case RunStop.incomplete: .incomplete
      case RunStop.interrupted: .interrupted(by: Interruption.exitCode)
      default: .internalError
      }
    let text = (error as? Failure)?.message ?? String(describing: error)
    self.init(status, status == .internalError ? "sweep: internal error: \(text)" : text)
  }

  /// A folder to compare with that has no good tables is a baseline that is missing.
  private static func status(of error: ResultError) -> ExitStatus {
    switch error {
    case .file(let error): status(of: error)
    default: .incomplete
    }
  }

  /// Reads a folder that is a command's only input: to be drawn, not to be compared with.
  static func input(_ path: String) throws -> ResultFolder {
    do {
      return try ResultFolder.read(path)
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
