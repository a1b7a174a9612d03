import FoundationEssentials
package import Platform

/// Keeps two programs from working on one output folder at cross purposes, by `flock` on
/// `<output>/.lock`.
///
/// A `run` of everything excludes all others. Shards and merges exclude only such a run: shards
/// write files of their own, and a merge reads what is whole and replaces tables at one stroke.
/// The system drops the lock with the process that holds it, however that ends; the file stays.
///
/// Hold on to the object as long as the work lasts. Where the file system has no locks (some
/// clusters' have not), nothing is excluded and `isEnforced` is false.
package final class RunLock: Sendable {
  package enum Purpose: String, Sendable {
    case run, shard, merge

    var isExclusive: Bool { self == .run }
  }

  package let isEnforced: Bool
  private let file: OpenFile

  /// Takes the lock, or throws at once.
  ///
  /// Creates the folder when it is not there.
  package init(output: String, purpose: Purpose) throws(RunLockError) {
    let path = output + "/.lock"
    do {
      try Folder.create(output)
    } catch {
      throw .file(error)
    }
    let outcome: OpenFile.LockOutcome
    do throws(SystemError) {
      file = try OpenFile(path, for: .appending)
      outcome = try file.lock(exclusive: purpose.isExclusive)
    } catch {
      throw .file(.notWritten(path: path, reason: error.description))
    }
    isEnforced = outcome == .locked
    if outcome == .held { throw .held(output: output, by: Self.holders(file)) }
    // Who holds it, for the message that another process prints; the lock works without.
    if purpose.isExclusive { try? file.truncate(to: 0) }
    try? file.writeAll(Array((RunLockHolder.current(purpose).line + "\n").utf8).span)
  }

  /// Those that the lock's file names and that may be alive.
  private static func holders(_ file: borrowing OpenFile) -> [RunLockHolder] {
    ((try? file.read(upTo: 1 << 16)) ?? []).split(separator: UInt8(ascii: "\n"))
      .compactMap { RunLockHolder(line: String(decoding: $0, as: UTF8.self)) }
      .filter(\.mayBeAlive)
  }
}

/// A process that took the lock, as the lock's file tells it.
package struct RunLockHolder: Hashable, Sendable, CustomStringConvertible {
  package let purpose: String
  package let process: Int32
  package let host: String
  /// UTC, such as `2026-11-21T03:15:48Z`.
  package let start: String

  static func current(_ purpose: RunLock.Purpose) -> RunLockHolder {
    RunLockHolder(
      purpose: purpose.rawValue, process: ThisProcess.identifier, host: ThisProcess.hostName,
      start: Date().formatted(.iso8601))
  }

  private init(purpose: String, process: Int32, host: String, start: String) {
    self.purpose = purpose
    self.process = process
    self.host = host
    self.start = start
  }

  init?(line: String) {
    let words = line.split(separator: " ")
    guard words.count == 4, let process = Int32(words[1]) else { return nil }
    purpose = String(words[0])
    self.process = process
    host = String(words[2])
    start = String(words[3])
  }

  var line: String { "\(purpose) \(process) \(host) \(start)" }

  package var description: String {
    "sweep \(purpose == "shard" ? "run --shard" : purpose), process \(process) on \(host), since \(start)"
  }

  /// False when it ran on this host and is gone: shards leave their lines behind.
  var mayBeAlive: Bool {
    host != ThisProcess.hostName || ThisProcess.isAlive(process)
  }
}

package enum RunLockError: Error, Hashable, CustomStringConvertible {
  case held(output: String, by: [RunLockHolder])
  case file(FileError)

  package var description: String {
    switch self {
    case .held(let output, let holders):
      let who =
        holders.isEmpty ? "another sweep" : holders.map(\.description).joined(separator: "; ")
      return
        "\(output): in use by \(who); wait for it to end, or choose another folder with --output"
    case .file(let error):
      return error.description
    }
  }
}
