import LinearModels
import Results

/// What the solvers that descend from w = 0 have in common.
protocol DescentProgram: SolverProgram {
  /// The axes beside those of every descent.
  static var ownAxes: [Axis] { get }
}

extension DescentProgram {
  static var axes: [Axis] { [.learningRate, .schedule, .epochs] + ownAxes }
  static var findsOptimum: Bool { false }
  static var sharedAxes: [Axis] { [.epochs] }

  static func furtherEndings(tolerance: Double) -> [FitStatus] {
    tolerance > 0 ? [.notConverged] : []
  }
}

/// Full-batch descent: the squared loss needs no rows but their moments.
extension DescentProgram {
  static var earlyRefitWidth: Int { Lanes.width }

  static func operations(_ size: CohortSize) -> Double {
    let rows = size.loss.function.followsFromMoments ? 1 : size.rows
    return size.epochs * rows * size.features * size.lanes + size.features * size.features
  }

  static func fit(_ work: CohortWork) -> [LaneFits] {
    work.blocks.indices.map { index in
      let settings = work.blocks[index].descentSettings
      let observer = work.observers?[index]
      guard let problem = work.leastSquares else {
        return rowGradientDescent(
          loss: work.loss, rows: work.rows, hasIntercept: work.hasIntercept, settings: settings,
          rule: work.stoppingRule, observe: observer)
      }
      return gradientDescent(
        problem, settings: settings, rule: work.stoppingRule, observe: observer)
    }
  }
}

extension CohortWork {
  var stoppingRule: StoppingRule {
    StoppingRule(epochs: first.epochs ?? 0, tolerance: tolerance, shouldAbandon: shouldAbandon)
  }
}

extension CohortWork.Block {
  var descentSettings: [DescentSettings] {
    zip(points, lambdas).map { point, lambda in
      DescentSettings(
        lambda: lambda, learningRate: point.number(on: .learningRate) ?? 0,
        schedule: point.schedule ?? .constant, radius: point.radius ?? .infinity)
    }
  }
}
