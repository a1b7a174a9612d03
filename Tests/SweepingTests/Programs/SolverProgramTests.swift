import LinearModels
import Numerics
import Results
import Sweeping
import Synchronization
import TestSupport
import Testing

/// What every solver has to keep, whichever it is: a new one is tested by its declaration.
struct SolverProgramTests {
  @Test(arguments: ProgramCase.all)
  func `a point has the same bits alone, in a crowd and on several workers`(member: ProgramCase) {
    // More rows than one worker's part of them, more points than a block.
    let problem = ProgramProblem(member.loss, rows: 2100, features: 2)
    let points = member.points(Lanes.width + 2)
    let crowd = problem.fits(member.solver, points)
    #expect(crowd.map(\.count) == [Lanes.width, 2])
    for index in [0, Lanes.width - 1, Lanes.width + 1] {
      let alone = problem.fits(member.solver, [points[index]])[0]
      #expect(crowd[index / Lanes.width].bits(index % Lanes.width) == alone.bits(0))
    }
    let handed = concurrentMap(1, workers: 3) { _, idle in
      problem.fits(member.solver, points, idle: idle)
    }[0]
    for shared in [problem.fits(member.solver, points, workers: 3), handed] {
      for (mine, theirs) in zip(crowd, shared) {
        #expect((0..<mine.count).allSatisfy { mine.bits($0) == theirs.bits($0) })
      }
    }
  }

  /// J is convex, so its gradient vanishes at the optimum alone.
  @Test(arguments: ProgramCase.all.filter { $0.solver.program.findsOptimum })
  func `where a solver finds the optimum, the plain gradient vanishes there`(member: ProgramCase) {
    let problem = ProgramProblem(member.loss, rows: 60, features: 4)
    let points = member.points(5)
    let fits = problem.fits(member.solver, points)[0]
    for (lane, point) in points.enumerated() {
      var plain = problem.plain
      plain.lambda = point.lambda ?? 0
      let start = PlainLinearAlgebra.norm(plain.gradient(plain.zero).vector)
      let found = PlainProblem.Fit(
        weights: fits.weights(lane: lane), intercept: fits.intercepts[lane])
      #expect(fits.outcomes[lane].status == .ok)
      // What `newton` promises; the closed forms are exact to rounding.
      #expect(PlainLinearAlgebra.norm(plain.gradient(found).vector) <= 1e-9 * start)
      if member.loss == .squared {
        #expect(relativeDistance(found.vector, plain.closedForm().vector) < 1e-10)
      }
    }
  }

  @Test(arguments: ProgramCase.all.filter { !$0.solver.program.findsOptimum })
  func `a descent lowers the plain objective and says how far it went`(member: ProgramCase) {
    let problem = ProgramProblem(member.loss, rows: 60, features: 4)
    let points = member.points(5)
    let fits = problem.fits(member.solver, points)[0]
    for (lane, point) in points.enumerated() {
      var plain = problem.plain
      plain.lambda = point.lambda ?? 0
      let found = PlainProblem.Fit(
        weights: fits.weights(lane: lane), intercept: fits.intercepts[lane])
      #expect(fits.outcomes[lane].epochsRun == point.epochs)
      #expect(plain.objective(found) < plain.objective(plain.zero))
    }
  }

  @Test(arguments: ProgramCase.all)
  func `a solver that is interrupted leaves nothing behind`(member: ProgramCase) {
    let problem = ProgramProblem(member.loss, rows: 300, features: 4)
    let points = member.points(Lanes.width + 1)
    let count = Atomic(0)
    _ = problem.fits(member.solver, points) {
      count.add(1, ordering: .relaxed)
      return false
    }
    let asked = count.load(ordering: .relaxed)
    #expect(asked > 0)
    // From the first time that it asks, and from the last.
    for allowed in [0, asked - 1] {
      let left = Atomic(allowed)
      let fits = problem.fits(member.solver, points) {
        left.subtract(1, ordering: .relaxed).newValue < 0
      }
      #expect(fits.contains { $0.wasAbandoned })
    }
  }

