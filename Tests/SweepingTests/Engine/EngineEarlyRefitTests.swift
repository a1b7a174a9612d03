import Dispatch
import Foundation
import LinearModels
import Sweeping
import Synchronization
import TestSupport
import Testing

/// Refits of likely winners, done by a worker without a fold while another still has one.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1))
struct EngineEarlyRefitTests {
  private static let members: [(solver: Solver, text: String)] = [
    (
      .sgd,
      """
      "grid": {"solver": "sgd", "batch_size": 1, "eta": 0.01, "epochs": 4, "lambda": {"logspace": [0.01, 10], "count": 6}}
      """
    ),
    (
      .gd,
      """
      "model": {"loss": "logistic"}, "outputs": ["history"],
      "grid": {"solver": "gd", "eta": 0.1, "epochs": 4, "lambda": {"logspace": [0.01, 10], "count": 6}}
      """
    ),
    (
      .minNorm,
      "\"grid\": {\"solver\": \"min_norm\", \"lambda\": {\"logspace\": [0.01, 10], \"count\": 6}}"
    ),
  ]

  private func plan(_ members: String, folds: Int = 3) throws -> SweepPlan {
    let fixture = try SweepFixture()
    var generator = SeededGenerator(seed: 5)
    let lines = (0..<60).map { _ in
      let x = (0..<4).map { _ in Double.random(in: -1...1, using: &generator) }
      return (x + [x[0] - x[1] > 0 ? 1 : 0]).map { "\($0)" }.joined(separator: ",")
    }
    try fixture.folder.write(
      (["a,b,c,d,y"] + lines).joined(separator: "\n"), to: "d.csv")
    let spec = try fixture.spec(
      """
      {"data": {"csv": "d.csv", "target": "y"}, "split": {"k_fold": \(folds)}, \(members)}
      """)
    return try SweepRun(RunRequest(spec: spec, output: nil, workers: 2)) { _ in }.plan
  }

  private typealias Engine = SweepEngine<LinearModelRunner>

  /// What an observer was asked, and answers.
  private final class Guesses: Sendable {
    let questions = Mutex<[Solver]>([])
    private let asked = DispatchSemaphore(value: 0)
    private let answers: [[Int]]
    private let lastFold: Int

    /// - Parameters:
    ///   - answers: what is told each time, the last answer again and again.
    ///   - lastFold: the fold that is not done before somebody has asked.
    init(_ answers: [[Int]], lastFold: Int = 2) {
      self.answers = answers
      self.lastFold = lastFold
    }

    func observer(shouldStop: @escaping @Sendable () -> Bool = { false }) -> EngineObserver {
      EngineObserver(
        finished: { identity, _, _ in
          if identity.fold == self.lastFold { _ = self.asked.wait(timeout: .now() + 60) }
        },
        shouldStop: shouldStop, shouldAbandon: { false }, constantFeatures: { _, _ in },
        likelyWinners: { solver, limit in
          let count = self.questions.withLock { questions in
            questions.append(solver)
            return questions.count
          }
          self.asked.signal()
          return Array(self.answers[min(count, self.answers.count) - 1].prefix(limit))
        })
    }
  }

  /// Runs all folds on two workers.
  private func run(
    _ plan: SweepPlan, _ guesses: Guesses
  ) throws -> (engine: Engine, outcome: Engine.Outcome) {
    let engine = Engine(plan: plan, workers: 2)
    let outcome = try engine.run(
      isWanted: { _, _ in true }, expectsRefit: true, observer: guesses.observer())
    return (engine, outcome)
  }

  @Test(arguments: members.indices)
  func `an early refit is the refit`(index: Int) throws {
    let (solver, text) = Self.members[index]
    let plan = try plan(text)
    let guesses = Guesses([[4, 1, 2]])
    let (engine, outcome) = try run(plan, guesses)
    let questions = guesses.questions.withLock { $0 }
    #expect(questions.allSatisfy { $0 == solver } && !questions.isEmpty)
    let early = try engine.refit([1, 4], after: outcome) { false }
    let late = try Engine(plan: plan, workers: 1).refit([1, 4]) { false }
    #expect(early.count == 2 && early == late)
    #expect(early.values.allSatisfy { $0.coefficients != nil })
    // Those that did not win are refits as well; nothing else is there.
    let members = try engine.refit([2, 3], after: outcome) { false }
    #expect(members == (try Engine(plan: plan, workers: 2).refit([2, 3]) { false }))
  }

  @Test func `a winner that was guessed needs no further fit`() throws {
    let (engine, outcome) = try run(plan(Self.members[0].text), Guesses([[4, 1, 2]]))
    #expect(Set(try engine.refit([1, 4], after: outcome) { true }.keys) == [1, 4])
  }

  @Test(arguments: [([4, 0], [Int]()), ([2, 1], [1, 4])])
  func `a guess that turns out wrong is dropped, one that holds is kept`(
    winners: [Int], kept: [Int]
  ) throws {
    let guesses = Guesses([[4, 1, 2], winners])
    let runner = CountingRunner(try plan(Self.members[0].text), pointCount: 6, foldCount: 3) {
      identity, shouldAbandon in
      guard identity.isRefit else { return true }
      // The second question is whether the guess was right: it is asked when no fold is open any more.
      while guesses.questions.withLock({ $0.count }) < 2 {
        if shouldAbandon() { return false }
      }
      return true
    }
    let engine = SweepEngine(runner, workers: 2)
    let outcome = try engine.run(
      isWanted: { _, _ in true }, expectsRefit: true, observer: guesses.observer())
    #expect(try engine.refit([1, 4], after: outcome) { true }.keys.sorted() == kept)
  }

  @Test func `the solvers of closed forms and of shared Hessians are not asked for`() throws {
    for text in [
      "\"grid\": {\"solver\": \"normal\", \"lambda\": [0.1, 1]}",
      "\"model\": {\"loss\": \"logistic\"}, \"grid\": {\"solver\": \"newton\", \"lambda\": [0.1, 1]}",
    ] {
      let guesses = Guesses([[0]], lastFold: -1)
      _ = try run(plan(text), guesses)
      #expect(guesses.questions.withLock { $0.isEmpty })
    }
  }

  @Test func `with a worker for every fold nobody is asked`() throws {
    let guesses = Guesses([[0]], lastFold: -1)
    _ = try run(plan(Self.members[0].text, folds: 2), guesses)
    #expect(guesses.questions.withLock { $0.isEmpty })
  }

  @Test func `nothing is fitted without a guess, on one worker, or after a stop`() throws {
    let plan = try plan(Self.members[0].text)
    func refits(_ guesses: Guesses, workers: Int, stops: Bool = false) throws -> [Int] {
      let runner = CountingRunner(plan, pointCount: 6, foldCount: 3) { identity, shouldAbandon in
        !identity.isRefit || !shouldAbandon()
      }
      let engine = SweepEngine(runner, workers: workers)
      let outcome = try engine.run(
        isWanted: { _, _ in true }, expectsRefit: true,
        observer: guesses.observer {
          stops && guesses.questions.withLock { !$0.isEmpty }
        })
      return try engine.refit([1, 4], after: outcome) { true }.keys.sorted()
    }
    #expect(try refits(Guesses([[1, 4]]), workers: 2) == [1, 4])
    #expect(try refits(Guesses([[]]), workers: 2).isEmpty)
    #expect(try refits(Guesses([[1, 4]], lastFold: -1), workers: 1).isEmpty)
    #expect(try refits(Guesses([[1, 4]]), workers: 2, stops: true).isEmpty)
  }
}
