package import Foundation

/// The `sweep` that was built beside the tests, run as a user would run it.
package struct BuiltProgram {
  /// What a finished run left.
  package struct Outcome: Sendable {
    /// The exit status, or 128 + the signal that ended it.
    package let exitStatus: Int32
    package let output: String
    package let errors: String
  }

  package struct NotFound: Error, CustomStringConvertible {
    package let path: String
    package var description: String { "no program at \(path), build it first" }
  }

  package let path: String

  /// - Throws: `NotFound` when the executable does not lie beside the test bundle.
  package init(named name: String = "sweep") throws {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    path = tests.deletingLastPathComponent().appendingPathComponent(name).path
    guard FileManager.default.isExecutableFile(atPath: path) else { throw NotFound(path: path) }
  }

  /// Runs to the end.
  /// - Parameters:
  ///   - folder: the working folder.
  ///   - environment: replaces the variables of the same name; the rest is inherited, but for
  ///     those that change the program's ways (`CI`, `NO_COLOR`, `SLURM_…`).
  ///   - limits: what a shell does before, such as `ulimit -n 4`.
  package func run(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:],
    limits: String? = nil
  ) throws -> Outcome {
    let running = try start(arguments, in: folder, environment: environment, limits: limits)
    return try running.wait()
  }

  /// Starts and returns at once, for a test that interrupts it.
  package func start(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:],
    limits: String? = nil
  ) throws -> RunningProgram {
    if let limits {
      return try RunningProgram(
        path: "/bin/sh", arguments: ["-c", limits + "\nexec \"$0\" \"$@\"", path] + arguments,
        folder: folder, environment: environment)
    }
    return try RunningProgram(
      path: path, arguments: arguments, folder: folder, environment: environment)
  }
}

/// A program at work; what it writes goes to files, so that no pipe can fill.
package final class RunningProgram {
  private let process = Process()
  private let logs: URL

  init(path: String, arguments: [String], folder: URL, environment: [String: String]) throws {
    let manager = FileManager.default
    logs = manager.temporaryDirectory.appendingPathComponent("sweep-run-\(UUID().uuidString)")
    try manager.createDirectory(at: logs, withIntermediateDirectories: true)
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    let inherited = ProcessInfo.processInfo.environment.filter { name, _ in
      name != "CI" && name != "NO_COLOR" && !name.hasPrefix("SLURM_") && !name.hasPrefix("GITHUB_")
    }
    process.environment = inherited.merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try Self.file(logs.appendingPathComponent("output"))
    process.standardError = try Self.file(logs.appendingPathComponent("errors"))
    try process.run()
  }

  deinit { try? FileManager.default.removeItem(at: logs) }

  package var identifier: Int32 { process.processIdentifier }

  package func send(signal: Int32) { kill(process.processIdentifier, signal) }

  package func wait() throws -> BuiltProgram.Outcome {
    process.waitUntilExit()
    let ended = process.terminationReason == .uncaughtSignal
    return BuiltProgram.Outcome(
      exitStatus: process.terminationStatus + (ended ? 128 : 0),
      output: try text("output"), errors: try text("errors"))
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: logs.appendingPathComponent(name)), as: UTF8.self)
  }

  private static func file(_ url: URL) throws -> FileHandle {
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }
}
