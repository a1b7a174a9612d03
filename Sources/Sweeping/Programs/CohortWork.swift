package import LinearModels
package import Numerics
package import Results

/// What a solver is given: points that train side by side on one training set.
package struct CohortWork {
  /// Up to sixteen points with the λ of J of each.
  package struct Block {
    let points: [Point]
    let lambdas: [Double]

    package init(points: [Point], lambdas: [Double]) {
      self.points = points
      self.lambdas = lambdas
    }
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

  package init(
    loss: Loss, hasIntercept: Bool, tolerance: Double, rows: ScaledRows,
    leastSquares: RotatedLeastSquares?, blocks: [Block], order: @escaping (_ epoch: Int) -> [Int32],
    observers: [EpochObserver]? = nil, workers: Int = 1, idle: IdleWorkers? = nil,
    shouldAbandon: @escaping @Sendable () -> Bool = { false }
  ) {
    self.loss = loss
    self.hasIntercept = hasIntercept
    self.tolerance = tolerance
    self.rows = rows
    self.leastSquares = leastSquares
    self.blocks = blocks
    self.order = order
    self.observers = observers
    self.workers = workers
    self.idle = idle
    self.shouldAbandon = shouldAbandon
  }

  /// One of the points: those of a cohort agree on its solver's shared axes.
  var first: Point { blocks[0].points[0] }

  var lambdas: [[Double]] { blocks.map(\.lambdas) }
}

/// The sizes on which it depends what a cohort costs.
package struct CohortSize {
  let rows: Double
  let features: Double
  let loss: Loss
  let pointCount: Int
  /// Those of an iterative solver.
  let epochs: Double

  package init(rowCount: Int, featureCount: Int, loss: Loss, pointCount: Int, epochs: Int?) {
    rows = Double(rowCount)
    features = Double(featureCount)
    self.loss = loss
    self.pointCount = pointCount
    self.epochs = Double(epochs ?? 0)
  }

  /// Points with the idle lanes of the last block: they take part in every operation.
  var lanes: Double { Double((pointCount + Lanes.width - 1) / Lanes.width * Lanes.width) }
}
