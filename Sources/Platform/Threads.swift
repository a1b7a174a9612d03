#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many threads can be started beside this one, up to `count`.
///
/// Dispatch waits for ever where it can start none, be it for `ulimit -u` or a control group's limit of
/// processes; so it has to be known before. All are alive at once, then they are gone.
package func startableThreadCount(upTo count: Int) -> Int {
  let gate = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  unsafe pthread_mutex_init(gate, nil)
  unsafe pthread_mutex_lock(gate)
  var threads: [pthread_t] = []
  while threads.count < count {
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    // SAFETY: the gate is freed only after every thread has ended.
    let code = unsafe pthread_create(&thread, nil, { unsafe pass($0) }, gate)
    guard code == 0 else { break }
    #if canImport(Darwin)
      if let thread = unsafe thread { unsafe threads.append(thread) }
    #else
      threads.append(thread)
    #endif
  }
  unsafe pthread_mutex_unlock(gate)
  for thread in threads { pthread_join(thread, nil) }
  unsafe pthread_mutex_destroy(gate)
  unsafe gate.deallocate()
  return threads.count
}

private func pass(_ gate: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let gate = unsafe gate?.assumingMemoryBound(to: pthread_mutex_t.self) else { return nil }
  unsafe pthread_mutex_lock(gate)
  unsafe pthread_mutex_unlock(gate)
  return nil
}
