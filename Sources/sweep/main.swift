import FoundationEssentials
import Platform

Signals.turnIntoWriteErrors()

let status: ExitStatus
do {
  let command = try CommandLineReader.read(
    Array(ThisProcess.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment)
  status = try command.perform()
} catch UsageError.noCommand where ThisProcess.arguments.count == 1 {
  Terminal.printError(HelpText.short)
  status = .usage
} catch let error as UsageError {
  let help = error.command.map { "sweep help \($0.rawValue)" } ?? "sweep help"
  Terminal.printError("sweep: \(error)\nsweep: see '\(help)'")
  status = .usage
} catch let failure as Failure {
  Terminal.printError(failure.message)
  status = failure.status
} catch {
  let failure = Failure(describing: error)
  Terminal.printError(failure.message)
  status = failure.status
}
ThisProcess.exit(status.rawValue)
