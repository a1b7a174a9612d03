#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Clocks that only go forward. Both may be read in a signal handler.
package enum MonotonicClock {
  /// Nanoseconds that have passed since some time in the past.
  package static var nanoseconds: Int64 { read(CLOCK_MONOTONIC) }

  /// Nanoseconds that the cores worked for this process.
  package static var processorNanoseconds: Int64 { read(CLOCK_PROCESS_CPUTIME_ID) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
