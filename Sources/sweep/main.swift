import FoundationEssentials
import Platform
import Sweeping
import Tables

Signals.turnIntoWriteErrors()

let status: ExitStatus
let words = Array(ThisProcess.arguments.dropFirst())
var options = CommonOptions()
do {
  let command = try CommandLineReader.read(
    words, environment: ProcessInfo.processInfo.environment)
  options = command.common
  status = try command.perform()
} catch UsageError.noCommand where words.isEmpty {
  Terminal.printError(HelpText.short)
  status = .usage
} catch {
  if error is UsageError { options.format = CommonOptions.Format(asked: words) }
  let failure = Failure(describing: error)
  failure.tell(as: options.format)
  if let error = error as? UsageError, options.format != .json {
    let help = error.command.map { "sweep help \($0.rawValue)" } ?? "sweep help"
    Terminal.printError("sweep: see '\(help)'")
  }
  status = failure.status
}
ThisProcess.exit(status.rawValue)
