import Platform

/// Runs a submission script with this process's streams, so that what it says is seen at once.
package enum SlurmSubmission {
  /// Throws when `sbatch` is in no folder of `searchPath`, as `PATH` writes it.
  package static func require(searchPath: String) throws(SlurmSubmissionError) {
    guard searchPath.split(separator: ":").contains(where: { Folder.hasProgram($0 + "/sbatch") })
    else { throw .noSlurm }
  }

  /// Hands the script to `/bin/sh`, waits, and throws when it did not succeed.
  package static func submit(_ script: SlurmScript) throws(SlurmSubmissionError) {
    let status: Int32
    do throws(SystemError) {
      status = try ChildProcess.runShell(script.text)
    } catch {
      throw .noShell(reason: error.description)
    }
    guard status == 0 else { throw .failed(status: status) }
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
