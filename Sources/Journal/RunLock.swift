import FoundationEssentials
import Glibc
package import Tables

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
  private let descriptor: Int32

  /// Takes the lock, or throws at once.
  ///
  /// Creates the folder when it is not there.
  package init(output: String, purpose: Purpose) throws(RunLockError) {
    let path = output + "/.lock"
    do {
      try WholeFile.createFolder(output)
    } catch {
      throw .file(error)
    }
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      isEnforced = false
      throw .file(.notWritten(path: path, reason: WholeFile.systemReason()))
    }
    switch Self.lock(descriptor, exclusive: purpose.isExclusive) {
    case 0: isEnforced = true
    case ENOLCK, ENOSYS, EOPNOTSUPP: isEnforced = false
    case EWOULDBLOCK:
      isEnforced = false
      throw .held(output: output, by: Self.holders(descriptor))
    case let code:
      isEnforced = false
      errno = code
      throw .file(.notWritten(path: path, reason: WholeFile.systemReason()))
    }
    // Who holds it, for the message that another process prints; the lock works without.
    if purpose.isExclusive { ftruncate(descriptor, 0) }
    Self.append(RunLockHolder.current(purpose).line, to: descriptor)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// The result of `flock` as an error number, zero for success.
  private static func lock(_ descriptor: Int32, exclusive: Bool) -> Int32 {
    while flock(descriptor, (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0 {
      if errno != EINTR { return errno }
    }
    return 0
  }

  private static func holders(_ descriptor: Int32) -> [RunLockHolder] {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe pread(descriptor, $0.baseAddress, $0.count, 0)
    }
    return bytes.prefix(max(0, count)).split(separator: UInt8(ascii: "\n"))
      .compactMap { RunLockHolder(line: String(decoding: $0, as: UTF8.self)) }
      .filter(\.mayBeAlive)
  }

  private static func append(_ line: String, to descriptor: Int32) {
    let bytes = Array((line + "\n").utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
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
      purpose: purpose.rawValue, process: getpid(), host: hostName(),
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
    guard host == Self.hostName() else { return true }
    return kill(process, 0) == 0 || errno != ESRCH
  }

  private static func hostName() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.isEmpty || text.contains(where: \.isWhitespace) ? "unknown" : text
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
