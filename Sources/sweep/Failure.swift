import Sweeping
import Tables

/// Why a command ended early: the text for stderr and the exit status.
struct Failure: Error {
  let status: ExitStatus
  let message: String

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }

  init(_ error: FileError) {
    let status: ExitStatus =
      switch error {
      case .notFound, .notReadable: .noInput
      case .notWritten, .folderNotCreated: .writingFailed
      }
    self.init(status, error.description)
  }

  init(_ error: SpecErrors) {
    self.init(.badInput, error.description)
  }

  init(_ error: GridSizeError, spec: SweepSpec) {
    self.init(.badInput, "\(spec.path): \(error)")
  }
}
