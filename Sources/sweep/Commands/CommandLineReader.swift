import Sweeping

/// Reads a command line: scanned low, validated by the command.
enum CommandLineReader {
  /// - Parameter environment: read for the shard when `--shard` does not give it.
  static func read(
    _ arguments: [String], environment: [String: String]
  ) throws(UsageError) -> any Command {
    let scanned = try ArgumentScanner(arguments)
    if scanned.has(.help) { return HelpCommand(of: scanned.command) }
    if scanned.has(.version) {
      let reader = OptionReader(
        scanned.command ?? .help, scanned: scanned, environment: environment)
      return VersionCommand(common: try reader.common())
    }
    guard let name = scanned.command else { throw .noCommand }
    let reader = OptionReader(name, scanned: scanned, environment: environment)
    if name == .run, scanned.has(.dryRun) { return try PlanCommand(reader) }
    return try name.command.init(reader)
  }
}

extension OptionReader {
  fileprivate init(
    _ name: CommandName, scanned: ArgumentScanner, environment: [String: String]
  ) {
    self.init(
      name: name, declaration: name.declaration, scanned: scanned, environment: environment)
  }
}
