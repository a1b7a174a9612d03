import Platform

/// Seconds that have passed, or that this process has computed.
enum Clock {
  case wall, processor

  var now: Double {
    let nanoseconds =
      self == .wall ? MonotonicClock.nanoseconds : MonotonicClock.processorNanoseconds
    return Double(nanoseconds) * 1e-9
  }
}

/// Keeps a result alive, so that the compiler can't leave out the work that made it.
@inline(never)
func keep<Value>(_ value: Value) {}
