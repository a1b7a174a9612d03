import Synchronization

/// What SIGINT and SIGTERM ask for: the first to finish the jobs in flight and stop, the second
/// to leave at once. A job that is not done half a second after the first is dropped.
///
/// A process has one set of signal handlers, so this state is the process's too. The handler does
/// nothing but atomic operations and `exitAtOnce`, and needs no thread, so it works while every
/// thread is busy and when standard input is closed.
package enum Interruption {
  /// The number of the first signal that came, or zero.
  private static let received = Atomic<Int32>(0)
  /// When it came, in nanoseconds of the monotonic clock, or zero.
  private static let receivedAt = Atomic<Int64>(0)
  /// How long jobs in flight may take to finish.
  private static let patience: Int64 = 500_000_000

  /// Installs the handlers, and has failed writes throw rather than kill. Call it on the main thread.
  package static func install() {
    // The first use of a static does work that a handler must not do.
    received.store(0, ordering: .relaxed)
    receivedAt.store(0, ordering: .relaxed)
    Signals.handle([Signals.interrupt, Signals.terminate]) { Interruption.receive($0) }
    Signals.turnIntoWriteErrors()
  }

  /// Whether to start no further jobs.
  package static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// Whether jobs in flight have had their time to finish, and are to be dropped.
  package static var isOverdue: Bool {
    guard isRequested else { return false }
    let start = receivedAt.load(ordering: .relaxed)
    return start != 0 && MonotonicClock.nanoseconds - start > patience
  }

  /// 130 after SIGINT, 143 after SIGTERM, otherwise `nil`.
  package static var exitCode: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : 128 + number
  }

  private static func receive(_ number: Int32) {
    let isFirst = received.compareExchange(expected: 0, desired: number, ordering: .relaxed)
      .exchanged
    if !isFirst { ThisProcess.exitAtOnce(128 + number) }
    receivedAt.store(MonotonicClock.nanoseconds, ordering: .relaxed)
  }
}
