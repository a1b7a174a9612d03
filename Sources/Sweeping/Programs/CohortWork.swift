import LinearModels
import Numerics
import Results

/// What a solver is given: points that train side by side on one training set.
struct CohortWork {
  /// Up to sixteen points with the λ of J of each.
  struct Block {
    let points: [Point]
    let lambdas: [Double]
  }

  let loss: Loss
  let hasIntercept: Bool
  let tolerance: Double
  let rows: ScaledRows
  /// `nil` for the logistic loss.
  let leastSquares: RotatedLeastSquares?
  /// At least one, which is not empty.
  let blocks: [Block]
  /// The order of the rows in an epoch of `sgd`, the first being 0.
  let order: (_ epoch: Int) -> [Int32]
  /// One for each block; `nil` where no history is kept.
  let observers: [EpochObserver]?
  /// More than one only where no other task runs.
  let workers: Int
  /// Who may take over a part of the work.
  let idle: IdleWorkers?
  /// Asked inside long fits: whether to drop them.
  let shouldAbandon: @Sendable () -> Bool

  /// One of the points: those of a cohort agree on its solver's shared axes.
  var first: Point { blocks[0].points[0] }

  var lambdas: [[Double]] { blocks.map(\.lambdas) }
}

/// The sizes on which it depends what a cohort costs.
struct CohortSize {
  let rows: Double
  let features: Double
  let loss: Loss
  let pointCount: Int
  /// Those of an iterative solver.
  let epochs: Double

  init(rowCount: Int, featureCount: Int, loss: Loss, pointCount: Int, epochs: Int?) {
    rows = Double(rowCount)
    features = Double(featureCount)
    self.loss = loss
    self.pointCount = pointCount
    self.epochs = Double(epochs ?? 0)
  }

  /// Points with the idle lanes of the last block: they take part in every operation.
  var lanes: Double { Double((pointCount + Lanes.width - 1) / Lanes.width * Lanes.width) }
}
