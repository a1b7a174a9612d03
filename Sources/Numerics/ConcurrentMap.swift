import Dispatch
import Synchronization

/// Runs `task` for every index on up to `workers` threads and returns the results by index.
///
/// Indices are claimed in order, so put the longest task first. With one worker everything runs
/// on the calling thread. Never call it from inside a task: there is one parallel layer.
package func concurrentMap<Result: Sendable>(
  _ count: Int, workers: Int, _ task: @Sendable (Int) -> Result
) -> [Result] {
  guard workers > 1, count > 1 else { return (0..<count).map(task) }
  let next = Atomic(0)
  return unsafe Array(unsafeUninitializedCapacity: count) { buffer, initializedCount in
    // SAFETY: each index is claimed once, so no two workers touch one slot, and
    // concurrentPerform returns only when every slot is initialised.
    nonisolated(unsafe) let slots = unsafe buffer
    DispatchQueue.concurrentPerform(iterations: min(workers, count)) { _ in
      while case let index = next.add(1, ordering: .relaxed).oldValue, index < count {
        unsafe slots.initializeElement(at: index, to: task(index))
      }
    }
    initializedCount = count
  }
}
