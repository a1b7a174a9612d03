#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The process that this is.
package enum ThisProcess {
  package static var identifier: Int32 { getpid() }

  /// The file that is running, where the system tells it.
  package static var executablePath: String? {
    var bytes = [CChar](repeating: 0, count: 4096)
    #if canImport(Darwin)
      var size = UInt32(bytes.count)
      guard unsafe _NSGetExecutablePath(&bytes, &size) == 0 else { return nil }
      let length = bytes.firstIndex(of: 0) ?? 0
    #else
      let length = unsafe readlink("/proc/self/exe", &bytes, bytes.count)
      guard length > 0 else { return nil }
    #endif
    return String(systemBytes: bytes.prefix(length).map { UInt8(bitPattern: $0) })
  }

  /// What the program was called with, its name first.
  package static let arguments: [String] = (0..<Int(CommandLine.argc)).map { index in
    guard let argument = unsafe CommandLine.unsafeArgv[index] else { return "" }
    return unsafe String(systemText: argument)
  }

  /// The folder that paths are relative to.
  package static var workingFolder: String {
    guard let path = unsafe getcwd(nil, 0) else { return "." }
    defer { unsafe free(path) }
    return unsafe String(systemText: path)
  }

  /// The name of the machine, without blanks.
  package static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.isEmpty || text.contains(where: \.isWhitespace) ? "unknown" : text
  }

  package static func exit(_ status: Int32) -> Never { systemExit(status) }

  /// Ends the process without any tidying, as a signal handler may.
  package static func exitAtOnce(_ status: Int32) -> Never { _exit(status) }

  /// Whether a process of this number runs on this machine.
  package static func isAlive(_ process: Int32) -> Bool {
    kill(process, 0) == 0 || errno != ESRCH
  }
}

// A method of the same name hides the function.
private func systemExit(_ status: Int32) -> Never { exit(status) }
