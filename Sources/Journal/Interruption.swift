import Glibc
import Synchronization

/// What SIGINT and SIGTERM ask for: the first to finish the jobs in flight and stop, the second
/// to leave at once. A job that is not done half a second after the first is dropped.
///
/// A process has one set of signal handlers, so this state is the process's too. The handler does
/// nothing but an atomic operation and `_exit`, and needs no thread, so it works while every
/// thread is busy and when standard input is closed.
package enum Interruption {
  /// The number of the first signal that came, or zero.
  private static let received = Atomic<Int32>(0)
  /// When it came, in nanoseconds of the monotonic clock, or zero.
  private static let receivedAt = Atomic<Int64>(0)
  /// How long jobs in flight may take to finish.
  private static let patience: Int64 = 500_000_000

  /// Installs the handlers, also where the parent process had the signals ignored or blocked.
  ///
  /// Call it on the main thread: Dispatch's threads let signals through to no one.
  ///
  /// Also ignores SIGPIPE and SIGXFSZ, so that a reader that went away and a file-size limit are
  /// errors of the write, which says so, and not silent deaths.
  package static func install() {
    // The first use of a static does work that a handler must not do.
    received.store(0, ordering: .relaxed)
    receivedAt.store(0, ordering: .relaxed)
    var caught = sigset_t()
    unsafe sigemptyset(&caught)
    for number in [SIGINT, SIGTERM] {
      unsafe sigaddset(&caught, number)
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { number in Interruption.receive(number) }
      action.sa_flags = SA_RESTART
      unsafe sigemptyset(&action.sa_mask)
      unsafe sigaction(number, &action, nil)
    }
    unsafe pthread_sigmask(SIG_UNBLOCK, &caught, nil)
    for number in [SIGPIPE, SIGXFSZ] { _ = signal(number, SIG_IGN) }
  }

  /// Whether to start no further jobs.
  package static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// Whether jobs in flight have had their time to finish, and are to be dropped.
  package static var isOverdue: Bool {
    guard isRequested else { return false }
    let start = receivedAt.load(ordering: .relaxed)
    return start != 0 && now() - start > patience
  }

  /// 130 after SIGINT, 143 after SIGTERM, otherwise `nil`.
  package static var exitCode: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : 128 + number
  }

  private static func receive(_ number: Int32) {
    let isFirst = received.compareExchange(expected: 0, desired: number, ordering: .relaxed)
      .exchanged
    if !isFirst { _exit(128 + number) }
    receivedAt.store(now(), ordering: .relaxed)
  }

  private static func now() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
