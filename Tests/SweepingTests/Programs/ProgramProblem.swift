import LinearModels
import Numerics
import Results
import Sweeping
import TestSupport
import Testing

/// A solver on a loss that it can minimise.
struct ProgramCase: Sendable, CustomTestStringConvertible {
  let solver: Solver
  let loss: Loss

  /// All of them.
  static let all = Solver.allCases.flatMap { solver in
    Loss.allCases.filter { solver.objection(to: $0) == nil }.map {
      ProgramCase(solver: solver, loss: $0)
    }
  }

  var testDescription: String { "\(solver.rawValue), \(loss.rawValue)" }

  /// Points that differ in every axis that those of a cohort need not share.
  func points(_ count: Int) -> [Point] {
    (0..<count).map { index in
      var point = Point([.solver: .word(solver.rawValue)])
      for axis in solver.program.axes {
        point[axis] = axis.sample(solver.program.sharedAxes.contains(axis) ? 3 : index)
      }
      return point
    }
  }
}

extension Axis {
  /// One of some values that a test may give to the axis; another for each of the first three indices.
  func sample(_ index: Int) -> AxisValue {
    switch self {
    case .schedule: .word(["constant", "inverse_time(0.5)", "inverse_sqrt(0.5)"][index % 3])
    case .lambda: .number(0.01 * Double(1 + index))
    // Small enough to be left in the first steps.
    case .radius: .number(0.001 * Double(1 + index))
    case .learningRate: .number(0.01 / Double(1 + index % 5))
    default: .number(Double(1 + index) * (range?.isWhole == true ? 1 : 0.1))
    }
  }
}

/// Plain data and the same as the solvers take it.
struct ProgramProblem {
  let plain: PlainProblem
  let rows: ScaledRows
  let leastSquares: RotatedLeastSquares?
  let loss: Loss

  init(_ loss: Loss, rows rowCount: Int, features: Int) {
    self.loss = loss
    plain = .sample(
      loss == .squared ? .squared : .logistic, rows: rowCount, features: features)
    let matrix = Matrix(rows: plain.rows)
    let all = (0..<Int32(rowCount)).map { $0 }
    rows = ScaledRows(
      matrix: matrix, target: plain.target, rows: all,
      scaling: FeatureScaling(identity: features))
    leastSquares =
      loss == .squared
      ? RotatedLeastSquares(
        CentredMoments(
          RowMoments(matrix: matrix, target: plain.target, rows: all, workers: 1),
          standardize: nil, hasIntercept: true), hasIntercept: true) : nil
  }

  /// The fits of some points, in blocks of lanes.
  func fits(
    _ solver: Solver, _ points: [Point], workers: Int = 1, idle: IdleWorkers? = nil,
    shouldAbandon: @escaping @Sendable () -> Bool = { false }
  ) -> [LaneFits] {
    let blocks = stride(from: 0, to: points.count, by: Lanes.width).map { start in
      let members = Array(points[start..<min(start + Lanes.width, points.count)])
      return CohortWork.Block(
        points: members, lambdas: members.map { solver.uses(.lambda) ? $0.lambda ?? 0 : 0 })
    }
    let count = rows.count
    return solver.program.fit(
      CohortWork(
        loss: loss, hasIntercept: true, tolerance: 0, rows: rows, leastSquares: leastSquares,
        blocks: blocks,
        order: { epoch in
          var generator = RandomGenerator(seed: 5, stream: [UInt64(epoch)])
          return generator.permutation(count: count)
        }, workers: workers, idle: idle, shouldAbandon: shouldAbandon))
  }
}

extension LaneFits {
  /// Every bit that a lane's result has.
  func bits(_ lane: Int) -> [UInt64] {
    let outcome = outcomes[lane]
    let numbers: [Double?] = [
      intercepts[lane], outcome.gradientNorm, outcome.multiplier,
      outcome.effectiveDegreesOfFreedom, outcome.trainingMeanSquare, outcome.rawIntercept,
    ]
    return (weights(lane: lane) + numbers.map { $0 ?? .nan }).map(\.bitPattern)
      + [UInt64(bitPattern: Int64(outcome.epochsRun ?? -1))]
  }
}
