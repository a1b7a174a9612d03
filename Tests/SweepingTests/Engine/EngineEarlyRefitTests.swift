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

  /// Runs all folds on two workers, the last of them not done before somebody has asked for likely winners.
  /// - Parameters:
  ///   - answers: what is told each time, the last answer again and again.
  ///   - pause: how long the first answer takes, in seconds: enough for the last fold to end meanwhile.
  private func engine(
    _ plan: SweepPlan, answers: [[Int]], lastFold: Int = 2,
    pause: Double = 0
  ) throws -> (engine: SweepEngine, questions: [Solver]) {
    let engine = SweepEngine(plan: plan, workers: 2)
    let questions = Mutex<[Solver]>([])
    let asked = DispatchSemaphore(value: 0)
    try engine.run(
      isWanted: { _, _ in true }, expectsRefit: true,
      observer: SweepEngine.Observer(
        finished: { identity, _, _ in
          if identity.fold == lastFold { _ = asked.wait(timeout: .now() + 60) }
        },
        shouldStop: { false }, shouldAbandon: { false }, constantFeatures: { _, _ in },
        likelyWinners: { solver, limit in
          let count = questions.withLock { questions in
            questions.append(solver)
            return questions.count
          }
          asked.signal()
          if count == 1 { Thread.sleep(forTimeInterval: pause) }
          return Array(answers[min(count, answers.count) - 1].prefix(limit))
        }))
    return (engine, questions.withLock { $0 })
  }

  /// The refits that an engine has without fitting anything.
  private func done(_ engine: SweepEngine, _ points: [Int]) throws -> [Int: JobRecord] {
    try engine.refit(points) { true }
  }

  @Test(arguments: members.indices)
  func `an early refit is the refit`(index: Int) throws {
    let (solver, text) = Self.members[index]
    let plan = try plan(text)
    let (engine, questions) = try engine(plan, answers: [[4, 1, 2]])
    #expect(questions.allSatisfy { $0 == solver } && !questions.isEmpty)
    let early = try engine.refit([1, 4]) { false }
    let late = try SweepEngine(plan: plan, workers: 1).refit([1, 4]) { false }
    #expect(early.count == 2 && early == late)
    #expect(early.values.allSatisfy { $0.coefficients != nil })
    // Those that did not win are refits as well; nothing else is there.
    let members = try engine.refit([2, 3]) { false }
    #expect(members == (try SweepEngine(plan: plan, workers: 2).refit([2, 3]) { false }))
  }

  @Test func `a winner that was guessed needs no further fit`() throws {
    let plan = try plan(Self.members[0].text)
    let engine = try engine(plan, answers: [[4, 1, 2]]).engine
    #expect(Set(try done(engine, [1, 4]).keys) == [1, 4])
  }

  @Test func `a guess that turns out wrong is dropped, one that holds is kept`() throws {
    let plan = try plan(Self.members[0].text)
    for (winners, kept) in [([4, 0], [Int]()), ([2, 1], [1, 4])] {
      let engine = try engine(plan, answers: [[4, 1, 2], winners], pause: 0.5).engine
      #expect(try done(engine, [1, 4]).keys.sorted() == kept)
    }
  }

  @Test func `the solvers of closed forms and of shared Hessians are not asked for`() throws {
    for text in [
      "\"grid\": {\"solver\": \"normal\", \"lambda\": [0.1, 1]}",
      "\"model\": {\"loss\": \"logistic\"}, \"grid\": {\"solver\": \"newton\", \"lambda\": [0.1, 1]}",
    ] {
      #expect(try engine(try plan(text), answers: [[0]], lastFold: -1).questions.isEmpty)
    }
  }

  @Test func `with a worker for every fold nobody is asked`() throws {
    let plan = try plan(Self.members[0].text, folds: 2)
    #expect(try engine(plan, answers: [[0]], lastFold: -1).questions.isEmpty)
  }

  @Test func `nothing is fitted without a guess, on one worker, or after a stop`() throws {
    let plan = try plan(Self.members[0].text)
    #expect(try done(engine(plan, answers: [[]]).engine, [1, 4]).isEmpty)
    let alone = SweepEngine(plan: plan, workers: 1)
    try alone.run(
      isWanted: { _, _ in true }, expectsRefit: true,
      observer: SweepEngine.Observer(
        finished: { _, _, _ in }, shouldStop: { false }, shouldAbandon: { false },
        constantFeatures: { _, _ in }, likelyWinners: { _, _ in [1, 4] }))
    #expect(try done(alone, [1, 4]).isEmpty)
    let stopped = Mutex(false)
    let engine = SweepEngine(plan: plan, workers: 2)
    try engine.run(
      isWanted: { _, _ in true }, expectsRefit: true,
      observer: SweepEngine.Observer(
        finished: { _, _, _ in }, shouldStop: { stopped.withLock { $0 } },
        shouldAbandon: { false }, constantFeatures: { _, _ in },
        likelyWinners: { _, _ in
          stopped.withLock { $0 = true }
          return [1, 4]
        }))
    #expect(try done(engine, [1, 4]).isEmpty)
  }
}
