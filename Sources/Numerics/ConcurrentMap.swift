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
  return concurrentMap(count, workers: min(workers, count), idle: nil, task)
}

/// The same for tasks that can hand a part of themselves to a worker that found no task left.
/// - Parameter task: an index, and whom it may ask for help.
package func concurrentMap<Result: Sendable>(
  _ count: Int, workers: Int, _ task: @Sendable (Int, IdleWorkers?) -> Result
) -> [Result] {
  guard workers > 1, count > 0 else { return (0..<count).map { task($0, nil) } }
  let idle = IdleWorkers(openTasks: count)
  return concurrentMap(count, workers: workers, idle: idle) { index in
    defer { idle.endTask() }
    return task(index, idle)
  }
}

private func concurrentMap<Result: Sendable>(
  _ count: Int, workers: Int, idle: IdleWorkers?, _ task: @Sendable (Int) -> Result
) -> [Result] {
  let next = Atomic(0)
  return unsafe Array(unsafeUninitializedCapacity: count) { buffer, initializedCount in
    // SAFETY: each index is claimed once, so no two workers touch one slot, and
    // concurrentPerform returns only when every slot is initialised.
    nonisolated(unsafe) let slots = unsafe buffer
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while case let index = next.add(1, ordering: .relaxed).oldValue, index < count {
        unsafe slots.initializeElement(at: index, to: task(index))
      }
      idle?.help()
    }
    initializedCount = count
  }
}
