package import LinearModels
import ModelSelection
package import Numerics
import Results

/// Fits of linear models as the jobs of an engine.
package struct LinearModelRunner: JobRunner {
  package typealias TrainingSet = FoldContext
  /// By degree.
  package typealias RefitBasis = [Int: RefitStart]

  /// What a degree's folds leave for the winners' refit.
  package enum RefitStart: Sendable {
    case context(FoldContext)
    /// Those of all rows that are not test rows.
    case moments(RowMoments)

    var context: FoldContext? {
      if case .context(let context) = self { context } else { nil }
    }
  }

  let plan: SweepPlan
  private let fit: CohortFit
  /// That of winners, whose weights are written.
  private let refit: CohortFit

  package init(_ plan: SweepPlan) {
    self.plan = plan
    var kept = plan.spec.keptContents
    fit = CohortFit(plan.spec, kept: kept)
    kept.coefficients = true
    refit = CohortFit(plan.spec, kept: kept)
  }

  package func prepareFolds(
    isWanted: @Sendable (_ point: Int, _ fold: Int) -> Bool, leavesRefit: Bool, workers: Int,
    shouldStop: @escaping @Sendable () -> Bool, run: (PreparedFolds<FoldContext>) -> Void
  ) throws -> RefitBasis? {
    let preparation = FoldPreparation(plan: plan, workers: workers)
    var basis: RefitBasis = [:]
    let waves = plan.waves
    for degree in plan.degrees {
      let factory = try preparation.factory(degree: degree)
      for (number, wave) in waves.enumerated() {
        guard !shouldStop() else { return nil }
        // The rows of a refit are those of any wave; so few folds wait for it.
        let (folds, start) = preparation.folds(
          factory, degree: degree, wave: wave, isWanted: isWanted,
          leavesRefit: leavesRefit && number == 0, shouldStop: shouldStop)
        if let start { basis[degree] = start }
        let isLast = number == waves.count - 1
        run(PreparedFolds(folds: folds, refit: isLast ? basis[degree]?.context : nil))
      }
    }
    return basis
  }

  package func prepareRefits(
    of points: [Int], from basis: RefitBasis?, workers: Int,
    shouldAbandon: @escaping @Sendable () -> Bool, run: (PreparedFold<FoldContext>) -> Void
  ) throws {
    let preparation = FoldPreparation(plan: plan, workers: workers)
    for degree in plan.degrees {
      let members = points.filter { plan.grid[$0].degree == degree }
      guard !members.isEmpty else { continue }
      let context = try preparation.refit(
        degree: degree, from: basis?[degree], shouldAbandon: shouldAbandon)
      if shouldAbandon() { return }
      run(PreparedFold(context.identity, context, points: members))
    }
  }

  package func cohorts(of points: [Int], context: Int) -> [Cohort] {
    plan.cohorts(of: points, context: context)
  }

  package func cost(of cohort: Cohort, on set: FoldContext) -> Double {
    let rows = set.training.rows
    return cohort.cost(
      in: plan.grid, rowCount: rows.count, featureCount: rows.featureCount, loss: plan.spec.loss)
  }

  package func records(
    of points: [Int], on set: FoldContext, workers: Int, idle: IdleWorkers?,
    shouldAbandon: @escaping @Sendable () -> Bool
  ) -> [JobRecord]? {
    (set.identity.isRefit ? refit : fit).records(
      points.map { plan.grid[$0] }, on: set, workers: workers, idle: idle,
      shouldAbandon: shouldAbandon)
  }
}

extension SweepEngine<LinearModelRunner> {
  private var plan: SweepPlan { runner.plan }

  package init(plan: SweepPlan, workers: Int) {
    self.init(LinearModelRunner(plan), workers: workers)
  }

  /// The feature names of every degree in the grid.
  func featureNames() throws -> [Int: [String]] {
    var names: [Int: [String]] = [:]
    for degree in plan.degrees { names[degree] = try plan.data.featureNames(degree: degree) }
    return names
  }

  /// The features that some points are fitted on, by degree.
  func features(of points: [Int]) throws -> [Int: FoldFeatures] {
    var features: [Int: FoldFeatures] = [:]
    for degree in Set(points.map { plan.grid[$0].degree }) {
      features[degree] = try plan.data.features(degree: degree, workers: workers)
    }
    return features
  }

  /// Per fold the eigenvalues of the Hessian of the mean squared loss, the largest first, at most as many as
  /// there are rows or columns: from the decomposition of a solver where it has them more exactly than the
  /// fold's moments. The spec allows `spectrum` with one degree and one training size only, so with one
  /// slice.
  /// - Returns: `nil` when abandoned.
  func spectra(shouldAbandon: @escaping @Sendable () -> Bool) throws -> [[Double]]? {
    var spectra: [[Double]] = []
    let used = Set(plan.slices[0].points.map { plan.grid[$0].solver })
    let solvers = Solver.allCases.filter(used.contains)
    let preparation = FoldPreparation(plan: plan, workers: workers)
    let factory = try preparation.factory(degree: plan.slices[0].degree)
    for wave in plan.waves {
      let folds = preparation.folds(
        factory, degree: plan.slices[0].degree, wave: wave, isWanted: { _, _ in true },
        leavesRefit: false, shouldStop: shouldAbandon
      ).folds
      spectra += concurrentMap(folds.count, workers: workers) { index in
        let context = folds[index].set
        let rows = context.training.rows
        guard let problem = context.leastSquares else { return [] }
        let own = solvers.lazy.compactMap {
          $0.program.eigenvalues(
            rows, hasIntercept: plan.spec.hasIntercept, shouldAbandon: shouldAbandon)
        }.first
        return Array((own ?? problem.eigenvalues.reversed()).prefix(rows.count))
      }
      if shouldAbandon() { return nil }
    }
    return spectra
  }
}
