/// The loss of one row, by its word in a spec.
package enum Loss: String, CaseIterable, Sendable {
  case squared, logistic
}

/// Something to be done with a loss, compiled for each: a call in the innermost loop costs as much as a
/// tenth of it.
protocol LossUse {
  associatedtype Result
  func callAsFunction<Function: LossFunction>(_: Function.Type) -> Result
}

extension Loss {
  /// The one place that goes from words to functions, outside all loops.
  @inline(__always)
  func with<Use: LossUse>(_ use: Use) -> Use.Result {
    switch self {
    case .squared: use(SquaredLoss.self)
    case .logistic: use(LogisticLoss.self)
    }
  }

  /// For what is asked once and in no loop.
  private var function: any LossFunction.Type { with(FunctionOfLoss()) }

  package var followsFromMoments: Bool { function.followsFromMoments }
  package var largestCurvature: Double { function.largestCurvature }

  package func prediction(_ score: Double) -> Double { function.prediction(score) }

  package func startObjective(_ rows: ScaledRows) -> Double { function.startObjective(rows) }

  package func meanBounds(scoreSizes: Lanes, targetSize: Double) -> Lanes {
    function.meanBounds(scoreSizes: scoreSizes, targetSize: targetSize)
  }

  package func values(_ z: Lanes, target: Double) -> Lanes { function.values(z, target: target) }

  package func slopes(_ z: Lanes, target: Double) -> Lanes { function.slopes(z, target: target) }

  package func curvatures(_ z: Lanes, target: Double) -> Lanes {
    function.curvatures(z, target: target)
  }
}

private struct FunctionOfLoss: LossUse {
  func callAsFunction<Function: LossFunction>(_: Function.Type) -> any LossFunction.Type {
    Function.self
  }
}
