import Glibc

/// Seconds that have passed, or that this process has computed.
enum Clock {
  case wall, processor

  var now: Double {
    var time = timespec()
    let id = self == .wall ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID
    unsafe clock_gettime(id, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// Keeps a result alive, so that the compiler can't leave out the work that made it.
@inline(never)
func keep<Value>(_ value: Value) {}
