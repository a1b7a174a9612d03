#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The signals that the program answers to.
package enum Signals {
  package static let interrupt = SIGINT
  package static let terminate = SIGTERM

  /// Has `handler` called for each, also where the parent process had them ignored or blocked.
  /// System calls that they interrupt go on.
  ///
  /// Call it on the main thread: Dispatch's threads let signals through to no one.
  package static func handle(
    _ numbers: [Int32], with handler: @escaping @convention(c) (Int32) -> Void
  ) {
    var caught = sigset_t()
    unsafe sigemptyset(&caught)
    for number in numbers {
      unsafe sigaddset(&caught, number)
      var action = sigaction()
      #if canImport(Glibc)
        unsafe action.__sigaction_handler.sa_handler = handler
      #elseif canImport(Musl)
        unsafe action.__sa_handler.sa_handler = handler
      #else
        unsafe action.__sigaction_u.__sa_handler = handler
      #endif
      action.sa_flags = SA_RESTART
      unsafe sigemptyset(&action.sa_mask)
      unsafe sigaction(number, &action, nil)
    }
    unsafe pthread_sigmask(SIG_UNBLOCK, &caught, nil)
  }

  /// Makes a reader that went away and a file-size limit errors of the write, which says so, and
  /// not silent deaths.
  package static func turnIntoWriteErrors() {
    for number in [SIGPIPE, SIGXFSZ] { _ = signal(number, SIG_IGN) }
  }
}
