import LinearModels
import Results

/// `sgd`: mini-batch gradient descent with weight decay.
enum StochasticGradientDescentProgram: DescentProgram {
  static let keyNumber = 4
  static let otherNames: [String] = []
  static let ownAxes: [Axis] = [.batchSize, .lambda]
  static let axisLimitedByRows: (axis: Axis, meaning: String)? = (
    .batchSize, "so a batch is all its rows"
  )
  static let sharedAxes: [Axis] = [.batchSize, .epochs]

  /// Blocks share each row that was fetched.
  static let cohortWidth: Int? = 4 * Lanes.width
  static let sharing = CohortSharing.byBlocks

  /// Half a block of points takes half the time.
  static let earlyRefitWidth = Lanes.width / 2

  static func operations(_ size: CohortSize) -> Double {
    size.epochs * size.rows * size.features * size.lanes
  }

  static func fit(_ work: CohortWork) -> [LaneFits] {
    stochasticGradientDescent(
      loss: work.loss, rows: work.rows, hasIntercept: work.hasIntercept,
      batchSize: work.first.number(on: .batchSize).map { Int($0) } ?? 1,
      blocks: work.blocks.map(\.descentSettings), rule: work.stoppingRule,
      meanSquaredRowNorm: work.leastSquares?.meanSquaredRowNorm, permutation: work.order,
      observe: work.observers.map { observers in { observers[$0] } }, idle: work.idle)
  }
}
