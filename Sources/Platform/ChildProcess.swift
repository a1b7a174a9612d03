#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A program that runs beside this one, with its streams and environment.
package enum ChildProcess {
  /// Runs `/bin/sh -c script` and waits for it.
  /// - Returns: its exit status; 128 and the signal's number when one ended it.
  package static func runShell(_ script: String) throws(SystemError) -> Int32 {
    let arguments: [UnsafeMutablePointer<CChar>?] = unsafe [
      strdup("sh"), strdup("-c"), unsafe withSystemText(script) { unsafe strdup($0) }, nil,
    ]
    defer { for index in 0..<3 { unsafe free(arguments[index]) } }
    var process: pid_t = 0
    #if canImport(Darwin)
      let environment = unsafe _NSGetEnviron().pointee
    #else
      let environment = unsafe environ
    #endif
    let code = unsafe posix_spawn(&process, "/bin/sh", nil, nil, arguments, environment)
    guard code == 0 else { throw SystemError(code: code) }
    var status: Int32 = 0
    try retrying { unsafe waitpid(process, &status, 0) }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
