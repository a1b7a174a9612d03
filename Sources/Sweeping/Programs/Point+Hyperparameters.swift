package import LinearModels
package import Results

/// A point as the solvers read it: a value that the solver does not use is `nil`.
extension Point {
  package var solver: Solver {
    guard let solver = self[.solver]?.word.flatMap({ Solver(rawValue: $0) }) else {
      preconditionFailure("a point of a grid has a solver")
    }
    return solver
  }
  package var degree: Int { number(on: .degree).map { Int($0) } ?? 1 }
  package var trainSize: TrainSize? { number(on: .trainSize).map { TrainSize($0) } }
  package var schedule: LearningRateSchedule? {
    self[.schedule]?.word.flatMap { LearningRateSchedule(cell: $0) }
  }
  package var epochs: Int? { number(on: .epochs).map { Int($0) } }
  package var radius: Double? { number(on: .radius) }
  package var lambda: Double? { number(on: .lambda) }
}

/// How many of the training rows a job may use.
package enum TrainSize: Hashable, Sendable {
  case rows(Int)
  case fraction(Double)

  /// Below 1 a fraction of the training rows, from 1 on a number of rows.
  package init(_ value: Double) {
    self = value < 1 ? .fraction(value) : .rows(Int(value))
  }
}
