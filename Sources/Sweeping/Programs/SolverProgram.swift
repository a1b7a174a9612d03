package import LinearModels
package import Results

/// All that a sweep knows of one solver: its axes, how its jobs go together, what they cost, how they are
/// fitted. A new solver is a file with one of these, and a case of ``Solver``.
package protocol SolverProgram {
  /// Never changed and never given to another: keys on disk hold it. A number, because hashing the
  /// word would be half of the cost of a key.
  static var keyNumber: Int { get }

  /// What other programs and books call it, in lower case and without separators.
  static var otherNames: [String] { get }

  /// The axes that change what it does, beside those of every solver; lacking ones are told in this
  /// order.
  static var axes: [Axis] { get }

  /// An axis whose values act as the number of training rows where they are above it, and what that
  /// means.
  static var axisLimitedByRows: (axis: Axis, meaning: String)? { get }

  /// Why it cannot minimise a loss: what follows its name in a message; `nil` where it can.
  static func objection(to loss: Loss) -> String?

  /// Whether its result is the optimum, not an iterate on the way there.
  static var findsOptimum: Bool { get }

  /// How a fit may end beside `ok` and `diverged`.
  static func furtherEndings(tolerance: Double) -> [FitStatus]

  /// The axes on which the points of a cohort agree, because they train side by side.
  static var sharedAxes: [Axis] { get }

  /// The most points in a cohort, whole blocks of lanes; `nil` where one cohort takes all.
  static var cohortWidth: Int? { get }

  /// What several workers can do with one cohort.
  static var sharing: CohortSharing { get }

  /// How many points are refitted in the time of one: so many likely winners are refitted while folds are
  /// still open. 0 where that time is short, or grows with them.
  static var earlyRefitWidth: Int { get }

  /// A rough number of multiply-adds of one lane block, to start the longest cohort first.
  static func operations(_ size: CohortSize) -> Double

  /// At most so many bytes a worker holds while it fits a cohort, beside the rows, the fold's
  /// moments and one block of lanes (``CohortSize/laneBytes(featureCount:)``).
  static func scratchBytes(featureCount: Int) -> Double

  /// Fits the points, block by block.
  static func fit(_ work: CohortWork) -> [LaneFits]

  /// The eigenvalues of the Hessian of the mean squared loss, descending, where its own decomposition
  /// has the small ones more exactly than the fold's moments; `nil` elsewhere.
  static func eigenvalues(
    _ rows: ScaledRows, hasIntercept: Bool, shouldAbandon: () -> Bool
  ) -> [Double]?
}

/// What several workers can do with one cohort.
package enum CohortSharing {
  /// It takes one of them, and as long with fewer points.
  case none
  /// Each takes some of its blocks.
  case byBlocks
  /// They work on the same fits.
  case withinFits
}

extension SolverProgram {
  static var axisLimitedByRows: (axis: Axis, meaning: String)? { nil }
  static var sharedAxes: [Axis] { [] }
  static var cohortWidth: Int? { Lanes.width }
  static var sharing: CohortSharing { .none }
  static var earlyRefitWidth: Int { 0 }
  static func objection(to loss: Loss) -> String? { nil }
  static func furtherEndings(tolerance: Double) -> [FitStatus] { [] }
  static func scratchBytes(featureCount: Int) -> Double { 0 }
  static func eigenvalues(
    _ rows: ScaledRows, hasIntercept: Bool, shouldAbandon: () -> Bool
  ) -> [Double]? { nil }
}