  @Test(arguments: ProgramCase.all)
  func `every axis that a solver names changes its fit`(member: ProgramCase) {
    let problem = ProgramProblem(member.loss, rows: 60, features: 4)
    let point = member.points(2)[1]
    let before = problem.fits(member.solver, [point])[0]
    for axis in member.solver.program.axes {
      var other = point
      other[axis] = axis.sample(2)
      let after = problem.fits(member.solver, [other])[0]
      #expect(after.weights(lane: 0) != before.weights(lane: 0), "\(axis.rawValue)")
    }
  }

  @Test func `key numbers are those that journals hold`() {
    let numbers = Dictionary(
      uniqueKeysWithValues: Solver.allCases.map { ($0.rawValue, $0.program.keyNumber) })
    let inJournals = [
      "normal": 1, "min_norm": 2, "gd": 3, "sgd": 4, "newton": 5, "projected_gd": 6,
    ]
    #expect(Set(numbers.values).count == numbers.count)
    #expect(numbers.filter { inJournals[$0.key] != nil } == inJournals)
  }

  @Test(arguments: Solver.allCases)
  func `cohorts are whole blocks, and more work costs more`(solver: Solver) {
    let program = solver.program
    #expect((program.cohortWidth ?? Lanes.width).isMultiple(of: Lanes.width))
    #expect(program.sharedAxes.allSatisfy(program.axes.contains))
    for loss in Loss.allCases where solver.objection(to: loss) == nil {
      func cost(rows: Int = 100, features: Int = 10, points: Int = 16, epochs: Int = 5) -> Double {
        program.operations(
          CohortSize(
            rowCount: rows, featureCount: features, loss: loss, pointCount: points,
            epochs: epochs))
      }
      #expect(cost() > 0)
      #expect(cost(features: 20) > cost())
      #expect(cost(rows: 200) >= cost() && cost(points: 32) >= cost())
      #expect((cost(epochs: 10) > cost()) == solver.uses(.epochs))
    }
  }
}

/// What a spec is told of solvers.
struct SolverAdviceTests {
  private func message(_ spec: String) -> String? {
    do {
      _ = try SpecReader.read(text: Array(spec.utf8), path: "s.json")
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func spec(_ member: ProgramCase, without left: Axis? = nil) -> String {
    var axes = ["\"solver\": \"\(member.solver.rawValue)\""]
    for axis in member.solver.requiredAxes where axis != left {
      axes.append("\"\(axis.rawValue)\": \(axis.sample(0).text)")
    }
    return """
      {"data": {"csv": "d.csv", "target": "y"}, "split": {"k_fold": 3},
       "model": {"loss": "\(member.loss.rawValue)"}, "grid": {\(axes.joined(separator: ", "))}}
      """
  }

  @Test(arguments: ProgramCase.all)
  func `a solver with its axes is no error, and each that lacks is told with what to write`(
    member: ProgramCase
  ) {
    #expect(message(spec(member)) == nil)
    for axis in member.solver.requiredAxes {
      let text = message(spec(member, without: axis)) ?? "no error"
      let needed = "'\(member.solver.rawValue)' needs '\(axis.rawValue)', write "
      #expect(text.contains(needed + (axis.whenMissing ?? "nothing")))
    }
  }

  @Test(arguments: Solver.allCases, Loss.allCases)
  func `a loss that a solver cannot minimise is told with solvers that can`(
    solver: Solver, loss: Loss
  ) throws {
    let text = message(spec(ProgramCase(solver: solver, loss: loss)))
    guard let objection = solver.objection(to: loss) else {
      #expect(text == nil)
      return
    }
    #expect(try #require(text).contains(objection))
    let advised = Solver.allCases.filter { objection.contains("\"\($0.rawValue)\"") }
    #expect(!advised.isEmpty)
    let able = Solver.allCases.filter { $0.objection(to: loss) == nil }
    let exact = able.filter { $0.program.findsOptimum }
    #expect(advised == (exact.isEmpty ? able : exact))
  }

  @Test(arguments: Solver.allCases)
  func `what other programs call a solver or an axis is understood`(solver: Solver) {
    for synonym in solver.program.otherNames {
      #expect(likelyName(for: synonym, among: Solver.allCases.map(\.rawValue)) == solver.rawValue)
    }
    for axis in solver.program.axes {
      for synonym in axis.otherNames {
        #expect(likelyName(for: synonym, among: Axis.allCases.map(\.rawValue)) == axis.rawValue)
      }
    }
  }
}
