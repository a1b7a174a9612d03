import LinearModels
import Results

/// `min_norm`: the optimum of the squared loss by QR and SVD of the rows, that of minimum norm at λ = 0.
enum MinimumNormProgram: SolverProgram {
  static let keyNumber = 2
  static let otherNames = ["pinv", "svd"]
  static let axes: [Axis] = [.lambda]
  static let findsOptimum = true

  static func objection(to loss: Loss) -> String? { NormalProgram.objection(to: loss) }

  /// One decomposition serves all λ.
  static let cohortWidth: Int? = nil

  /// So many solutions take a small part of the decomposition's time.
  static let earlyRefitWidth = 4 * Lanes.width

  /// The QR factorisation.
  static func operations(_ size: CohortSize) -> Double {
    size.rows * size.features * size.features
  }

  /// R, the rotated copy of it, and the left and the right singular vectors.
  static func scratchBytes(featureCount: Int) -> Double {
    4 * Double(featureCount) * Double(featureCount) * 8
  }

  static func fit(_ work: CohortWork) -> [LaneFits] {
    minimumNorm(
      rows: work.rows, hasIntercept: work.hasIntercept, blocks: work.lambdas,
      shouldAbandon: work.shouldAbandon)
  }

  static func eigenvalues(
    _ rows: ScaledRows, hasIntercept: Bool, shouldAbandon: () -> Bool
  ) -> [Double]? {
    minimumNormEigenvalues(rows: rows, hasIntercept: hasIntercept, shouldAbandon: shouldAbandon)
  }
}
