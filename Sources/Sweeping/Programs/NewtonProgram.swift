import LinearModels
import Results

/// `newton`: the optimum of the logistic loss.
enum NewtonProgram: SolverProgram {
  static let keyNumber = 5
  static let otherNames = ["irls", "lbfgs", "newtoncg", "newtoncholesky"]
  static let axes: [Axis] = [.lambda]
  static let findsOptimum = true

  static func objection(to loss: Loss) -> String? {
    loss == .logistic ? nil : "is for the logistic loss"
  }

  static func furtherEndings(tolerance: Double) -> [FitStatus] { [.notConverged] }

  /// The blocks of a cohort share the scaled rows and the Hessian at zero.
  static let cohortWidth: Int? = 4 * Lanes.width

  /// Its sums over the rows.
  static let sharing = CohortSharing.withinFits

  /// One Hessian a point, whose columns are added eight at a time, and some ten gradients.
  static func operations(_ size: CohortSize) -> Double {
    let hessians = size.features / 8 * Double(size.pointCount)
    return size.rows * size.features * (hessians + 10 * size.lanes)
  }

  /// Two approximate Hessians a point, at most those that `LogisticCurvature` makes at a time, and four
  /// while one is factored.
  static func scratchBytes(featureCount: Int) -> Double {
    let square = Double(featureCount) * Double(featureCount) * 8
    return min(128 * square, 1.4e8) + 4 * square
  }

  static func fit(_ work: CohortWork) -> [LaneFits] {
    newtonMethod(
      rows: work.rows, hasIntercept: work.hasIntercept, blocks: work.lambdas,
      tolerance: work.tolerance, workers: work.workers, shouldAbandon: work.shouldAbandon)
  }
}
