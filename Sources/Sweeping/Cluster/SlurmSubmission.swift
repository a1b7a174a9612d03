import Glibc
import Tables

/// Runs a submission script with this process's streams, so that what it says is seen at once.
package enum SlurmSubmission {
  /// Hands the script to `/bin/sh`, waits, and throws when it did not succeed.
  /// - Parameter searchPath: `PATH`, where `sbatch` must be found before anything is done.
  package static func submit(
    _ script: SlurmScript, searchPath: String
  ) throws(SlurmSubmissionError) {
    let isThere = searchPath.split(separator: ":").contains {
      unsafe access($0 + "/sbatch", X_OK) == 0
    }
    guard isThere else { throw .noSlurm }
    let status = try run(script.text)
    guard status == 0 else { throw .failed(status: status) }
  }

  /// The exit status of `sh -c text`; 128 and the signal's number when one ended it.
  private static func run(_ text: String) throws(SlurmSubmissionError) -> Int32 {
    let arguments: [UnsafeMutablePointer<CChar>?] = unsafe [
      strdup("sh"), strdup("-c"), strdup(text), nil,
    ]
    defer { for index in 0..<3 { unsafe free(arguments[index]) } }
    var process: pid_t = 0
    let code = unsafe posix_spawn(&process, "/bin/sh", nil, nil, arguments, environ)
    guard code == 0 else {
      errno = code
      throw .noShell(reason: WholeFile.systemReason())
    }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw .noShell(reason: WholeFile.systemReason()) }
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}

package enum SlurmSubmissionError: Error, Hashable, CustomStringConvertible {
  case noSlurm
  case noShell(reason: String)
  case failed(status: Int32)

  package var description: String {
    switch self {
    case .noSlurm: "sbatch is not in PATH: is this a Slurm login node?"
    case .noShell(let reason): "/bin/sh cannot be run: \(reason)"
    case .failed(let status): "the submission failed with exit status \(status)"
    }
  }
}
