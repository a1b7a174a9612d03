import Foundation
import Numerics
import Synchronization
import Testing

/// Tasks on several workers, and the help that those without a task give.
@Suite(.serialized)
struct ConcurrentMapTests {
  @Test(arguments: [0, 1, 2, 100], [1, 2, 5])
  func `every index is run once and has its own place`(count: Int, workers: Int) {
    let expected = (0..<count).map { $0 * $0 }
    #expect(concurrentMap(count, workers: workers) { $0 * $0 } == expected)
    #expect(concurrentMap(count, workers: workers) { index, _ in index * index } == expected)
  }

  @Test func `one worker has nobody to ask`() {
    let idle = concurrentMap(3, workers: 1) { _, idle in idle == nil }
    #expect(idle == [true, true, true])
  }

  /// Asks until somebody is idle.
  private func ask(
    _ idle: IdleWorkers?, _ work: @escaping @Sendable () -> Void
  ) throws -> IdleWorkers.Offer {
    for _ in 0..<60_000 {
      if let offer = idle?.ask(work) { return offer }
      Thread.sleep(forTimeInterval: 0.001)
    }
    struct NobodyCame: Error {}
    throw NobodyCame()
  }

  @Test(.enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1))
  func `an idle worker does what it is asked for, again and again, and is asked once at a time`()
    throws
  {
    let results = concurrentMap(1, workers: 2) { _, idle in
      Result {
        var threads: [Thread] = []
        for _ in 0..<3 {
          let helper = Mutex<Thread?>(nil)
          let begun = DispatchSemaphore(value: 0)
          let end = DispatchSemaphore(value: 0)
          let offer = try ask(idle) {
            helper.withLock { $0 = Thread.current }
            begun.signal()
            end.wait()
          }
          begun.wait()
          // Nobody else is there while it works.
          #expect(idle?.ask {} == nil)
          end.signal()
          offer.finish()
          threads.append(try #require(helper.withLock { $0 }))
        }
        return threads.allSatisfy { $0 != Thread.current }
      }
    }
    #expect(try results[0].get())
  }

  @Test(.enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1))
  func `every offer is done exactly once, by whom ever, also inside of others`() throws {
    var helped = 0
    var rounds = 0
    // A busy machine may give all four indices to one thread, which then finds no help.
    while rounds < 200 || (helped == 0 && rounds < 20_000) {
      rounds += 1
      let total = Atomic(0)
      let offers = Atomic(0)
      _ = concurrentMap(4, workers: 4) { index, idle in
        @Sendable func work(_ depth: Int) {
          total.add(1, ordering: .relaxed)
          usleep(20)
          guard depth > 0, let offer = idle?.ask({ work(depth - 1) }) else { return }
          offers.add(1, ordering: .relaxed)
          work(depth - 1)
          offer.finish()
        }
        for _ in 0..<index * 3 { work(2) }
      }
      // Each call that found help made two more.
      let calls = 3 * (0 + 1 + 2 + 3)
      let offered = offers.load(ordering: .relaxed)
      #expect(total.load(ordering: .relaxed) == calls + 2 * offered)
      helped += offered
    }
    #expect(helped > 0)
  }
}
