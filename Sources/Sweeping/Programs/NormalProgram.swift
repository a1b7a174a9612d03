import LinearModels
import Results

/// `normal`: the optimum of the squared loss by the normal equations, from the fold's moments.
enum NormalProgram: SolverProgram {
  static let keyNumber = 1
  static let otherNames = ["cholesky", "closedform", "leastsquares", "ols", "ridge"]
  static let axes: [Axis] = [.lambda]
  static let findsOptimum = true

  static func objection(to loss: Loss) -> String? {
    loss == .squared ? nil : "solves the squared loss only"
  }

  static func furtherEndings(tolerance: Double) -> [FitStatus] { [.singular] }

  /// Turning a block's weights back.
  static func operations(_ size: CohortSize) -> Double { size.features * size.features }

  static func fit(_ work: CohortWork) -> [LaneFits] {
    guard let problem = work.leastSquares else { preconditionFailure("the spec checks the loss") }
    return work.lambdas.map {
      normalEquations(
        problem, rows: work.rows, lambdas: $0, shouldAbandon: work.shouldAbandon)
    }
  }
}
