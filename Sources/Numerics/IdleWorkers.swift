import Dispatch
import Synchronization

/// The workers of one `concurrentMap` that found no task left, for the tasks that still run.
///
/// A task that can be cut asks now and then whether somebody is idle; how it is cut must not change its
/// results, because who is idle when is chance.
package final class IdleWorkers: Sendable {
  private struct State {
    /// Workers in `help` that have nothing to do, offers not yet subtracted.
    var waiting = 0
    var offers: [Offer] = []
    var openTasks: Int
  }

  private let state: Mutex<State>
  private let news = DispatchSemaphore(value: 0)
  /// Workers that wait and that nobody has asked, to look at without a lock.
  private let free = Atomic(0)

  init(openTasks: Int) { state = Mutex(State(openTasks: openTasks)) }

  /// Work that an idle worker was asked to do.
  package final class Offer: Sendable {
    fileprivate let work: @Sendable () -> Void
    fileprivate let done = DispatchSemaphore(value: 0)
    private let owner: IdleWorkers

    fileprivate init(_ work: @escaping @Sendable () -> Void, owner: IdleWorkers) {
      self.work = work
      self.owner = owner
    }

    /// Returns when the work is done; does it here where the worker has not begun yet. Call it once.
    package func finish() {
      if owner.takeBack(self) { work() } else { done.wait() }
    }
  }

  /// Asks an idle worker to do `work`.
  /// - Returns: `nil` where nobody is idle; otherwise what must be finished before the task ends.
  package func ask(_ work: @escaping @Sendable () -> Void) -> Offer? {
    guard free.load(ordering: .relaxed) > 0 else { return nil }
    let offer = Offer(work, owner: self)
    let isTaken = update { state in
      guard state.waiting > state.offers.count else { return false }
      state.offers.append(offer)
      return true
    }
    guard isTaken else { return nil }
    news.signal()
    return offer
  }

  /// A task has ended; with the last one nobody waits any longer.
  func endTask() {
    let waiting = update { state in
      state.openTasks -= 1
      return state.openTasks == 0 ? state.waiting : 0
    }
    for _ in 0..<waiting { news.signal() }
  }

  /// Does what tasks ask for until all have ended.
  func help() {
    let isNeeded = update { state in
      guard state.openTasks > 0 else { return false }
      state.waiting += 1
      return true
    }
    guard isNeeded else { return }
    while true {
      news.wait()
      let (offer, isOver) = update { state -> (Offer?, Bool) in
        guard !state.offers.isEmpty else { return (nil, state.openTasks == 0) }
        state.waiting -= 1
        return (state.offers.removeFirst(), false)
      }
      if isOver { return }
      guard let offer else { continue }
      offer.work()
      // Its task is still open, so there may be more.
      update { $0.waiting += 1 }
      offer.done.signal()
    }
  }

  /// Whether an offer had not been begun; then it is withdrawn.
  private func takeBack(_ offer: Offer) -> Bool {
    update { state in
      guard let index = state.offers.firstIndex(where: { $0 === offer }) else { return false }
      state.offers.remove(at: index)
      return true
    }
  }

  private func update<Result: Sendable>(_ change: (inout State) -> Result) -> Result {
    state.withLock { state in
      defer { free.store(state.waiting - state.offers.count, ordering: .relaxed) }
      return change(&state)
    }
  }
}
